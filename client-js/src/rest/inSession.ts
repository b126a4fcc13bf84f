import { call } from './call.js';
import { callerHeaders, type Caller } from './caller.js';

/** Reads something of a session. */
export function get(baseUrl: string, sessionId: string, path: string, caller: Caller): Promise<unknown> {
  return call(baseUrl, inSession(sessionId, path), { headers: callerHeaders(caller) });
}

/** Writes something of a session; the body says which guest does so. */
export function send(
  method: 'POST' | 'PATCH' | 'PUT',
  baseUrl: string,
  sessionId: string,
  path: string,
  caller: Caller,
  content: object,
): Promise<unknown> {
  const { token, guest } = caller;
  return call(baseUrl, inSession(sessionId, path), {
    method,
    headers: { 'Content-Type': 'application/json', ...callerHeaders(caller) },
    body: JSON.stringify({ ...(token === undefined && guest && { guest }), ...content }),
  });
}

/** Removes something of a session. */
export async function remove(baseUrl: string, sessionId: string, path: string, caller: Caller): Promise<void> {
  await call(baseUrl, inSession(sessionId, path), { method: 'DELETE', headers: callerHeaders(caller) });
}

function inSession(sessionId: string, path: string): string {
  return `/${encodeURIComponent(sessionId)}${path}`;
}
