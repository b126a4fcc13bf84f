import type { DocumentView, ElementView } from '@chorale/client';
import { aboveGround, type Axis } from '../scene/arrange';
import { extentsOf } from '../scene/extents';
import { worldPosition } from '../scene/frames';
import { constraintViews, type Vector } from '../scene/sceneElement';
import { ancestorsOf, lookupIn } from '../scene/tree';

/** What is to hold: the wanted distance between two, the same place of two along an axis of the world, or standing on the ground. */
export const CONSTRAINTS = ['distance', 'align', 'ground'] as const;
export type ConstraintKind = (typeof CONSTRAINTS)[number];

/** Something that is to hold between elements. It keeps nothing by itself: it tells, and can be satisfied. */
export interface Constraint {
  readonly id: string;
  /** 'unknown' is another program's: it is listed, and nothing is known about it. */
  readonly kind: ConstraintKind | 'unknown';
  readonly elementType: string;
  readonly name: string;
  /** The elements that it is about, all of them live. */
  readonly refs: readonly string[];
  /** Of an alignment. */
  readonly axis: Axis;
  /** The wanted distance in metres; undefined where none is told. */
  readonly value: number | undefined;
}

/** How it is at the moment. */
export interface Measure {
  /** In metres: the distance, how far apart along the axis, or how far above the ground. */
  readonly measured: number;
  readonly holds: boolean;
}

/** Positions are kept to the millimetre, so distances can be off by a little less than that. */
const TOLERANCE = 0.001;
const FARTHEST = 10_000;
const REFS: Readonly<Record<ConstraintKind, number>> = { distance: 2, align: 2, ground: 1 };
const AXIS_NAMES = ['x', 'y', 'z'] as const;

const decoded = new WeakMap<ElementView, Constraint>();
const listed = new WeakMap<DocumentView, readonly Constraint[]>();

/** What is to hold at the moment: a constraint of something deleted is not among it, and comes back with that. */
export function liveConstraints(document: DocumentView): readonly Constraint[] {
  const known = listed.get(document);
  if (known) return known;
  const constraints = constraintViews(document).map(constraintOf);
  listed.set(document, constraints);
  return constraints;
}

/** The same object for the same view. */
export function constraintOf(view: ElementView): Constraint {
  const known = decoded.get(view);
  if (known) return known;
  const constraint = decodeConstraint(view);
  decoded.set(view, constraint);
  return constraint;
}

/** Reads whatever is stored. */
export function decodeConstraint({ id, elementType, refs, props }: Pick<ElementView, 'id' | 'elementType' | 'refs' | 'props'>): Constraint {
  const known = CONSTRAINTS.find((kind) => kind === elementType);
  const { name, axis, value } = props;
  const about = [...new Set(refs)];
  return {
    id,
    kind: known !== undefined && about.length === REFS[known] ? known : 'unknown',
    elementType,
    name: typeof name === 'string' ? name.slice(0, 120).trim() : '',
    refs: about,
    axis: Math.max(0, AXIS_NAMES.findIndex((each) => each === axis)) as Axis,
    value: distanceOf(value),
  };
}

/** A distance in metres that a scene has room for; undefined where it is none. */
export function distanceOf(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= FARTHEST ? value : undefined;
}

export const axisName = (axis: Axis) => AXIS_NAMES[axis];

/** How it is by what is committed; undefined for what nobody knows how to measure. */
export function measure(document: DocumentView, constraint: Constraint): Measure | undefined {
  const [first = '', second = ''] = constraint.refs;
  if (constraint.kind === 'ground') {
    const [extent] = extentsOf(document, [first]);
    return extent && measured(aboveGround(extent), 0);
  }
  const lookup = lookupIn(document);
  return measureBetween(constraint, worldPosition(lookup, first), worldPosition(lookup, second));
}

/** How it is with its two elements at these places of the world. */
export function measureBetween({ kind, axis, value }: Constraint, a: Vector, b: Vector): Measure | undefined {
  if (kind === 'align') return measured(b[axis] - a[axis], 0);
  if (kind !== 'distance') return undefined;
  const distance = Math.hypot(b[0] - a[0], b[1] - a[1], b[2] - a[2]);
  return measured(distance, value ?? distance);
}

const measured = (is: number, wanted: number): Measure => ({ measured: is, holds: Math.abs(is - wanted) < TOLERANCE });

/** Who moves, and how along the world's axes, so that a constraint holds; undefined where it holds already, or nobody knows how. */
export function satisfying(document: DocumentView, constraint: Constraint, selection: readonly string[]): { readonly id: string; readonly way: Vector } | undefined {
  const { kind, axis, value } = constraint;
  const now = measure(document, constraint);
  const [first = '', second = ''] = constraint.refs;
  if (now === undefined || now.holds) return undefined;
  if (kind === 'ground') return { id: first, way: [0, -now.measured, 0] };
  const id = moverOf(document, constraint.refs, selection);
  const lookup = lookupIn(document);
  const [at, other] = [worldPosition(lookup, id), worldPosition(lookup, id === first ? second : first)];
  if (kind === 'align') {
    const way: [number, number, number] = [0, 0, 0];
    way[axis] = other[axis] - at[axis];
    return { id, way };
  }
  const wanted = value ?? now.measured;
  // Two at one place have no direction: they part along X.
  const share = now.measured === 0 ? undefined : wanted / now.measured - 1;
  return { id, way: share === undefined ? [wanted, 0, 0] : [(at[0] - other[0]) * share, (at[1] - other[1]) * share, (at[2] - other[2]) * share] };
}

/** The one that was selected later, else the second; but what the other hangs from stays, since that would come along. */
function moverOf(document: DocumentView, [first = '', second = '']: readonly string[], selection: readonly string[]): string {
  const later = selection.lastIndexOf(first) > selection.lastIndexOf(second) ? first : second;
  const other = later === first ? second : first;
  return ancestorsOf(document, other).includes(later) ? other : later;
}

/** Whether neither an element nor anything that it hangs from is hidden. */
export function isShown(document: DocumentView, id: string): boolean {
  const lookup = lookupIn(document);
  return [id, ...ancestorsOf(document, id)].every((each) => lookup(each)?.hidden === false);
}
