import type { Document, DocumentDraft } from '../document/document.js';
import type { Inverse } from '../protocol/operation.js';
import { changesOf, enqueue, isIn, isPending, pendingOf, queueOf, inFlightOf, whole, type PendingChange } from './pending.js';
import { rebasedOver, textsOf } from './rebase.js';
import { carriedOut, fitted, replayed, textsBetween } from './replay.js';
import { flush, settle, start, type Step, type Sync } from './sync.js';

// What outlives a page or a process: the confirmed document with the changes that wait on top of it.

/** A pending change as it is kept. Whether it was sent is not: who is killed cannot tell any more. */
export type KeptChange = Omit<PendingChange, 'fate' | 'held'> & {
  /** The way back from the change that this one undoes, so that it shows without the server. */
  readonly inverse?: readonly Inverse[];
};

/** A document at one moment, and what waits on top of it. */
export interface Kept {
  readonly userId: string;
  readonly confirmed: Document;
  /** Whether the document came from the server; else it is empty, as there was none yet. */
  readonly initialized: boolean;
  readonly changes: readonly KeptChange[];
}

/** What is to be kept of a change; nothing of one that is still being made. */
export function keptChange(sync: Sync, change: PendingChange): KeptChange | undefined {
  if (change.held) return undefined;
  const { fate: _fate, held: _held, ...rest } = change;
  const inverse = change.undoes === undefined ? undefined : sync.inverses.get(change.undoes);
  return inverse ? { ...rest, inverse } : rest;
}

/** Goes on where an earlier page ended; edits of this page that came first stand on top. */
export function restored(fresh: Sync, { userId, confirmed, initialized, changes }: Kept): Sync {
  const earlier = changes.map((change) => revived(change, 'sent'));
  const inverses = new Map(fresh.inverses);
  for (const { undoes, inverse } of changes) if (undoes !== undefined && inverse) inverses.set(undoes, inverse);
  const ids = new Set([...fresh.view.elements.keys(), ...confirmed.elements.keys()]);
  const sync = { ...start(fresh.clientId), nextCounter: fresh.nextCounter, userId, inverses, initialized };
  const pending = changesOf(fresh.pending).reduce(enqueue, pendingOf([], earlier));
  return settle(sync, confirmed.draft(), pending, new Set([...ids, ...created(changesOf(pending))]));
}

/**
 * Takes over what another page of the same user left, behind one's own. Its document may be older or newer: what
 * happened between the two counts, for each text, as one foreign edit (CLI-6), and the server says what it has already.
 */
export function adopted(sync: Sync, { confirmed, changes }: Kept): Step {
  const news = changes.filter((change) => !isPending(sync.pending, change.changeId));
  if (news.length === 0) return { sync, effects: [] };
  const inverses = new Map(sync.inverses);
  for (const { undoes, inverse } of news) if (undoes !== undefined && inverse) inverses.set(undoes, inverse);
  const predicting = { ...sync, inverses };
  const before: DocumentDraft = confirmed.draft();
  const here = sync.confirmed.revision;
  const all = news.map((change) => revived(change, 'uncertain'));
  for (const change of all) if (isIn(change, here)) carriedOut(before, change, 0, predicting);
  const remaining = all.filter((change) => !isIn(change, here));
  const meanwhile = textsBetween(before, sync.confirmed.draft(), remaining);
  const ours = changesOf(sync.pending).flatMap(({ operations }) => textsOf(operations));
  const placed = fitted(sync.view.draft(), rebasedOver(rebasedOver(remaining, meanwhile), ours), predicting);
  const pending = pendingOf(inFlightOf(sync.pending), [...queueOf(sync.pending).map(whole), ...placed]);
  return flush(shown({ ...predicting, pending }));
}

/** The view with everything that is pending on top, computed anew. */
function shown(sync: Sync): Sync {
  const draft = sync.confirmed.draft();
  const inverses = replayed(draft, changesOf(sync.pending), sync);
  const touched = new Set([...sync.view.elements.keys(), ...created(changesOf(sync.pending))]);
  draft.reuse(sync.view, touched);
  const view = draft.finish();
  view.inherit(sync.view, touched);
  return { ...sync, view, inverses };
}

function revived({ inverse: _inverse, ...change }: KeptChange, fate: PendingChange['fate']): PendingChange {
  return { ...change, fate };
}

function created(changes: readonly PendingChange[]): readonly string[] {
  return changes.flatMap(({ operations }) => operations).flatMap((each) => (each.op === 'create' ? [each.id] : []));
}
