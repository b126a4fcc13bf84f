import type { JsonValue } from '@chorale/client';
import type { Placement } from '../scene/handling';
import { vectorOf, type Vector } from '../scene/sceneElement';

/** What a hand does to an element, as far as others need to know; what is absent stays as it is committed. */
export interface Held {
  readonly position: Vector;
  readonly rotation?: Vector;
  readonly scale?: Vector;
}

/** So much of one's awareness, which the server limits, may tell what is in one's hand. */
const DRAG_BYTES = 2200;
const MOST_HELD = 100;

/**
 * One's hand as awareness: the element that the hand is at, and after it as many of the others held as fit. Whatever does
 * not fit follows when it is committed.
 */
export function dragState(leader: string, held: ReadonlyMap<string, Held>): JsonValue {
  const first = held.get(leader);
  if (first === undefined) return null;
  const others: JsonValue[] = [];
  let bytes = 0;
  for (const [id, each] of held) {
    if (id === leader) continue;
    const other = { id, ...each };
    bytes += JSON.stringify(other).length + 1;
    if (bytes > DRAG_BYTES || others.length === MOST_HELD) break;
    others.push(other);
  }
  return { id: leader, ...first, ...(others.length > 0 && { others }) };
}

/** What somebody's awareness says they hold, without what is nonsense. */
export function heldIn(drag: unknown): ReadonlyMap<string, Held> {
  const found = new Map<string, Held>();
  const { others, ...leader } = objectOf(drag);
  for (const each of [leader, ...(Array.isArray(others) ? (others.slice(0, MOST_HELD) as readonly unknown[]) : [])]) {
    const { id, position, rotation, scale } = objectOf(each);
    const at = vectorOf(position);
    if (typeof id !== 'string' || !at) continue;
    const [turned, sized] = [vectorOf(rotation), sizeOf(scale)];
    found.set(id, { position: at, ...(turned && { rotation: turned }), ...(sized && { scale: sized }) });
  }
  return found;
}

/** What differs from what is committed. */
export function heldOf(from: Placement, to: Placement): Held {
  return { position: to.position, ...(to.rotation !== from.rotation && { rotation: to.rotation }), ...(to.scale !== from.scale && { scale: to.scale }) };
}

const sizeOf = (value: unknown) => {
  const size = vectorOf(value);
  return size?.every((component) => component > 0) ? size : undefined;
};

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
