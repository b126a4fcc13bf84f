import type { Limits } from './frame.js';
import { isJsonArray, isJsonObject, type JsonValue } from './json.js';
import { problem, ProblemError } from './problem.js';

/** What is assumed until the first `welcome` tells. */
export const DEFAULT_LIMITS: Limits = {
  frameBytes: 1024 * 1024,
  changesPerFrame: 100,
  operationsPerChange: 1000,
  changeBytes: 256 * 1024,
  valueBytes: 64 * 1024,
  valueDepth: 16,
  textLength: 1024 * 1024,
  elements: 100_000,
  treeDepth: 64,
  names: 1000,
  listItems: 10_000,
  setMembers: 10_000,
  candidates: 16,
  awarenessBytes: 4096,
  chatLength: 2000,
  locks: 100,
  leaseSeconds: 300,
};

const UTF8 = new TextEncoder();

/** Refuses a value that is too deep or too large. */
export function checkValue(value: JsonValue, limits: Limits): void {
  atMost('depth of a value', depthOf(value), limits.valueDepth);
  atMost('bytes of a value', jsonBytes(value), limits.valueBytes);
}

/** How many arrays and objects are nested around the innermost value: 0 for a plain one. */
function depthOf(value: JsonValue): number {
  if (isJsonArray(value)) return 1 + deepest(value);
  return isJsonObject(value) ? 1 + deepest(Object.values(value)) : 0;
}

function deepest(values: readonly JsonValue[]): number {
  return values.reduce<number>((depth, value) => Math.max(depth, depthOf(value)), 0);
}

/** In UTF-8; the order of keys does not count, so this is the canonical form's length as well. */
export function jsonBytes(value: unknown): number {
  return UTF8.encode(JSON.stringify(value)).length;
}

export function atMost(what: string, actual: number, limit: number): void {
  if (actual > limit) refuse('limit-exceeded', `${what}: ${actual} (expected: at most ${limit})`);
}

/** Refuses an edit; the slugs are the server's. */
export function refuse(slug: keyof typeof REFUSALS, detail: string): never {
  const [status, title] = REFUSALS[slug];
  throw new ProblemError(problem(slug, title, status, detail));
}

const REFUSALS = {
  'invalid-change': [400, 'The change is not well formed'],
  'invalid-operation': [400, 'The operation is not well formed'],
  'invalid-value': [400, 'The value cannot be part of a document'],
  'revision-ahead': [409, 'The change builds on a revision that does not exist yet'],
  'duplicate-id': [409, 'The element id is already used'],
  'unknown-element': [404, 'There is no such element'],
  'unknown-change': [404, 'There is no such change'],
  'stale-base': [409, 'The text changed beyond what the server remembers'],
  'write-rejected': [409, 'Somebody else changed the same at the same time'],
  'strict-change': [409, "The strict change met somebody else's edit"],
  'conflict-not-found': [404, 'There is no such conflict'],
  'conflict-already-resolved': [409, 'The conflict is resolved already'],
  'conflict-stale': [409, 'The conflict changed since it was looked at'],
  'limit-exceeded': [413, 'A limit is exceeded'],
  'invalid-request': [400, 'The request is not well formed'],
  forbidden: [403, 'This is not allowed'],
  'session-closed': [410, 'The session is closed'],
} as const;
