import type { Limits, SubmittedChange } from './frame.js';
import type { JsonObject, JsonValue } from './json.js';
import { atMost, checkValue, jsonBytes, refuse } from './limits.js';
import type { Operation } from './operation.js';
import {
  array,
  boolean,
  field,
  jsonObject,
  MalformedError,
  object,
  oneOf,
  optional,
  string,
  type Reader,
} from './read.js';
import { readOperation } from './readOperation.js';
import { STRATEGIES } from './strategy.js';

/** What a change carries besides its operations, generously. */
const ENVELOPE_BYTES = 256;
const CHANGE_ID = /^[A-Za-z0-9_-]{1,64}:(0|[1-9][0-9]{0,14})$/;
const LONGEST_CHANGE_ID = 96;

/**
 * Copies the operations, so that nobody can change them any more.
 *
 * @throws ProblemError when no server would take them
 */
export function checkedOperations(operations: readonly Operation[], limits: Limits): readonly Operation[] {
  if (operations.length === 0) refuse('invalid-change', 'operations: none (expected: at least one)');
  atMost('operations in a change', operations.length, limits.operationsPerChange);
  const copies = operations.map((operation, index) => {
    const checked = checkedOperation(operation, `operations[${index}]`);
    for (const value of valuesOf(checked)) checkValue(value, limits);
    return checked;
  });
  atMost('bytes of a change', changeBytes(copies), limits.changeBytes);
  return copies;
}

/**
 * Reads a change that somebody sent, as a server does.
 *
 * @throws ProblemError `invalid-change`, `invalid-operation` or `invalid-value`
 */
export function readChange(json: unknown): SubmittedChange {
  return understood('invalid-change', () => {
    const change = object(json, 'change');
    const changeId = field(change, 'changeId', readChangeId);
    const baseRevision = field(change, 'baseRevision', wholeNumber);
    const seenRevision = field(change, 'seenRevision', wholeNumber);
    const strict = optional(change, 'strict', boolean);
    const onConflict = optional(change, 'onConflict', oneOf(STRATEGIES));
    const operations = field(change, 'operations', array(checkedOperation));
    if (seenRevision < 0 || seenRevision > baseRevision) {
      refuse('invalid-change', `seenRevision: ${seenRevision} (expected: 0 to baseRevision ${baseRevision})`);
    }
    if (operations.length === 0) refuse('invalid-change', 'operations: none (expected: at least one)');
    return {
      changeId,
      baseRevision,
      seenRevision,
      ...(strict !== undefined && { strict }),
      ...(onConflict !== undefined && { onConflict }),
      operations,
    };
  });
}

/** The size of a change in a frame. */
export function changeBytes(operations: readonly Operation[]): number {
  return jsonBytes(operations) + ENVELOPE_BYTES;
}

/**
 * Copies a state for the others.
 *
 * @throws ProblemError when it is not JSON
 */
export function checkedObject(value: JsonObject, where: string): JsonObject {
  return understood('invalid-value', () => jsonObject(value, where));
}

function checkedOperation(value: unknown, where: string): Operation {
  return understood('invalid-operation', () => readOperation(value, where));
}

/** Turns what a reader has against a value into a refusal; `slug` where the reader does not say more. */
function understood<T>(slug: 'invalid-change' | 'invalid-operation' | 'invalid-value', read: () => T): T {
  try {
    return read();
  } catch (failure) {
    if (failure instanceof MalformedError) refuse(failure.slug ?? slug, failure.message);
    throw failure;
  }
}

const readChangeId: Reader<string> = (value, where) => {
  const id = string(value, where);
  if (id.length > LONGEST_CHANGE_ID || !CHANGE_ID.test(id)) throw new MalformedError(where, 'clientId:counter');
  return id;
};

const wholeNumber: Reader<number> = (value, where) => {
  if (typeof value !== 'number' || !Number.isInteger(value) || Math.abs(value) > 2 ** 53) {
    throw new MalformedError(where, 'a whole number');
  }
  return value;
};

function valuesOf(operation: Operation): readonly JsonValue[] {
  switch (operation.op) {
    case 'create':
      return Object.values(operation.props ?? {});
    case 'set':
      return [operation.value];
    case 'add':
      return [operation.delta];
    case 'append':
      return operation.items.map((item) => item.value);
    default:
      return [];
  }
}
