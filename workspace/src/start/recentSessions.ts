import { isRecord, type JsonStorage } from '../app/storage';

/** A session that this browser visited. */
export interface RecentSession {
  readonly sessionId: string;
  readonly name: string;
  readonly visitedAt: number;
  readonly closed: boolean;
}

const KEY = 'chorale.recent-sessions';
export const RECENT_LIMIT = 24;

export function readRecent(storage: JsonStorage): readonly RecentSession[] {
  const value = storage.read(KEY);
  if (!Array.isArray(value)) return [];
  return value
    .flatMap((entry: unknown) => decodeRecent(entry) ?? [])
    .sort((a, b) => b.visitedAt - a.visitedAt)
    .slice(0, RECENT_LIMIT);
}

export function rememberVisit(storage: JsonStorage, sessionId: string, name: string, visitedAt: number): void {
  const others = readRecent(storage).filter((recent) => recent.sessionId !== sessionId);
  write(storage, [{ sessionId, name, visitedAt, closed: false }, ...others]);
}

export function forgetVisit(storage: JsonStorage, sessionId: string): void {
  write(storage, readRecent(storage).filter((recent) => recent.sessionId !== sessionId));
}

/** What the server said about a session when asked; undefined fields stay as they were. */
export function refreshRecent(storage: JsonStorage, sessionId: string, news: { readonly name?: string; readonly closed: boolean }): void {
  write(storage, readRecent(storage).map((recent) => (recent.sessionId === sessionId ? { ...recent, ...news } : recent)));
}

function write(storage: JsonStorage, sessions: readonly RecentSession[]): void {
  storage.write(KEY, sessions.slice(0, RECENT_LIMIT));
}

function decodeRecent(value: unknown): RecentSession | undefined {
  if (!isRecord(value)) return undefined;
  const { sessionId, name, visitedAt, closed } = value;
  if (typeof sessionId !== 'string' || typeof name !== 'string' || typeof visitedAt !== 'number') return undefined;
  return { sessionId, name, visitedAt, closed: closed === true };
}
