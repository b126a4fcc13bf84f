import { callerHeaders } from '@chorale/client';
import { callerFor } from './caller';

const SESSION = /\/api\/v1\/sessions\/([^/]+)\//;

/** Fetches a file of a session as whoever the page is: a session for members only, and a server without guests, ask who that is. */
export async function fetchAs(url: string, request: RequestInit = {}): Promise<Response> {
  const sessionId = SESSION.exec(url)?.[1];
  const headers = sessionId === undefined ? {} : callerHeaders(await callerFor(decodeURIComponent(sessionId)));
  return fetch(url, { ...request, headers });
}
