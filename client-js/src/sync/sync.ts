import { fold } from '../document/apply.js';
import { Document, DocumentDraft } from '../document/document.js';
import { documentHash } from '../document/documentForm.js';
import { DEFAULT_POLICIES, policiesOf, type Policies } from '../document/policies.js';
import { predict } from '../document/predict.js';
import { clientOf } from '../document/writes.js';
import type {
  AcceptedFrame,
  CommittedChange,
  Limits,
  Note,
  RefusedFrame,
  ResyncFrame,
  SessionInfo,
  Snapshot,
  SubmitFrame,
  UndoFrame,
  WelcomeFrame,
} from '../protocol/frame.js';
import { changeBytes, checkedOperations } from '../protocol/checked.js';
import { atMost, DEFAULT_LIMITS, refuse } from '../protocol/limits.js';
import type { EffectiveOperation, ElementId, Operation, TextOperation } from '../protocol/operation.js';
import { isProblem, problem as problemOf, type Problem } from '../protocol/problem.js';
import { requireFits } from '../text/textEdit.js';
import { composed, squashed } from './composition.js';
import { overwrittenBy, type Overwritten } from './overwritten.js';
import {
  changesOf,
  dropped,
  enqueue,
  inFlightOf,
  isAlone,
  isIn,
  isPending,
  pendingOf,
  queueOf,
  replaceLast,
  rewritten,
  submitted,
  SYNCHRONIZED,
  unframed,
  whole,
  withFate,
  type Pending,
  type PendingChange,
} from './pending.js';
import { rebasedOver, sameTexts, textsOf } from './rebase.js';
import {
  carriedOut,
  fitted,
  inverseTexts,
  remember,
  replayed,
  rulesOf,
  textAt,
  textsBetween,
  UNDOABLE,
  undoneTexts,
  type Inverses,
} from './replay.js';

/**
 * What a client knows of the document. Immutable; the functions below lead from one to the next. At most one frame is
 * in flight, so the server sees the changes in order (after J. Gentle's ShareJS and D. Spiewak's "Understanding and
 * Applying Operational Transformation", 2010).
 */
export interface Sync {
  readonly clientId: string;
  readonly nextCounter: number;
  readonly limits: Limits;
  /** How the session settles conflicts: what predictions go by. */
  readonly policies: Policies;
  /** Empty until the first welcome tells. */
  readonly userId: string;
  /** What the server committed, folded up to `confirmed.revision`. */
  readonly confirmed: Document;
  readonly pending: Pending;
  /** What people see: `pending` replayed over `confirmed`. */
  readonly view: Document;
  /** Of one's own newest changes; of pending ones, as they are predicted. */
  readonly inverses: Inverses;
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
      /** Asked for what is missing; until it comes, nothing is sent. */
      readonly resyncing: boolean;
      /** The server could not store a change: nothing is sent until {@link release}. */
      readonly held: boolean;
      /** The server's head one heartbeat ago. */
      readonly head: number;
      /** The revision on which the last frame was sent. */
      readonly framedAt: number;
    };

/** What is to be done or told after a step. */
export type Effect =
  | { readonly type: 'send'; readonly frame: SubmitFrame | UndoFrame | ResyncFrame }
  | { readonly type: 'changes'; readonly changes: readonly CommittedChange[] }
  | {
      readonly type: 'accepted';
      readonly changeId: string;
      readonly revision: number;
      readonly notes: readonly Note[];
    }
  | { readonly type: 'overwritten'; readonly overwritten: Overwritten }
  /** This document is not the server's; another one was asked for. */
  | { readonly type: 'diverged'; readonly problem: Problem }
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

/** How an edit of a gesture is treated. */
export interface Gesturing {
  /** Edits under one name become one change for as long as it was not sent. */
  readonly gesture?: string | undefined;
  /** Whether edits of different things become one change, too. */
  readonly squash?: boolean;
  /** Whether nothing is sent before {@link seal}, or before the next edit that is not of the gesture. */
  readonly held?: boolean;
}

type Made = Step & { readonly changeId: string };

export function start(clientId: string): Sync {
  const document = Document.empty();
  return {
    clientId,
    nextCounter: 1,
    limits: DEFAULT_LIMITS,
    policies: DEFAULT_POLICIES,
    userId: '',
    confirmed: document,
    pending: SYNCHRONIZED,
    view: document,
    inverses: new Map(),
    initialized: false,
    link: { status: 'down' },
  };
}

// ---- what the person does

/**
 * Makes an edit: visible at once, sent as soon as may be. Edits of one gesture that follow each other become one change
 * for as long as it was not sent.
 *
 * @throws ProblemError when no server would take it
 */
export function edit(sync: Sync, operations: readonly Operation[], gesturing: Gesturing = {}): Made {
  const checked = checkedOperations(operations, sync.limits);
  checkPredicted(sync, checked);
  const last = queueOf(sync.pending).at(-1);
  const { gesture, held } = gesturing;
  const composition = last && continued(sync, last, checked, gesturing);
  if (composition) {
    const pending = replaceLast(sync.pending, composition);
    const touched = touchedBy(sync, [...changesOf(sync.pending), composition]);
    return { changeId: composition.changeId, ...flush(settle(sync, sync.confirmed.draft(), pending, touched)) };
  }
  return made(sync, {
    ...named(sync),
    operations: checked,
    ...(gesture !== undefined && { gesture }),
    ...(held === true && { held }),
  });
}

/** Lets a held change go. */
export function seal(sync: Sync): Step {
  const queue = queueOf(sync.pending);
  if (!queue.some((change) => change.held)) return { sync, effects: [] };
  return flush({ ...sync, pending: pendingOf(inFlightOf(sync.pending), queue.map(whole)) });
}

/** Takes a change back that was never sent; undefined where it was. */
export function retract(sync: Sync, changeId: string): Step | undefined {
  const change = queueOf(sync.pending).find((each) => each.changeId === changeId);
  if (change?.fate !== 'unsent') return undefined;
  const inverses = new Map(sync.inverses);
  inverses.delete(changeId);
  return flush(without({ ...sync, inverses }, changeId));
}

/**
 * Undoes one's own change, or redoes it by undoing its undo, as far as others' later edits allow.
 *
 * @throws ProblemError `unknown-change`
 */
export function undo(sync: Sync, undone: string): Made {
  const inverse =
    sync.inverses.get(undone) ??
    refuse('unknown-change', `changeId: "${undone}" (expected: one of this client's newest ${UNDOABLE})`);
  const name = named(sync);
  const by = { changeId: name.changeId, userId: sync.userId, ahead: changesOf(sync.pending).length };
  return made(sync, { ...name, operations: undoneTexts(sync.view, inverse, by, sync), undoes: undone });
}

/** Undoes changes one after the other, as one step for whoever looks. */
export function undoAll(sync: Sync, changeIds: readonly string[]): Step & { readonly undoIds: readonly string[] } {
  const undoIds: string[] = [];
  const effects: Effect[] = [];
  let next = sync;
  for (const changeId of changeIds) {
    const step = undo(next, changeId);
    next = step.sync;
    undoIds.push(step.changeId);
    effects.push(...step.effects);
  }
  if (changeIds.length < 2) return { sync: next, effects, undoIds };
  // What went and came back on the way has not changed for anybody.
  const touched = touchedBy(next, changesOf(next.pending));
  const draft = next.view.draft();
  draft.reuse(sync.view, touched);
  const view = draft.finish();
  view.inherit(sync.view, touched);
  return { sync: { ...next, view }, effects, undoIds };
}

/** Whether the way back from a change is known. */
export function canUndo(sync: Sync, changeId: string): boolean {
  return sync.inverses.has(changeId);
}

function named({ clientId, nextCounter, confirmed }: Sync): Omit<PendingChange, 'operations'> {
  return { changeId: `${clientId}:${nextCounter}`, seenRevision: confirmed.revision, fate: 'unsent' };
}

/** The last change with an edit that goes on with it; undefined where the gesture is another, or it grows too large. */
function continued(
  { limits }: Sync,
  last: PendingChange,
  later: readonly Operation[],
  { gesture, squash = false }: Gesturing,
): PendingChange | undefined {
  if (gesture === undefined || last.gesture !== gesture || last.fate !== 'unsent') return undefined;
  const operations = squash ? squashed(last.operations, later) : composed(last.operations, later);
  if (!operations || operations.length > limits.operationsPerChange) return undefined;
  return changeBytes(operations) <= limits.changeBytes ? { ...last, operations } : undefined;
}

/** Puts one's own change on top of what people see. */
function made(sync: Sync, change: PendingChange): Made {
  const { changeId } = change;
  const touched = touchedBy(sync, [change]);
  const draft = sync.view.draft();
  const inverses = new Map(sync.inverses);
  remember(inverses, changeId, carriedOut(draft, change, changesOf(sync.pending).length, sync));
  draft.reuse(sync.view, touched);
  const view = draft.finish(sync.confirmed.revision);
  view.inherit(sync.view, touched);
  const pending = enqueue(sync.pending, change);
  return { changeId, ...flush({ ...sync, view, inverses, pending, nextCounter: sync.nextCounter + 1 }) };
}

// ---- what the connection does

export function onWelcome(sync: Sync, { limits, self, session, start, revision }: WelcomeFrame): Step {
  const link: Link = { status: 'up', catchUpTo: revision, resyncing: false, held: false, head: 0, framedAt: 0 };
  const { policies } = onSettings(sync, session);
  const welcomed = { ...sync, limits, policies, userId: self.userId, initialized: true, link };
  return 'snapshot' in start ? onSnapshot(welcomed, start.snapshot) : flush(welcomed);
}

/** The session's settings, as a welcome or its owner tells them. */
export function onSettings(sync: Sync, { conflictPolicy }: SessionInfo): Sync {
  return { ...sync, policies: conflictPolicy ? policiesOf(conflictPolicy) : DEFAULT_POLICIES };
}

/** The connection ended: what was not confirmed goes again, first of all, with the same ids. */
export function onDisconnect(sync: Sync): Sync {
  return { ...sync, pending: unframed(sync.pending, 0), link: { status: 'down' } };
}

/** Takes a whole document in the place of missed changes. */
export function onSnapshot(sync: Sync, snapshot: Snapshot): Step {
  const touched = new Set(sync.view.elements.keys());
  for (const element of snapshot.document.elements) touched.add(element.id);
  const draft = DocumentDraft.of(snapshot);

  const before = sync.confirmed.draft();
  const all = changesOf(unframed(sync.pending, 0));
  for (const change of all) if (isIn(change, snapshot.revision)) carriedOut(before, change, 0, sync);
  const remaining = all
    .filter((change) => !isIn(change, snapshot.revision))
    .map((change) => (change.fate === 'sent' ? withFate(change, 'uncertain') : change));
  const queue = fitted(draft, rebasedOver(remaining, textsBetween(before, draft, remaining)), sync);
  const settled = settle(sync, draft, pendingOf([], queue), touched);
  return flush({ ...settled, initialized: true, link: caughtUp(sync.link, snapshot.revision) });
}

/**
 * Folds what comes next, ignores what is known and asks for what is missing (CHG-5).
 *
 * @param hash of the document behind the last change, where the server tells it (CHG-6)
 */
export function onChanges(sync: Sync, changes: readonly CommittedChange[], hash?: string): Step {
  const draft = sync.confirmed.draft();
  const inverses = new Map(sync.inverses);
  const folded: CommittedChange[] = [];
  const effects: Effect[] = [];
  let { pending } = sync;
  let missing = false;
  for (const change of changes) {
    if (change.revision <= draft.revision) continue;
    missing = change.revision > draft.revision + 1;
    if (missing) break;
    effects.push(...unacknowledged(pending, change));
    for (const overwritten of overwrittenBy(draft, change, sync.userId)) {
      effects.push({ type: 'overwritten', overwritten });
    }
    const isOwn = clientOf(change.changeId) === sync.clientId || isPending(pending, change.changeId);
    pending = advanced({ ...sync, inverses, pending }, draft, change);
    const inverse = fold(draft, change);
    if (isOwn) remember(inverses, change.changeId, inverse);
    folded.push(change);
  }
  if (folded.length === 0) return missing ? resync(sync) : { sync, effects: [] };

  const touched = touchedBy(sync, [...folded, ...changesOf(sync.pending)]);
  const settled = { ...settle({ ...sync, inverses }, draft, pending, touched), link: progressed(sync.link) };
  effects.push({ type: 'changes', changes: folded });
  const next = missing ? resync(settled) : isDiverged(settled, hash) ? renewed(settled) : flush(settled);
  return { sync: next.sync, effects: [...effects, ...next.effects] };
}

function isDiverged({ confirmed }: Sync, hash: string | undefined): boolean {
  return hash !== undefined && documentHash(confirmed) !== hash;
}

/** Asks for the whole document, as nobody knows what is wrong with this one. */
function renewed(sync: Sync): Step {
  const { revision } = sync.confirmed;
  if (sync.link.status === 'down') return { sync, effects: [] };
  const detail = `revision: ${revision} (expected: the server's document)`;
  return {
    sync: { ...sync, link: { ...sync.link, resyncing: true } },
    effects: [
      { type: 'send', frame: { type: 'resync', revision, snapshot: true } },
      { type: 'diverged', problem: problemOf('document-diverged', 'The document was not the same as the server\'s', 409, detail) },
    ],
  };
}

/** What stays pending once the next change is folded, as it then reads. */
function advanced(sync: Sync, draft: DocumentDraft, { changeId, operations, revision }: CommittedChange): Pending {
  const { pending } = sync;
  const own = changesOf(pending).find((change) => change.changeId === changeId);
  const texts = textsOf(operations);
  if (!own) return texts.length === 0 ? pending : rewritten(pending, 0, (foreign) => rebasedOver(foreign, texts));
  // Mostly it happened as predicted; else what follows stood on something else.
  const asPredicted = sameTexts(textsOf(own.operations), texts);
  const rest = dropped(asPredicted ? pending : rebasedBehind(sync, draft, own, texts), changeId);
  return clientOf(changeId) === sync.clientId ? rest : seenAlso(rest, revision);
}

/**
 * An own change of an earlier page is another client's to the server, but no news to who edited after it: whoever had
 * seen all before it has seen it as well, and is in no conflict with it.
 */
function seenAlso(pending: Pending, revision: number): Pending {
  return rewritten(pending, 0, (changes) =>
    changes.map((each) => (each.seenRevision === revision - 1 ? { ...each, seenRevision: revision } : each)),
  );
}

/** Moves what follows a change back over its texts' inverses, and over what happened instead. */
function rebasedBehind(
  sync: Sync,
  draft: DocumentDraft,
  change: PendingChange,
  instead: readonly TextOperation[],
): Pending {
  const all = changesOf(sync.pending);
  const place = all.indexOf(change);
  const inverse = inverseTexts(draft, all.slice(0, place), change, sync);
  return rewritten(sync.pending, place + 1, (later) => rebasedOver(rebasedOver(later, inverse), instead));
}

/** Tells of a change whose acknowledgement got lost on the way. */
function unacknowledged(pending: Pending, { changeId, revision, notes }: CommittedChange): readonly Effect[] {
  const own = changesOf(pending).find((change) => change.changeId === changeId);
  return own && own.acceptedRevision === undefined ? [{ type: 'accepted', changeId, revision, notes }] : [];
}

/** The server stored a change. It stays pending until it is folded, unless a snapshot had brought it already. */
export function onAccepted(sync: Sync, { changeId, revision, notes }: AcceptedFrame): Step {
  const inFlight = inFlightOf(sync.pending);
  const change = inFlight.find((each) => each.changeId === changeId);
  if (!change) return { sync, effects: [] };
  const told: readonly Effect[] =
    change.acceptedRevision === undefined ? [{ type: 'accepted', changeId, revision, notes }] : [];
  if (revision <= sync.confirmed.revision) {
    const inverses = new Map(sync.inverses);
    // It was predicted on top of itself: only the server knows the way back.
    remember(inverses, changeId, []);
    const next = flush(without({ ...sync, inverses }, changeId));
    return { sync: next.sync, effects: [...told, ...next.effects] };
  }
  const marked = inFlight.map((each) => (each === change ? { ...each, acceptedRevision: revision } : each));
  const waiting = queueOf(sync.pending);
  const isEarlierPages = change.fate === 'uncertain' && clientOf(changeId) !== sync.clientId;
  const queue = isEarlierPages ? waiting.map((each) => certain(each, change)) : waiting;
  return { sync: { ...sync, pending: pendingOf(marked, queue) }, effects: told };
}

/**
 * A page that is gone sends nothing more, and its changes are stored in their order: where one is stored only now, no
 * later one is in the document. So a long queue that was kept offline need not go one by one.
 */
function certain(change: PendingChange, stored: PendingChange): PendingChange {
  const sameClient = clientOf(change.changeId) === clientOf(stored.changeId);
  return sameClient && change.fate === 'uncertain' ? withFate(change, 'sent') : change;
}

/** Drops the refused change; what followed it in the frame was not decided and goes again (SUB-5). */
export function onRefused(sync: Sync, { changeId, problem }: RefusedFrame): Step {
  const place = inFlightOf(sync.pending).findIndex((change) => change.changeId === changeId);
  const refused = inFlightOf(sync.pending)[place];
  if (!refused || sync.link.status === 'down') return { sync, effects: [] };
  const { link } = sync;
  const undecided = { ...sync, pending: unframed(sync.pending, place) };
  if (isProblem(problem, 'storage-unavailable') || isProblem(problem, 'too-many-requests')) {
    // Soon over: the edit is kept for another try (SUB-9, LIM-4).
    return { sync: { ...undecided, link: { ...link, held: true } }, effects: [{ type: 'held', problem }] };
  }
  if (isProblem(problem, 'stale-base')) {
    // It fits again on a newer revision, which may have come meanwhile.
    return link.framedAt < sync.confirmed.revision ? flush(undecided) : resync(undecided);
  }
  const inverses = new Map(sync.inverses);
  inverses.delete(changeId);
  const next = flush(without({ ...undecided, inverses }, changeId));
  return {
    sync: next.sync,
    effects: [{ type: 'refused', changeId, problem, operations: refused.operations }, ...next.effects],
  };
}

/** A server that knows no undo says so without saying of which. */
export function onUnknownType(sync: Sync, problem: Problem): Step {
  const [first] = inFlightOf(sync.pending);
  if (first?.undoes === undefined) return { sync, effects: [] };
  return onRefused(sync, { type: 'refused', changeId: first.changeId, problem });
}

/** Sends again after the server could not store. */
export function release(sync: Sync): Step {
  if (sync.link.status === 'down') return { sync, effects: [] };
  return flush({ ...sync, link: { ...sync.link, held: false } });
}

/** Hears of the server's head: whoever is still behind the one of a heartbeat ago has lost something. */
export function onHead(sync: Sync, head: number): Step {
  const { link, confirmed } = sync;
  if (link.status === 'down') return { sync, effects: [] };
  const behind = confirmed.revision < link.head;
  const waiting = link.resyncing && !behind && confirmed.revision < head;
  const next = { ...sync, link: { ...link, head, resyncing: waiting } };
  return behind ? resync(next) : flush(next);
}

// ---- sending

/** Sends what waits, where nothing is in flight and no missed changes are on their way. */
export function flush(sync: Sync): Step {
  const { link, pending, confirmed, limits } = sync;
  if (link.status === 'down' || pending.status !== 'unsent') return { sync, effects: [] };
  if (link.held || link.resyncing || confirmed.revision < link.catchUpTo) return { sync, effects: [] };
  const { queue } = pending;
  if (queue[0].held) return { sync, effects: [] };
  const count = framed(queue, limits);
  const inFlight = queue.slice(0, count);
  const { changeId, undoes } = queue[0];
  const frame: SubmitFrame | UndoFrame =
    undoes === undefined
      ? { type: 'submit', changes: inFlight.map((change) => submitted(change, confirmed.revision)) }
      : { type: 'undo', changeId: undoes, undoId: changeId };
  return {
    sync: {
      ...sync,
      pending: pendingOf(inFlight, queue.slice(count)),
      link: { ...link, framedAt: confirmed.revision },
    },
    effects: [{ type: 'send', frame }],
  };
}

/** How many of the changes go into one frame: at least the first. */
function framed(queue: readonly [PendingChange, ...PendingChange[]], limits: Limits): number {
  if (isAlone(queue[0])) return 1;
  let bytes = 0;
  const end = queue.findIndex((change, index) => {
    bytes += changeBytes(change.operations);
    if (index === 0) return false;
    const another = clientOf(change.changeId) !== clientOf(queue[0].changeId);
    return index >= limits.changesPerFrame || bytes > limits.frameBytes || isAlone(change) || change.held || another;
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

// ---- what people see

/** Takes out a change that did not happen, or that happened long ago: what follows it must do without. */
function without(sync: Sync, changeId: string): Sync {
  const all = changesOf(sync.pending);
  const change = all.find((each) => each.changeId === changeId);
  if (!change) return sync;
  const draft = sync.confirmed.draft();
  const pending = dropped(rebasedBehind(sync, draft, change, []), changeId);
  return settle(sync, draft, pending, touchedBy(sync, all));
}

/** Replays what is pending; the view differs from the one before in no more than the elements `touched`. */
export function settle(sync: Sync, draft: DocumentDraft, pending: Pending, touched: ReadonlySet<ElementId>): Sync {
  draft.reuse(sync.view, touched);
  const confirmed = draft.finish();
  if (pending.status === 'synchronized') {
    confirmed.inherit(sync.view, touched);
    return { ...sync, confirmed, pending, view: confirmed };
  }
  const next = confirmed.draft();
  const inverses = replayed(next, changesOf(pending), sync);
  next.reuse(sync.view, touched);
  const view = next.finish();
  view.inherit(sync.view, touched);
  return { ...sync, confirmed, pending, view, inverses };
}

type Touching = Pick<PendingChange, 'undoes'> & {
  readonly operations: readonly (Operation | EffectiveOperation)[];
};

function touchedBy({ inverses, view }: Sync, changes: readonly Touching[]): Set<ElementId> {
  return new Set(
    changes.flatMap(({ operations, undoes }) => [
      ...operations.flatMap((each) => elementsOf(each, view.conflicts)),
      ...(undoes === undefined ? [] : (inverses.get(undoes) ?? [])).map(({ id }) => id),
    ]),
  );
}

/** A conflict that is not known yet comes with operations on its element. */
function elementsOf(operation: Operation | EffectiveOperation, conflicts: Document['conflicts']): readonly ElementId[] {
  switch (operation.op) {
    case 'resolve':
      return [conflicts.get(operation.conflict)?.element ?? []].flat();
    case 'rebalance':
      return Object.keys(operation.keys);
    default:
      return [operation.id];
  }
}

// ---- what no server would take

/** Refuses what cannot be carried out on what people see. */
function checkPredicted(sync: Sync, operations: readonly Operation[]): void {
  const draft = sync.view.draft();
  for (const operation of operations) {
    // Before the first snapshot nobody knows which elements there are.
    if (sync.initialized) checkPlace(draft, operation);
    if (operation.op === 'create') atMost('elements of the document', draft.size + 1, sync.limits.elements);
    predict(draft, operation, { changeId: `${sync.clientId}:${sync.nextCounter}`, userId: sync.userId }, rulesOf(sync));
  }
}

function checkPlace(draft: DocumentDraft, operation: Operation): void {
  if (operation.op === 'create' && draft.get(operation.id)) {
    refuse('duplicate-id', `id: "${operation.id}" (expected: one that was never used)`);
  }
  for (const id of needed(operation)) {
    if (id !== null && !draft.get(id)) refuse('unknown-element', `element: "${id}" (expected: one of the document's)`);
  }
  if (operation.op === 'text') requireFits(operation.edit, textAt(draft, operation) ?? '');
}

function needed(operation: Operation): readonly (ElementId | null)[] {
  switch (operation.op) {
    case 'create':
      return [operation.parent, ...(operation.refs ?? [])];
    case 'move':
      return [operation.id, operation.parent];
    case 'resolve':
      return [];
    default:
      return [operation.id];
  }
}
