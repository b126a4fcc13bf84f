import { assertNever } from '../protocol/assertNever.js';
import type { ConflictRecord } from '../protocol/frame.js';
import { isJsonArray, jsonEquals, type JsonValue } from '../protocol/json.js';
import { atMost, checkValue, refuse } from '../protocol/limits.js';
import type {
  AddOperation,
  Component,
  EffectiveOperation,
  EffectiveSet,
  Path,
  ResolveOperation,
  Sibling,
} from '../protocol/operation.js';
import { lossless, mean, merged, sum, type Blend } from './blending.js';
import { fitsComponent, readComponent, replacedComponent } from './components.js';
import type { ElementView } from './document.js';
import type { Outcome } from './outcome.js';
import { policyFor, type Policy } from './policies.js';
import { requireElement } from './tree.js';
import { newestWrite, newestWriteNotBy, siblingsOf, type Cell, type Stamp } from './writes.js';

// Which of several writes of one register counts: finds conflicts, settles them by the policy, and ends those that
// people decide.

/** So many values written without knowledge of each other are blended; older ones are forgotten. */
const SIBLINGS = 16;

/** A write being decided; no `value` removes the register. */
interface Write {
  readonly element: ElementView;
  readonly path: Path;
  readonly value: JsonValue | undefined;
  readonly previous: JsonValue | undefined;
  readonly cell: Cell;
  readonly present: JsonValue | undefined;
  readonly policy: Policy;
}

/** Writes a register or, without a value, removes it. */
export function writeProperty(
  element: ElementView,
  path: Path,
  value: JsonValue | undefined,
  previous: JsonValue | undefined,
  outcome: Outcome,
): void {
  const { limits, policies } = outcome.rules;
  if (value !== undefined) checkValue(value, limits);
  if (previous !== undefined) checkValue(previous, limits);
  const [property, component] = path;
  const policy = policyFor(policies, element.elementType, property);
  const cell = outcome.draft.cell(element, property);
  if (isOutOfShape(policy, cell, component, value === undefined)) {
    outcome.nothing('TYPE_MISMATCH', element);
    return;
  }
  const present = readComponent(cell.value, component);
  const write: Write = { element, path, value, previous, cell, present, policy };
  const newestOther = newestWriteNotBy(outcome.request.stamp.clientId, cell, component);
  outcome.meet(newestOther);
  if (value === undefined && present === undefined) {
    outcome.nothing();
    return;
  }
  outcome.noteIfDeleted(element);
  if (!jsonEquals(present, value) && outcome.clashes(newestOther, policy.windowMs)) settle(write, newestOther, outcome);
  else carryOut(write, outcome);
}

export function addToProperty(element: ElementView, { path, delta }: AddOperation, outcome: Outcome): void {
  checkValue(delta, outcome.rules.limits);
  const [property, component] = path;
  const policy = policyFor(outcome.rules.policies, element.elementType, property);
  const cell = outcome.draft.cell(element, property);
  const present = readComponent(cell.value, component);
  const fits = !isOutOfShape(policy, cell, component, false);
  if (!fits || present === undefined || sum(present, delta) === undefined) {
    outcome.nothing('TYPE_MISMATCH', element);
    return;
  }
  outcome.meet(newestWriteNotBy(outcome.request.stamp.clientId, cell, component));
  outcome.noteIfDeleted(element);
  outcome.apply({ op: 'add', id: element.id, path, delta });
  supersede(element, path, outcome);
}

function isOutOfShape(policy: Policy, cell: Cell, component: Component | undefined, removing: boolean): boolean {
  return (component !== undefined && policy.atomic) || !fitsComponent(cell.value, component, removing);
}

// ---- settling conflicts

function settle(write: Write, clash: Stamp, outcome: Outcome): void {
  const strategy = outcome.request.onConflict ?? write.policy.strategy;
  switch (strategy) {
    case 'LAST_WRITE_WINS':
      overwrite(write, clash, outcome);
      return;
    case 'AUTOMATIC': {
      const value = write.policy.atomic ? undefined : lossless(write.previous, write.present, write.value);
      if (value === undefined) overwrite(write, clash, outcome);
      else merge(write, value, {}, clash, outcome);
      return;
    }
    case 'MERGE':
      blend(write, clash, outcome);
      return;
    case 'MANUAL':
      withhold(write, clash, outcome);
      return;
    case 'REJECT':
      return refuse(
        'write-rejected',
        `element: "${write.element.id}" property: "${write.path[0]}" was written in revision ${clash.revision}` +
          ` (expected: none after ${outcome.request.seen})`,
      );
    default:
      assertNever(strategy);
  }
}

function overwrite(write: Write, clash: Stamp, outcome: Outcome): void {
  // What is there may be one's own later write: then the other's value is gone already, but who wrote it is told still.
  const there = newestWrite(write.cell, write.path[1]).revision === clash.revision;
  outcome.noteClash('OVERWROTE', write.element.id, write.path, clash, there ? { lost: write.present } : {});
  carryOut(write, outcome);
}

function blend(write: Write, clash: Stamp, outcome: Outcome): void {
  const { previous, present, value, policy } = write;
  if (value === undefined || present === undefined) {
    overwrite(write, clash, outcome);
    return;
  }
  const unknown = siblingsOf(write.cell, write.path[1]).filter((known) => outcome.clashes(known, policy.windowMs));
  const others = unknown.length > 0 ? unknown : [siblingBy(clash, present)];
  // All values that were written without knowledge of each other, the present write's at last.
  const siblings = [...others, siblingBy(outcome.request.stamp, value)].slice(-SIBLINGS);
  const values = siblings.map((sibling) => sibling.value);
  const result = merged(policy.blend, previous, present, value, values);
  if (result === undefined) overwrite(write, clash, outcome);
  else merge(write, result, policy.blend !== 'DELTA' && isShort(value) ? { siblings } : {}, clash, outcome);
}

function siblingBy({ at, clientId, revision, userId }: Stamp, value: JsonValue): Sibling {
  return { at, clientId, revision, userId, value };
}

/** Whether siblings of the value are worth keeping: numbers, and vectors of a few. */
function isShort(value: JsonValue): boolean {
  return typeof value === 'number' || (isJsonArray(value) && value.length <= SIBLINGS);
}

function merge(
  write: Write,
  value: JsonValue,
  more: Pick<EffectiveSet, 'siblings'>,
  clash: Stamp,
  outcome: Outcome,
): void {
  // The other's part may be in what the author wrote already.
  if (!jsonEquals(value, write.value)) {
    checkValue(value, outcome.rules.limits);
    outcome.noteClash('MERGED', write.element.id, write.path, clash, { lost: write.present });
  }
  applyWrite(write, { op: 'set', id: write.element.id, path: write.path, value, ...more }, value, outcome);
}

function withhold({ element, path, value, previous }: Write, clash: Stamp, outcome: Outcome): void {
  const { id } = element;
  const conflict = outcome.draft.openConflict(id, path)?.id ?? outcome.newConflict();
  outcome.noteClash('WITHHELD', id, path, clash, { conflict });
  outcome.apply({
    op: 'withhold',
    id,
    path,
    conflict,
    ...(value !== undefined && { value }),
    ...(previous !== undefined && { previous }),
  });
  const candidates = outcome.draft.conflict(conflict)?.candidates ?? [];
  atMost('candidates of a conflict', candidates.length, outcome.rules.limits.candidates);
}

function carryOut(write: Write, outcome: Outcome): void {
  applyWrite(write, writing(write.element, write.path, write.value), write.value, outcome);
}

function writing({ id }: ElementView, path: Path, value: JsonValue | undefined): EffectiveOperation {
  return value === undefined ? { op: 'unset', id, path } : { op: 'set', id, path, value };
}

function applyWrite(
  { element, path, cell }: Write,
  operation: EffectiveOperation,
  value: JsonValue | undefined,
  outcome: Outcome,
): void {
  const { draft, rules } = outcome;
  if (path.length === 2) {
    const content = replacedComponent(cell.value, path[1], value);
    if (content !== undefined) checkValue(content, rules.limits);
  } else if (cell.value === undefined && !draft.writes(element.id).props.has(path[0])) {
    outcome.checkNames(element, 1);
  }
  outcome.apply(operation);
  supersede(element, path, outcome);
}

/** Who writes after having seen all that waits has decided. */
function supersede(element: ElementView, path: Path, outcome: Outcome): void {
  const { draft, request } = outcome;
  const open = draft.openConflict(element.id, path);
  if (open && request.judged && changedAt(open) <= request.seen) {
    outcome.apply({ op: 'resolve', conflict: open.id, choice: 'SUPERSEDED' });
  }
}

/** The revision of the newest candidate: who has seen it knows all of them. */
function changedAt({ candidates }: ConflictRecord): number {
  return candidates.at(-1)?.revision ?? 0;
}

// ---- ending those that people decide

export function resolveConflict(operation: ResolveOperation, outcome: Outcome): void {
  const { conflict, choice, value } = operation;
  const { draft, rules, request } = outcome;
  if (choice === 'SUPERSEDED') {
    refuse('invalid-operation', "choice: SUPERSEDED (expected: another one; this is the server's)");
  }
  const record = draft.conflict(conflict);
  if (!record) return refuse('conflict-not-found', `conflict: "${conflict}" (expected: one of the document's)`);
  if (record.status !== 'OPEN') {
    refuse('conflict-already-resolved', `conflict: "${conflict}" is ${record.status} (expected: OPEN)`);
  }
  const element = requireElement(draft, record.element);
  const [property, component] = record.path;
  const cell = draft.cell(element, property);
  if ([newestWrite(cell, component), ...record.candidates].some((write) => outcome.isUnseen(write))) {
    refuse('conflict-stale', `conflict: "${conflict}" changed (expected: nothing after revision ${request.seen})`);
  }
  const present = readComponent(cell.value, component);
  const chosen = chosenValue(operation, record, element, cell, outcome);
  if (chosen !== undefined) checkValue(chosen, rules.limits);
  outcome.apply({ op: 'resolve', conflict, choice, ...(value !== undefined && { value }) });
  if (jsonEquals(chosen, present)) return;
  if (fitsComponent(cell.value, component, chosen === undefined)) {
    outcome.apply(writing(element, record.path, chosen));
  } else {
    outcome.note('TYPE_MISMATCH', element.id);
  }
}

/** The value that a register gets; undefined to remove it. */
function chosenValue(
  { choice, value }: ResolveOperation,
  record: ConflictRecord,
  element: ElementView,
  cell: Cell,
  outcome: Outcome,
): JsonValue | undefined {
  const { userId } = outcome.request.stamp;
  const [property, component] = record.path;
  const present = readComponent(cell.value, component);
  const newest = record.candidates.at(-1);
  const own = record.candidates.findLast((candidate) => candidate.userId === userId);
  switch (choice) {
    case 'MINE':
      if (own) return own.value;
      if (newestWrite(cell, component).userId !== userId) {
        refuse('invalid-operation', 'choice: MINE (expected: one of a conflict that one is part of)');
      }
      return present;
    case 'THEIRS':
      return own ? present : newest?.value;
    case 'AVERAGE': {
      const all = [present, ...record.candidates.map((candidate) => candidate.value)];
      const values = all.filter((each) => each !== undefined);
      const result = values.length === all.length ? mean(values) : undefined;
      return (
        result ??
        refuse('invalid-operation', 'choice: AVERAGE (expected: values that are numbers, or vectors of one length)')
      );
    }
    case 'VALUE':
      return value;
    case 'LAST_WRITE_WINS':
      return newest?.value;
    case 'MERGE':
      return mergedCandidates(record, present, policyFor(outcome.rules.policies, element.elementType, property).blend);
    case 'REJECT':
    case 'SUPERSEDED':
      return present;
    default:
      return assertNever(choice);
  }
}

/** Candidate after candidate, each blended with what is there by then; where that cannot be, it takes its place. */
function mergedCandidates(record: ConflictRecord, present: JsonValue | undefined, how: Blend): JsonValue | undefined {
  return record.candidates.reduce((ours, { value: theirs, previous }) => {
    if (ours === undefined || theirs === undefined) return theirs;
    return merged(how, previous, ours, theirs, [ours, theirs]) ?? theirs;
  }, present);
}
