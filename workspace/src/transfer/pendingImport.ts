import type { SessionFile } from './sessionFile';

const pending = new Map<string, SessionFile>();

/** Keeps a file's content for a session that was made for it, until somebody is in it. A page that is loaded anew forgets it. */
export function importWhenJoined(sessionId: string, file: SessionFile): void {
  pending.set(sessionId, file);
}

/** What waits for a session, once. */
export function takePendingImport(sessionId: string): SessionFile | undefined {
  const file = pending.get(sessionId);
  pending.delete(sessionId);
  return file;
}
