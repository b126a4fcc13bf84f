import { isJsonArray, isJsonObject, jsonEquals, type JsonObject, type JsonValue } from '../protocol/json.js';
import { own } from './components.js';

/**
 * How `MERGE` makes one of several numbers, or of vectors of one length: the present value plus what the writer
 * changed; the mean, the least or the greatest of all values written without knowledge of each other.
 */
export const BLENDS = ['DELTA', 'AVERAGE', 'MIN', 'MAX'] as const;

export type Blend = (typeof BLENDS)[number];

type Maybe = JsonValue | undefined;

// Each function answers undefined where the values do not have the shape that it needs. One level deep only: what
// stands inside a component or under a key is taken as it is.

/** Both sides' changes of an object's keys or a vector's components, where no key or component was changed by both. */
export function lossless(base: Maybe, ours: Maybe, theirs: Maybe): Maybe {
  return base === undefined || ours === undefined || theirs === undefined
    ? undefined
    : threeWay(base, ours, theirs, false);
}

/**
 * What `MERGE` writes.
 *
 * @param base what the writer saw
 * @param ours the present value
 * @param theirs the value to be written
 * @param siblings all values written without knowledge of each other, `theirs` the last of them
 */
export function merged(
  blend: Blend,
  base: Maybe,
  ours: JsonValue,
  theirs: JsonValue,
  siblings: readonly JsonValue[],
): Maybe {
  const numbers = blended(blend, base, ours, theirs, siblings);
  return numbers ?? (base === undefined ? undefined : threeWay(base, ours, theirs, true));
}

function blended(
  blend: Blend,
  base: Maybe,
  ours: JsonValue,
  theirs: JsonValue,
  siblings: readonly JsonValue[],
): Numbers | undefined {
  switch (blend) {
    case 'DELTA': {
      const delta = base === undefined ? undefined : each(theirs, base, (mine, before) => mine - before);
      return delta === undefined ? undefined : sum(ours, delta);
    }
    case 'AVERAGE':
      return mean(siblings);
    case 'MIN':
      return reduced(siblings, Math.min);
    case 'MAX':
      return reduced(siblings, Math.max);
  }
}

/** The mean of numbers, or of vectors of one length. */
export function mean(values: readonly JsonValue[]): Numbers | undefined {
  const total = reduced(values, (a, b) => a + b);
  return total === undefined ? undefined : each(total, total, (number) => number / values.length);
}

/** Number plus number, or vector plus vector of the same length, finite. */
export function sum(number: JsonValue, addend: JsonValue): Numbers | undefined {
  return each(number, addend, (a, b) => a + b);
}

type Numbers = number | readonly number[];
type Operator = (a: number, b: number) => number;

function reduced([first, ...others]: readonly JsonValue[], operator: Operator): Numbers | undefined {
  if (first === undefined) return undefined;
  return others.reduce<Numbers | undefined>(
    (soFar, value) => (soFar === undefined ? undefined : each(soFar, value, operator)),
    each(first, first, (number) => number),
  );
}

function each(a: JsonValue, b: JsonValue, operator: Operator): Numbers | undefined {
  if (!isJsonArray(a) || !isJsonArray(b)) return combined(a, b, operator);
  if (a.length !== b.length) return undefined;
  const results: number[] = [];
  for (const [index, left] of a.entries()) {
    const result = combined(left, b[index], operator);
    if (result === undefined) return undefined;
    results.push(result);
  }
  return results;
}

function combined(a: Maybe, b: Maybe, operator: Operator): number | undefined {
  if (typeof a !== 'number' || typeof b !== 'number') return undefined;
  const result = operator(a, b);
  if (!Number.isFinite(result)) return undefined;
  return result === 0 ? 0 : result; // −0 is 0
}

/** @param lossy whether `theirs` wins what both sides changed; otherwise that yields undefined */
function threeWay(base: JsonValue, ours: JsonValue, theirs: JsonValue, lossy: boolean): Maybe {
  if (isJsonObject(base) && isJsonObject(ours) && isJsonObject(theirs)) {
    return threeWayFields(base, ours, theirs, lossy);
  }
  const vectors =
    isJsonArray(base) &&
    isJsonArray(ours) &&
    isJsonArray(theirs) &&
    base.length === ours.length &&
    ours.length === theirs.length;
  if (!vectors) return undefined;
  const items = threeWayFields(byIndex(base), byIndex(ours), byIndex(theirs), lossy);
  return items && ours.map((_, index) => items[index] ?? null);
}

function byIndex(vector: readonly JsonValue[]): JsonObject {
  return Object.fromEntries(vector.entries());
}

function threeWayFields(
  base: JsonObject,
  ours: JsonObject,
  theirs: JsonObject,
  lossy: boolean,
): JsonObject | undefined {
  const result: [key: string, value: JsonValue][] = [];
  for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    const [before, our, their] = [own(base, key), own(ours, key), own(theirs, key)];
    const theirsIsOld = jsonEquals(their, before);
    if (!lossy && !theirsIsOld && !jsonEquals(our, before) && !jsonEquals(our, their)) return undefined;
    const value = theirsIsOld ? our : their;
    if (value !== undefined) result.push([key, value]);
  }
  return Object.fromEntries(result);
}
