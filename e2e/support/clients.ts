import { connect, createSession, readSession, type DocumentView, type JsonValue, type Session } from '@chorale/client';
import { WebSocket } from 'ws';
import type { ChoraleServer } from './server.js';

/** Where a client connects: a server, or what stands before it. */
interface Reachable {
  readonly url: string;
}

export async function newSession(server: ChoraleServer, maxUsers?: number): Promise<string> {
  const request = { name: 'End to end', kind: 'scene', ...(maxUsers !== undefined && { maxUsers }) } as const;
  return (await createSession(server.url, request)).sessionId;
}

/** How many the server says are in a session. */
export async function participants(server: ChoraleServer, sessionId: string): Promise<number> {
  return (await readSession(server.url, sessionId)).participants;
}

/** A person's client, as patient as the workspace's. */
export function join({ url }: Reachable, sessionId: string, name: string): Session {
  return connect({
    url,
    sessionId,
    guest: { name, color: '#2f74c0' },
    maxReconnectDelayMs: 5_000,
    webSocket: (address, protocols) => new WebSocket(address, protocols),
  });
}

/** Resolves as soon as the condition holds, which is looked at whenever the session tells news. */
export function until(session: Session, condition: (session: Session) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!condition(session)) return;
      for (const stop of stops) stop();
      resolve();
    };
    const stops = [
      session.on('state', look),
      session.on('document', look),
      session.on('participants', look),
      session.on('awareness', look),
    ];
    look();
  });
}

/** All that a document says, as a text that is the same for equal documents. */
export function canonical(document: DocumentView): string {
  const elements = [...document.elements.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return elements.map((element) => JSON.stringify(sorted({ ...element }))).join('\n');
}

function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value as Readonly<Record<string, JsonValue>>);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sorted(each)]));
}
