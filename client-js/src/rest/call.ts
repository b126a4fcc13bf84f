import { ProblemError, problem, type Problem } from '../protocol/problem.js';
import { MalformedError, object, readProblem, type Fields } from '../protocol/read.js';

/** Where the calls about sessions are; the path begins with a slash, or is empty for the sessions themselves. */
export function sessionsUrl(baseUrl: string, path: string): string {
  return `${baseUrl.replace(/\/+$/, '')}/api/v1/sessions${path}`;
}

/** The query of an address, or nothing where nothing is given. */
export function query(parameters: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length > 0 ? `?${new URLSearchParams(given).toString()}` : '';
}

/** Answers what the server answered as JSON, undefined where it answered nothing; rejects with a {@link ProblemError}. */
export async function call(baseUrl: string, path: string, request: RequestInit = {}): Promise<unknown> {
  return callUrl(sessionsUrl(baseUrl, path), request);
}

/** The same at any address. */
export async function callUrl(url: string, request: RequestInit): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(url, request);
  } catch (failure) {
    throw new ProblemError(problem('unreachable', 'The server cannot be reached', 503, String(failure)));
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new ProblemError(problemOf(response, body), body);
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

/** Reads an answer; one that is not what the API promises becomes a {@link ProblemError}. */
export function decode<T>(body: unknown, read: (answer: Fields) => T): T {
  try {
    return read(object(body, 'answer'));
  } catch (failure) {
    if (!(failure instanceof MalformedError)) throw failure;
    throw new ProblemError(problem('malformed-answer', 'The answer is not understood', 502, failure.message));
  }
}
