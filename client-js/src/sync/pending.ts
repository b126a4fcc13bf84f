import type { SubmittedChange } from '../protocol/frame.js';
import type { Operation, SetOperation } from '../protocol/operation.js';

/** One's own change that is not in the confirmed document yet. */
export interface PendingChange {
  readonly changeId: string;
  /** The newest revision received when the edit was made. Conflicts are judged by it. */
  readonly seenRevision: number;
  /** The confirmed revision when it was first framed. A change that has one is frozen: the server may know it. */
  readonly baseRevision?: number;
  /** Where the server says it is; it stays pending until it is folded or a snapshot contains it. */
  readonly acceptedRevision?: number;
  readonly operations: readonly Operation[];
  readonly bytes: number;
}

type Changes = readonly [PendingChange, ...PendingChange[]];

/** Edits the server has not confirmed: at most one frame in flight, the rest waiting behind it or for a connection. */
export type Pending =
  | { readonly status: 'synchronized' }
  | { readonly status: 'unsent'; readonly queue: Changes }
  | { readonly status: 'awaiting-ack'; readonly inFlight: Changes }
  | { readonly status: 'awaiting-ack-with-queue'; readonly inFlight: Changes; readonly queue: Changes };

export const SYNCHRONIZED: Pending = { status: 'synchronized' };

export function pendingOf(inFlight: readonly PendingChange[], queue: readonly PendingChange[]): Pending {
  if (isSome(inFlight)) {
    return isSome(queue)
      ? { status: 'awaiting-ack-with-queue', inFlight, queue }
      : { status: 'awaiting-ack', inFlight };
  }
  return isSome(queue) ? { status: 'unsent', queue } : SYNCHRONIZED;
}

export function inFlightOf(pending: Pending): readonly PendingChange[] {
  return 'inFlight' in pending ? pending.inFlight : [];
}

export function queueOf(pending: Pending): readonly PendingChange[] {
  return 'queue' in pending ? pending.queue : [];
}

export function changesOf(pending: Pending): readonly PendingChange[] {
  return pending.status === 'synchronized' ? [] : [...inFlightOf(pending), ...queueOf(pending)];
}

/** What remains of the changes for which `keep` holds. */
export function filterPending(pending: Pending, keep: (change: PendingChange) => boolean): Pending {
  return pendingOf(inFlightOf(pending).filter(keep), queueOf(pending).filter(keep));
}

/** Puts a change behind the others. */
export function enqueue(pending: Pending, change: PendingChange): Pending {
  return pendingOf(inFlightOf(pending), [...queueOf(pending), change]);
}

/** Puts a change in the place of the last one waiting. */
export function replaceLast(pending: Pending, change: PendingChange): Pending {
  return pendingOf(inFlightOf(pending), [...queueOf(pending).slice(0, -1), change]);
}

/**
 * The operations of two edits as one, where both write just the same registers, as the steps of a drag do; else undefined.
 * Never for a change that was sent: the server may have committed it as it was.
 */
export function composed(earlier: PendingChange, later: readonly Operation[]): readonly Operation[] | undefined {
  if (earlier.baseRevision !== undefined || earlier.operations.length !== later.length) return undefined;
  const operations: Operation[] = [];
  for (const [index, second] of later.entries()) {
    const first = earlier.operations[index];
    if (first?.op !== 'set' || second.op !== 'set' || !sameRegister(first, second)) return undefined;
    const { previous: _overwritten, ...rest } = second;
    operations.push(first.previous === undefined ? rest : { ...rest, previous: first.previous });
  }
  return operations;
}

/** The change as it goes over the wire. */
export function submitted(change: PendingChange, baseRevision: number): SubmittedChange {
  return {
    changeId: change.changeId,
    baseRevision,
    seenRevision: Math.min(change.seenRevision, baseRevision),
    operations: change.operations,
  };
}

function sameRegister(a: SetOperation, b: SetOperation): boolean {
  return a.id === b.id && a.path[0] === b.path[0] && a.path[1] === b.path[1];
}

function isSome(changes: readonly PendingChange[]): changes is Changes {
  return changes.length > 0;
}
