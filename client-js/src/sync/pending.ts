import type { SubmittedChange } from '../protocol/frame.js';
import type { Operation } from '../protocol/operation.js';

/** One's own change that is not in the confirmed document yet. */
export interface PendingChange {
  readonly changeId: string;
  /** The newest revision received when the edit was made. Conflicts are judged by it. */
  readonly seenRevision: number;
  /**
   * As they now read on the confirmed document and the pending changes before this one; of an undo, only the text edits
   * that it is predicted to make.
   */
  readonly operations: readonly Operation[];
  /** The change that this one undoes, if it is an undo. */
  readonly undoes?: string;
  /** Edits of one gesture become one change for as long as it was not sent. */
  readonly gesture?: string;
  /** It is still being made, and goes nowhere before it is whole. Nothing comes behind it. */
  readonly held?: true;
  readonly fate: Fate;
  /** Where the server says it is; it stays pending until it is folded or a snapshot contains it. */
  readonly acceptedRevision?: number;
}

/** What the server may know of a change. */
export type Fate =
  /** Never sent: the server cannot know it. */
  | 'unsent'
  /** Sent, and not answered: the missed changes will tell. */
  | 'sent'
  /** Sent, and a snapshot took the place of the missed changes: only the server can tell whether it is in there. */
  | 'uncertain';

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

/** The same changes, from a place on as `rewrite` says. */
export function rewritten(
  pending: Pending,
  from: number,
  rewrite: (changes: readonly PendingChange[]) => readonly PendingChange[],
): Pending {
  const all = changesOf(pending);
  const changes = [...all.slice(0, from), ...rewrite(all.slice(from))];
  const frame = inFlightOf(pending).length;
  return pendingOf(changes.slice(0, frame), changes.slice(frame));
}

/** What remains without the change of that name. */
export function dropped(pending: Pending, changeId: string): Pending {
  const others = (changes: readonly PendingChange[]): readonly PendingChange[] =>
    changes.filter((change) => change.changeId !== changeId);
  return pendingOf(others(inFlightOf(pending)), others(queueOf(pending)));
}

/** Puts a change behind the others; what is held counts as whole with that. */
export function enqueue(pending: Pending, change: PendingChange): Pending {
  return pendingOf(inFlightOf(pending), [...queueOf(pending).map(whole), change]);
}

/** The change as one that may go. */
export function whole(change: PendingChange): PendingChange {
  if (!change.held) return change;
  const { held: _held, ...rest } = change;
  return rest;
}

/** Puts a change in the place of the last one waiting. */
export function replaceLast(pending: Pending, change: PendingChange): Pending {
  return pendingOf(inFlightOf(pending), [...queueOf(pending).slice(0, -1), change]);
}

/** Takes back what is in flight, from a place on: it goes again, and the server may know it. */
export function unframed(pending: Pending, from: number): Pending {
  const inFlight = inFlightOf(pending);
  const back = inFlight.slice(from).map((change) => (change.fate === 'unsent' ? withFate(change, 'sent') : change));
  return pendingOf(inFlight.slice(0, from), [...back, ...queueOf(pending)]);
}

export function withFate(change: PendingChange, fate: Fate): PendingChange {
  return { ...change, fate };
}

/** Whether a change of that name is among them. */
export function isPending(pending: Pending, changeId: string): boolean {
  return changesOf(pending).some((change) => change.changeId === changeId);
}

/** Whether the server said that the change is among the revisions up to one. */
export function isIn({ acceptedRevision }: PendingChange, revision: number): boolean {
  return acceptedRevision !== undefined && acceptedRevision <= revision;
}

/** What follows an undo, or what may be in the document already, can be placed only once the server answered. */
export function isAlone({ undoes, fate }: PendingChange): boolean {
  return undoes !== undefined || fate === 'uncertain';
}

/** The change as it goes over the wire. */
export function submitted({ changeId, seenRevision, operations }: PendingChange, base: number): SubmittedChange {
  return { changeId, baseRevision: base, seenRevision: Math.min(seenRevision, base), operations };
}

function isSome(changes: readonly PendingChange[]): changes is Changes {
  return changes.length > 0;
}
