import { apply } from '../document/apply.js';
import { Document, DocumentDraft } from '../document/document.js';
import { predict } from '../document/predict.js';
import type {
  AcceptedFrame,
  CommittedChange,
  Limits,
  RefusedFrame,
  ResyncFrame,
  Snapshot,
  SubmitFrame,
  WelcomeFrame,
} from '../protocol/frame.js';
import { atMost, changeBytes, checkedOperations, DEFAULT_LIMITS, refuse } from '../protocol/limits.js';
import type { ElementId, Operation } from '../protocol/operation.js';
import { isProblem, type Problem } from '../protocol/problem.js';
import {
  changesOf,
  composed,
  enqueue,
  filterPending,
  inFlightOf,
  pendingOf,
  queueOf,
  replaceLast,
  submitted,
  SYNCHRONIZED,
  type Pending,
  type PendingChange,
} from './pending.js';

/** What a client knows of the document. Immutable; the functions below lead from one to the next. */
export interface Sync {
  readonly clientId: string;
  readonly nextCounter: number;
  readonly limits: Limits;
  /** What the server committed, folded up to `confirmed.revision`. */
  readonly confirmed: Document;
  readonly pending: Pending;
  /** What people see: `pending` replayed over `confirmed`. */
  readonly view: Document;
  /** Whether `confirmed` came from the server. */
  readonly initialized: boolean;
  readonly link: Link;
}

/** Whether anything can be sent. */
export type Link =
  | { readonly status: 'down' }
  | {
      readonly status: 'up';
      /** Missed changes up to here are on their way; until then nothing is sent, as they may contain it (RES-4). */
      readonly catchUpTo: number;
      readonly resyncing: boolean;
      /** The server could not store a change: nothing is sent until {@link release}. */
      readonly held: boolean;
      /** The server's head one heartbeat ago. */
      readonly head: number;
    };

/** What is to be done or told after a step. */
export type Effect =
  | { readonly type: 'send'; readonly frame: SubmitFrame | ResyncFrame }
  | { readonly type: 'changes'; readonly changes: readonly CommittedChange[] }
  | { readonly type: 'accepted'; readonly changeId: string; readonly revision: number }
  | {
      readonly type: 'refused';
      readonly changeId: string;
      readonly problem: Problem;
      readonly operations: readonly Operation[];
    }
  | { readonly type: 'held'; readonly problem: Problem };

export interface Step {
  readonly sync: Sync;
  readonly effects: readonly Effect[];
}

export function start(clientId: string): Sync {
  const document = Document.empty();
  return {
    clientId,
    nextCounter: 1,
    limits: DEFAULT_LIMITS,
    confirmed: document,
    pending: SYNCHRONIZED,
    view: document,
    initialized: false,
    link: { status: 'down' },
  };
}

/**
 * Makes an edit: visible at once, sent as soon as may be.
 *
 * @throws ProblemError when no server would take it
 */
export function edit(sync: Sync, operations: readonly Operation[]): Step & { readonly changeId: string } {
  const checked = checkedOperations(operations, sync.limits);
  const view = predicted(sync, checked);
  const last = queueOf(sync.pending).at(-1);
  const composition = last && composed(last, checked);
  if (last && composition) {
    const change = { ...last, operations: composition, bytes: changeBytes(composition, sync.limits) };
    return { changeId: last.changeId, ...flush({ ...sync, view, pending: replaceLast(sync.pending, change) }) };
  }
  const change: PendingChange = {
    changeId: `${sync.clientId}:${sync.nextCounter}`,
    seenRevision: sync.confirmed.revision,
    operations: checked,
    bytes: changeBytes(checked, sync.limits),
  };
  const pending = enqueue(sync.pending, change);
  return { changeId: change.changeId, ...flush({ ...sync, view, pending, nextCounter: sync.nextCounter + 1 }) };
}

export function onWelcome(sync: Sync, welcome: WelcomeFrame): Step {
  const link: Link = { status: 'up', catchUpTo: welcome.revision, resyncing: false, held: false, head: 0 };
  const welcomed = { ...sync, limits: welcome.limits, link };
  return 'snapshot' in welcome.start ? onSnapshot(welcomed, welcome.start.snapshot) : flush(welcomed);
}

/** The connection ended: what was not confirmed goes again, first of all, with the same ids. */
export function onDisconnect(sync: Sync): Sync {
  return { ...sync, pending: pendingOf([], changesOf(sync.pending)), link: { status: 'down' } };
}

/** Takes a whole document in the place of missed changes. */
export function onSnapshot(sync: Sync, snapshot: Snapshot): Step {
  const contained = (change: PendingChange): boolean =>
    change.acceptedRevision !== undefined && change.acceptedRevision <= snapshot.revision;
  const touched = new Set(sync.view.elements.keys());
  for (const element of snapshot.document.elements) touched.add(element.id);
  const pending = filterPending(sync.pending, (change) => !contained(change));
  const settled = settle(sync, DocumentDraft.of(snapshot), snapshot.revision, pending, touched);
  return flush({ ...settled, initialized: true, link: caughtUp(sync.link, snapshot.revision) });
}

/** Folds what comes next, ignores what is known and asks for what is missing (CHG-5). */
export function onChanges(sync: Sync, changes: readonly CommittedChange[]): Step {
  const draft = sync.confirmed.draft();
  const folded: CommittedChange[] = [];
  let revision = sync.confirmed.revision;
  for (const change of changes) {
    if (change.revision <= revision) continue;
    if (change.revision > revision + 1) break;
    for (const operation of change.operations) apply(draft, operation);
    folded.push(change);
    revision = change.revision;
  }
  const missing = revision < (changes.at(-1)?.revision ?? 0);
  if (folded.length === 0) return missing ? resync(sync) : { sync, effects: [] };

  const own = new Map(folded.map((change) => [change.changeId, change.revision]));
  // A change in the log needs no acknowledgement any more, and must not be sent again.
  const pending = filterPending(sync.pending, (change) => !own.has(change.changeId));
  const touched = touchedBy([...folded, ...changesOf(sync.pending)]);
  const settled = { ...settle(sync, draft, revision, pending, touched), link: progressed(sync.link) };
  const effects: Effect[] = [...unacknowledged(sync.pending, own), { type: 'changes', changes: folded }];
  const next = missing ? resync(settled) : flush(settled);
  return { sync: next.sync, effects: [...effects, ...next.effects] };
}

export function onAccepted(sync: Sync, { changeId, revision }: AcceptedFrame): Step {
  const change = inFlightOf(sync.pending).find((each) => each.changeId === changeId);
  if (!change) return { sync, effects: [] };
  const told: readonly Effect[] =
    change.acceptedRevision === undefined ? [{ type: 'accepted', changeId, revision }] : [];
  if (revision <= sync.confirmed.revision) {
    // A duplicate: a snapshot brought the change before its acknowledgement could come.
    const next = flush(without(sync, change));
    return { sync: next.sync, effects: [...told, ...next.effects] };
  }
  const marked = inFlightOf(sync.pending).map((each) =>
    each === change ? { ...each, acceptedRevision: revision } : each,
  );
  return { sync: { ...sync, pending: pendingOf(marked, queueOf(sync.pending)) }, effects: told };
}

/** Drops the refused change; what followed it in the frame was not decided and goes again (SUB-5). */
export function onRefused(sync: Sync, { changeId, problem }: RefusedFrame): Step {
  const inFlight = inFlightOf(sync.pending);
  const index = inFlight.findIndex((change) => change.changeId === changeId);
  const refused = inFlight[index];
  if (!refused) return { sync, effects: [] };
  const answered = inFlight.slice(0, index);
  const undecided = pendingOf(answered, [...inFlight.slice(index), ...queueOf(sync.pending)]);
  if (isProblem(problem, 'storage-unavailable') && sync.link.status === 'up') {
    // Nobody's fault and soon over: the edit is kept for another try (SUB-9).
    return {
      sync: { ...sync, pending: undecided, link: { ...sync.link, held: true } },
      effects: [{ type: 'held', problem }],
    };
  }
  const next = flush(without({ ...sync, pending: undecided }, refused));
  return {
    sync: next.sync,
    effects: [{ type: 'refused', changeId, problem, operations: refused.operations }, ...next.effects],
  };
}

/** Sends again after the server could not store. */
export function release(sync: Sync): Step {
  if (sync.link.status === 'down') return { sync, effects: [] };
  return flush({ ...sync, link: { ...sync.link, held: false } });
}

/** Hears of the server's head: whoever is still behind the one of a heartbeat ago has lost something. */
export function onHead(sync: Sync, head: number): Step {
  if (sync.link.status === 'down') return { sync, effects: [] };
  const behind = sync.confirmed.revision < sync.link.head;
  const next = { ...sync, link: { ...sync.link, head, resyncing: sync.link.resyncing && !behind } };
  return behind ? resync(next) : { sync: next, effects: [] };
}

/** Sends what waits, where nothing is in flight and no missed changes are on their way. */
function flush(sync: Sync): Step {
  const { link, pending, confirmed, limits } = sync;
  const ready = link.status === 'up' && !link.held && confirmed.revision >= link.catchUpTo;
  if (!ready || pending.status !== 'unsent') return { sync, effects: [] };
  const count = fitting(pending.queue, limits);
  const inFlight = pending.queue
    .slice(0, count)
    .map((change) => ({ ...change, baseRevision: change.baseRevision ?? confirmed.revision }));
  const changes = inFlight.map((change) => submitted(change, change.baseRevision));
  return {
    sync: { ...sync, pending: pendingOf(inFlight, pending.queue.slice(count)) },
    effects: [{ type: 'send', frame: { type: 'submit', changes } }],
  };
}

/** How many of the changes go into one frame: at least the first. */
function fitting(queue: readonly PendingChange[], limits: Limits): number {
  let bytes = 0;
  const end = queue.findIndex((change, index) => {
    bytes += change.bytes;
    return index > 0 && (index >= limits.changesPerFrame || bytes > limits.frameBytes);
  });
  return end < 0 ? queue.length : end;
}

function resync(sync: Sync): Step {
  if (sync.link.status === 'down' || sync.link.resyncing) return { sync, effects: [] };
  return {
    sync: { ...sync, link: { ...sync.link, resyncing: true } },
    effects: [{ type: 'send', frame: { type: 'resync', revision: sync.confirmed.revision } }],
  };
}

function progressed(link: Link): Link {
  return link.status === 'up' ? { ...link, resyncing: false } : link;
}

function caughtUp(link: Link, revision: number): Link {
  return link.status === 'up' ? { ...link, resyncing: false, catchUpTo: revision } : link;
}

function without(sync: Sync, change: PendingChange): Sync {
  const pending = filterPending(sync.pending, ({ changeId }) => changeId !== change.changeId);
  const touched = touchedBy(changesOf(sync.pending));
  return settle(sync, sync.confirmed.draft(), sync.confirmed.revision, pending, touched);
}

/** Replays what is pending; the view differs from the one before in no more than the elements `touched`. */
function settle(
  sync: Sync,
  draft: DocumentDraft,
  revision: number,
  pending: Pending,
  touched: ReadonlySet<ElementId>,
): Sync {
  draft.reuse(sync.view, touched);
  const confirmed = draft.finish(revision);
  const view = replayed(confirmed, pending, sync.view, touched);
  view.inherit(sync.view, touched);
  return { ...sync, confirmed, pending, view };
}

function replayed(confirmed: Document, pending: Pending, earlier: Document, touched: ReadonlySet<ElementId>): Document {
  if (pending.status === 'synchronized') return confirmed;
  const draft = confirmed.draft();
  for (const change of changesOf(pending)) for (const operation of change.operations) predict(draft, operation);
  draft.reuse(earlier, touched);
  return draft.finish(confirmed.revision);
}

/** The view after an edit. */
function predicted(sync: Sync, operations: readonly Operation[]): Document {
  const draft = sync.view.draft();
  for (const operation of operations) {
    // Before the first snapshot nobody knows which elements there are.
    if (sync.initialized) checkIds(draft, operation);
    predict(draft, operation);
  }
  atMost('elements of the document', draft.size, sync.limits.elements);
  const touched = touchedBy([{ operations }]);
  draft.reuse(sync.view, touched);
  const view = draft.finish(sync.confirmed.revision);
  view.inherit(sync.view, touched);
  return view;
}

function checkIds(draft: DocumentDraft, operation: Operation): void {
  if (operation.op === 'create' && draft.get(operation.id)) {
    refuse('duplicate-id', `id: "${operation.id}" (expected: one that was never used)`);
  }
  for (const id of needed(operation)) {
    if (id !== null && !draft.get(id)) refuse('unknown-element', `element: "${id}" (expected: one of the document's)`);
  }
}

function needed(operation: Operation): readonly (ElementId | null)[] {
  switch (operation.op) {
    case 'create':
      return [operation.parent, ...(operation.refs ?? [])];
    case 'move':
      return [operation.id, operation.parent];
    default:
      return [operation.id];
  }
}

function touchedBy(changes: readonly { readonly operations: readonly { readonly id: ElementId }[] }[]): Set<ElementId> {
  return new Set(changes.flatMap((change) => change.operations.map((operation) => operation.id)));
}

/** Tells of the changes whose acknowledgement got lost on the way. */
function unacknowledged(pending: Pending, folded: ReadonlyMap<string, number>): readonly Effect[] {
  return changesOf(pending).flatMap(({ changeId, acceptedRevision }): Effect[] => {
    const revision = folded.get(changeId);
    return revision === undefined || acceptedRevision !== undefined ? [] : [{ type: 'accepted', changeId, revision }];
  });
}
