import type { CommittedChange } from '@chorale/client';

/** Who wrote a property last, and when: epoch milliseconds by the server's clock. */
export interface LastWrite {
  readonly userId: string;
  readonly at: number;
  readonly revision: number;
}

export type LastWrites = ReadonlyMap<string, LastWrite>;

/** Takes changes into account, in whatever order they are learnt. Answers the same map where nothing is newer. */
export function withChanges(known: LastWrites, elementId: string, changes: readonly CommittedChange[]): LastWrites {
  const next = new Map(known);
  let changed = false;
  for (const { revision, userId, at, operations } of changes) {
    for (const operation of operations) {
      if (operation.op !== 'set' && operation.op !== 'add' && operation.op !== 'unset') continue;
      if (operation.id !== elementId) continue;
      const [property] = operation.path;
      if ((next.get(property)?.revision ?? -1) >= revision) continue;
      next.set(property, { userId, at: Date.parse(at), revision });
      changed = true;
    }
  }
  return changed ? next : known;
}
