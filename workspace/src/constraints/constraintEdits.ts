import { randomId } from '../app/ids';
import { messages } from '../app/messages';
import type { Axis } from '../scene/arrange';
import { worldPosition } from '../scene/frames';
import { round } from '../scene/placement';
import { lookupIn, topmost } from '../scene/tree';
import type { Workspace } from '../session/workspace';
import { axisName, distanceOf, liveConstraints, measureBetween, satisfying, type Constraint, type ConstraintKind } from './constraint';
import { constraintMessages as text } from './messages';

/** What one wants of some elements. */
export interface Wish {
  readonly kind: ConstraintKind;
  readonly refs: readonly string[];
  readonly axis: Axis;
}

/** What one can wish of a selection: between two, or of each alone. */
export function wishes(ids: readonly string[]): readonly Wish[] {
  const [first, second] = ids;
  const grounds = ids.map((id): Wish => ({ kind: 'ground', refs: [id], axis: 1 }));
  if (first === undefined || second === undefined || ids.length > 2) return grounds;
  const aligned = ([0, 1, 2] as const).map((axis): Wish => ({ kind: 'align', refs: [first, second], axis }));
  return [{ kind: 'distance', refs: [first, second], axis: 0 }, ...aligned, ...grounds];
}

/** Those of some wishes that nobody had yet. */
export function newWishes({ session }: Workspace, wanted: readonly Wish[]): readonly Wish[] {
  const known = new Set(liveConstraints(session.document).map(keyOf));
  return wanted.filter((wish) => !known.has(keyOf(wish)));
}

const keyOf = ({ kind, refs, axis }: Wish | Constraint) => `${kind} ${kind === 'align' ? axis : ''} ${[...refs].sort().join(' ')}`;

/** Adds constraints, as one edit; a distance is wanted as it is now. */
export function addConstraints(workspace: Workspace, wanted: readonly Wish[]): void {
  const made = newWishes(workspace, wanted).map(({ kind, refs, axis }) => {
    const props = { ...(kind === 'align' && { axis: axisName(axis) }), ...(kind === 'distance' && { value: distanceBetween(workspace, refs) }) };
    return { op: 'create' as const, id: randomId(), elementType: kind, parent: null, refs, props };
  });
  if (made.length > 0) workspace.editTogether(made);
}

function distanceBetween({ session }: Workspace, [first = '', second = '']: readonly string[]): number {
  const lookup = lookupIn(session.document);
  const distance = { id: '', kind: 'distance', elementType: 'distance', name: '', refs: [], axis: 0, value: undefined } as const;
  return round(measureBetween(distance, worldPosition(lookup, first), worldPosition(lookup, second))?.measured ?? 0);
}

/** Changes the wanted distance; what is none is ignored. */
export function setWanted(workspace: Workspace, { id }: Constraint, metres: number): void {
  const value = distanceOf(round(metres));
  if (value !== undefined) workspace.editTogether([{ op: 'set', id, path: ['value'], value }]);
}

/** Selects what a constraint is about. */
export function selectElements(workspace: Workspace, { refs }: Constraint): void {
  workspace.selection.set(refs);
}

/** Moves what was selected later so that a constraint holds. */
export function satisfy(workspace: Workspace, constraint: Constraint): void {
  const found = satisfying(workspace.session.document, constraint, workspace.selection.ids);
  if (found) workspace.edits.go(new Map([[found.id, found.way]]));
}

/** Deletes a constraint; what it is about stays. */
export function removeConstraint(workspace: Workspace, { id }: Constraint): void {
  const changeIds = workspace.editTogether([{ op: 'delete', id }]);
  if (changeIds.length === 0) return;
  const run = () => {
    for (const changeId of changeIds) workspace.undo(changeId);
  };
  workspace.notify({ tone: 'neutral', title: text.removed, action: { label: messages.toast.undo, run } });
}

/** What is to hold of some elements. */
export function constraintsOn(workspace: Workspace, ids: readonly string[]): readonly Constraint[] {
  return liveConstraints(workspace.session.document).filter(({ refs }) => refs.some((id) => ids.includes(id)));
}

/** The elements that constraints of a selection are about. */
export function constrainable({ session, selection }: Workspace): readonly string[] {
  return topmost(session.document, selection.ids);
}
