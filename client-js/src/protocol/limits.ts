import type { Limits } from './frame.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from './json.js';
import type { Operation } from './operation.js';
import { problem, ProblemError } from './problem.js';
import { jsonObject, MalformedError } from './read.js';
import { isForbiddenName, readOperation } from './readOperation.js';

/** What is assumed until the first `welcome` tells. */
export const DEFAULT_LIMITS: Limits = {
  frameBytes: 1024 * 1024,
  changesPerFrame: 100,
  operationsPerChange: 1000,
  changeBytes: 256 * 1024,
  valueBytes: 64 * 1024,
  valueDepth: 16,
  elements: 100_000,
  treeDepth: 64,
  awarenessBytes: 4096,
};

/** What a change carries besides its operations, generously. */
const ENVELOPE_BYTES = 256;
const UTF8 = new TextEncoder();

/**
 * Copies the operations, so that nobody can change them any more.
 *
 * @throws ProblemError when no server would take them
 */
export function checkedOperations(operations: readonly Operation[], limits: Limits): readonly Operation[] {
  if (operations.length === 0) refuse('invalid-change', 'operations: none (expected: at least one)');
  atMost('operations in a change', operations.length, limits.operationsPerChange);
  return operations.map((operation, index) => {
    const checked = understood('invalid-operation', () => readOperation(operation, `operations[${index}]`));
    for (const value of valuesOf(checked)) checkValue(value, limits);
    return checked;
  });
}

/** The size of a change in a frame. */
export function changeBytes(operations: readonly Operation[], limits: Limits): number {
  const bytes = jsonBytes(operations) + ENVELOPE_BYTES;
  atMost('bytes of a change', bytes, limits.changeBytes);
  return bytes;
}

/**
 * Copies a state for the others.
 *
 * @throws ProblemError when it is not JSON
 */
export function checkedObject(value: JsonObject, where: string): JsonObject {
  return understood('invalid-value', () => jsonObject(value, where));
}

function understood<T>(slug: keyof typeof REFUSALS, read: () => T): T {
  try {
    return read();
  } catch (failure) {
    if (failure instanceof MalformedError) refuse(slug, failure.message);
    throw failure;
  }
}

function valuesOf(operation: Operation): readonly JsonValue[] {
  switch (operation.op) {
    case 'create':
      return Object.values(operation.props ?? {});
    case 'set':
      return [operation.value];
    case 'add':
      return [operation.delta];
    default:
      return [];
  }
}

function checkValue(value: JsonValue, limits: Limits): void {
  atMost('depth of a value', depthOf(value), limits.valueDepth);
  atMost('bytes of a value', jsonBytes(value), limits.valueBytes);
}

/** How many arrays and objects are nested around the innermost value: 0 for a plain one. */
function depthOf(value: JsonValue): number {
  if (isJsonObject(value)) {
    for (const key of Object.keys(value)) if (isForbiddenName(key)) refuse('invalid-value', `key: ${key}`);
    return 1 + deepest(Object.values(value));
  }
  return isJsonArray(value) ? 1 + deepest(value) : 0;
}

function deepest(values: readonly JsonValue[]): number {
  return values.reduce<number>((depth, value) => Math.max(depth, depthOf(value)), 0);
}

function jsonBytes(value: unknown): number {
  return UTF8.encode(JSON.stringify(value)).length;
}

export function atMost(what: string, actual: number, limit: number): void {
  if (actual > limit) refuse('limit-exceeded', `${what}: ${actual} (expected: at most ${limit})`);
}

/** Refuses an edit before it is made; the slugs are the server's. */
export function refuse(slug: keyof typeof REFUSALS, detail: string): never {
  const [status, title] = REFUSALS[slug];
  throw new ProblemError(problem(slug, title, status, detail));
}

const REFUSALS = {
  'invalid-change': [400, 'The change is not well formed'],
  'invalid-operation': [400, 'The operation is not well formed'],
  'invalid-value': [400, 'The value cannot be part of a document'],
  'limit-exceeded': [413, 'A limit is exceeded'],
  'duplicate-id': [409, 'The element id is already used'],
  'unknown-element': [404, 'There is no such element'],
  'session-closed': [410, 'The session is closed'],
} as const;
