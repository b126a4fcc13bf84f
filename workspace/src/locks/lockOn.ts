import type { DocumentView, Lock } from '@chorale/client';

type Locks = ReadonlyMap<string, Lock>;

/** The lock that holds an element: its own, or that of the nearest one above it which has one. */
export function lockOn(locks: Locks, document: DocumentView, id: string): Lock | undefined {
  if (locks.size === 0) return undefined;
  for (let at: string | null | undefined = id; typeof at === 'string'; at = document.elements.get(at)?.parent) {
    const lock = locks.get(at);
    if (lock) return lock;
  }
  return undefined;
}

/** Whether somebody else's lock keeps a user from editing. A user's own windows do not lock each other out. */
export function isForeign(lock: Lock | undefined, userId: string | undefined): boolean {
  return lock !== undefined && lock.userId !== userId;
}
