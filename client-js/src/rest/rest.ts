import type { SessionInfo } from '../protocol/frame.js';
import { ProblemError, problem, type Problem } from '../protocol/problem.js';
import {
  field,
  MalformedError,
  object,
  readProblem,
  readSessionInfo,
  string,
  integer,
  boolean,
  array,
  optional,
} from '../protocol/read.js';

export type SessionKind = 'scene' | 'parameters' | 'canvas' | 'bench';
export type Visibility = 'link' | 'public';

export interface CreateSessionRequest {
  readonly name: string;
  readonly kind: SessionKind;
  readonly maxUsers?: number;
  readonly visibility?: Visibility;
}

export interface CreatedSession {
  readonly sessionId: string;
  readonly joinUrl: string;
  readonly createdAt: string;
  /** Whoever holds it may close the session; it is told only once. */
  readonly ownerKey: string;
}

export interface SessionDetails extends SessionInfo {
  readonly closed: boolean;
  readonly visibility: string;
  /** How many are present. */
  readonly participants: number;
}

export interface SessionPage {
  readonly sessions: readonly SessionInfo[];
  readonly nextCursor?: string;
}

/** Creates a session. Like all of these, rejects with a {@link ProblemError}. */
export async function createSession(baseUrl: string, request: CreateSessionRequest): Promise<CreatedSession> {
  const body = await call(baseUrl, '', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(request),
  });
  return decode(body, (answer) => ({
    sessionId: field(answer, 'sessionId', string),
    joinUrl: field(answer, 'joinUrl', string),
    createdAt: field(answer, 'createdAt', string),
    ownerKey: field(answer, 'ownerKey', string),
  }));
}

/** Reads a session, closed or not. */
export async function readSession(baseUrl: string, sessionId: string): Promise<SessionDetails> {
  const body = await call(baseUrl, `/${encodeURIComponent(sessionId)}`);
  return decode(body, (answer) => ({
    ...readSessionInfo(answer, 'session'),
    closed: field(answer, 'closed', boolean),
    visibility: field(answer, 'visibility', string),
    participants: field(answer, 'participants', integer),
  }));
}

/** Lists the public sessions, newest first; `nextCursor` is absent on the last page. */
export async function listSessions(
  baseUrl: string,
  page: { readonly limit?: number; readonly cursor?: string } = {},
): Promise<SessionPage> {
  const query = new URLSearchParams();
  if (page.limit !== undefined) query.set('limit', String(page.limit));
  if (page.cursor !== undefined) query.set('cursor', page.cursor);
  const body = await call(baseUrl, query.size > 0 ? `?${query.toString()}` : '');
  return decode(body, (answer) => {
    const nextCursor = optional(answer, 'nextCursor', string);
    return {
      sessions: field(answer, 'sessions', array(readSessionInfo)),
      ...(nextCursor !== undefined && { nextCursor }),
    };
  });
}

/** Closes a session for everybody. */
export async function closeSession(baseUrl: string, sessionId: string, ownerKey: string): Promise<void> {
  await call(baseUrl, `/${encodeURIComponent(sessionId)}`, {
    method: 'DELETE',
    headers: { 'Chorale-Owner-Key': ownerKey },
  });
}

async function call(baseUrl: string, path: string, request: RequestInit = {}): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(`${baseUrl.replace(/\/+$/, '')}/api/v1/sessions${path}`, request);
  } catch (failure) {
    throw new ProblemError(problem('unreachable', 'The server cannot be reached', 503, String(failure)));
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new ProblemError(problemOf(response, body));
  return body;
}

/** A proxy between may answer with something else than a problem. */
function problemOf(response: Response, body: unknown): Problem {
  try {
    return readProblem(body, 'problem');
  } catch {
    return problem('http-error', response.statusText || 'The server refused', response.status);
  }
}

function decode<T>(body: unknown, read: (answer: Readonly<Record<string, unknown>>) => T): T {
  try {
    return read(object(body, 'answer'));
  } catch (failure) {
    if (!(failure instanceof MalformedError)) throw failure;
    throw new ProblemError(problem('malformed-answer', 'The answer is not understood', 502, failure.message));
  }
}
