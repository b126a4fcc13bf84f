import type { JsonObject, JsonValue } from './json.js';
import { BLENDS } from '../document/blending.js';
import type { Policy } from '../document/policies.js';
import type { AvatarLook, ChatMessage, Grant, Participant, Rights, Self, SessionInfo } from './frame.js';
import type { Problem } from './problem.js';
import { STRATEGIES } from './strategy.js';

/** What came over the wire is not what the protocol says. */
export class MalformedError extends Error {
  override readonly name = 'MalformedError';

  /** @param slug what a server calls it, where that does not depend on what the value is part of */
  constructor(
    where: string,
    expected: string,
    readonly slug?: 'invalid-value' | 'limit-exceeded',
  ) {
    super(`${where}: expected ${expected}`);
  }
}

/** Turns an unknown value into a `T`, or throws {@link MalformedError}; `where` names the value in the message. */
export type Reader<T> = (value: unknown, where: string) => T;
export type Fields = Readonly<Record<string, unknown>>;

export function object(value: unknown, where: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new MalformedError(where, 'an object');
  return value as Fields;
}

export function string(value: unknown, where: string): string {
  if (typeof value !== 'string') throw new MalformedError(where, 'a string');
  return value;
}

export function boolean(value: unknown, where: string): boolean {
  if (typeof value !== 'boolean') throw new MalformedError(where, 'a boolean');
  return value;
}

export function number(value: unknown, where: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new MalformedError(where, 'a finite number');
  return value === 0 ? 0 : value; // −0 is 0
}

/** A count or a revision. */
export function integer(value: unknown, where: string): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw new MalformedError(where, 'an integer >= 0');
  return value as number;
}

/** One of several words. */
export function oneOf<T extends string>(words: readonly T[]): Reader<T> {
  return (value, where) => {
    const word = words.find((each) => each === value);
    if (word === undefined) throw new MalformedError(where, `one of ${words.join(', ')}`);
    return word;
  };
}

export function array<T>(item: Reader<T>): Reader<readonly T[]> {
  return (value, where) => {
    if (!Array.isArray(value)) throw new MalformedError(where, 'an array');
    return value.map((entry, index) => item(entry, `${where}[${index}]`));
  };
}

/** The field `name`, which must be there. Own fields only: `constructor` is not found on every object. */
export function field<T>(fields: Fields, name: string, read: Reader<T>): T {
  return read(Object.hasOwn(fields, name) ? fields[name] : undefined, name);
}

/** The field `name`, or undefined where it is absent or null. */
export function optional<T>(fields: Fields, name: string, read: Reader<T>): T | undefined {
  if (!Object.hasOwn(fields, name)) return undefined;
  const value = fields[name];
  return value === undefined || value === null ? undefined : read(value, name);
}

/** What readers make of an object's fields of the same names. */
type Shaped<R> = { readonly [K in keyof R]: R[K] extends Reader<infer T> ? T : never };
type Readers = Readonly<Record<string, Reader<unknown>>>;

/** An object with the fields of `required`, and of `maybe` those that are there and not null. */
export function shape<R extends Readers>(required: R): Reader<Shaped<R>>;
export function shape<R extends Readers, M extends Readers>(
  required: R,
  maybe: M,
): Reader<Shaped<R> & Partial<Shaped<M>>>;
export function shape(required: Readers, maybe: Readers = {}): Reader<unknown> {
  return (value, where) => {
    const fields = object(value, where);
    const read = Object.entries(required).map(([name, reader]) => [name, field(fields, name, reader)]);
    for (const [name, reader] of Object.entries(maybe)) {
      const given = optional(fields, name, reader);
      if (given !== undefined) read.push([name, given]);
    }
    return Object.fromEntries(read) as unknown;
  };
}

export const readProblem: Reader<Problem> = shape(
  { type: string, title: string, status: integer },
  { detail: string, retryAfter: number },
);

/** Words that only newer servers know count as left out: they decide, the client only predicts. */
const readPolicy: Reader<Partial<Policy>> = (value, where) => {
  const fields = object(value, where);
  const strategy = STRATEGIES.find((each) => each === fields['strategy']);
  const blend = BLENDS.find((each) => each === fields['blend']);
  const rest = shape({}, { windowMs: number, atomic: boolean })(value, where);
  return { ...(strategy && { strategy }), ...(blend && { blend }), ...rest };
};

export const readSessionInfo: Reader<SessionInfo> = shape(
  { sessionId: string, name: string, kind: string, maxUsers: integer, createdAt: string },
  { conflictPolicy: record(readPolicy) },
);

export const readChatMessage: Reader<ChatMessage> = shape(
  { id: string, userId: string, participantId: string, name: string, text: string, at: string },
  { messageId: string },
);

export const readLook: Reader<AvatarLook> = (value, where) => ({
  accessories: [],
  ...shape({ shape: string, visor: string, accent: string }, { accessories: array(string) })(value, where),
});

export const readParticipant: Reader<Participant> = shape(
  { participantId: string, userId: string, name: string, color: string, role: string, status: string },
  { look: readLook, picture: string },
);

export const readGrant: Reader<Grant> = shape(
  { actions: array(string), allow: boolean },
  { user: string, role: string, element: string, property: string },
);

/** What one may do, as far as it is told. */
const readTold = shape(
  {},
  { permissions: array(string), grants: array(readGrant), frozen: boolean, slowModeSeconds: number },
);

/** Reads oneself: what one may do is left out where it is not told. */
export const readSelf: Reader<Self> = (value, where) => ({ ...readParticipant(value, where), ...readTold(value, where) });

export const readRights: Reader<Rights> = (value, where) => ({
  grants: [],
  frozen: false,
  slowModeSeconds: 0,
  ...shape({ role: string, permissions: array(string) })(value, where),
  ...readTold(value, where),
});

/** The field `name`, or undefined where it is absent; null is a value like every other. */
export function present<T>(fields: Fields, name: string, read: Reader<T>): T | undefined {
  return Object.hasOwn(fields, name) && fields[name] !== undefined ? read(fields[name], name) : undefined;
}

/** Far more than any document holds, and far less than the stack. */
const DEEPEST = 200;

/** A JSON value, copied: nobody else can change it afterwards. */
export function json(value: unknown, where: string): JsonValue {
  return nested(value, where, 0);
}

function nested(value: unknown, where: string, depth: number): JsonValue {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value)) throw new MalformedError(where, 'a finite number', 'invalid-value');
      return value === 0 ? 0 : value; // −0 is 0
    case 'string':
      return text(value, where);
    case 'object': {
      if (value === null) return null;
      if (depth >= DEEPEST) throw new MalformedError(where, 'a value that is not so deep', 'limit-exceeded');
      const read: Reader<JsonValue> = (item) => nested(item, where, depth + 1);
      return Array.isArray(value) ? array(read)(value, where) : record(read)(value, where);
    }
    default:
      throw new MalformedError(where, 'a JSON value', 'invalid-value');
  }
}

/** An object of JSON values, copied. */
export function jsonObject(value: unknown, where: string): JsonObject {
  return record(json)(value, where);
}

/** An object whose own fields are all read by `item`. */
export function record<T>(item: Reader<T>): Reader<Readonly<Record<string, T>>> {
  return (value, where) => {
    const fields = object(value, where);
    // fromEntries defines fields where an assignment to `__proto__` would replace the prototype.
    return Object.fromEntries(Object.keys(fields).map((key) => [key, item(fields[key], `${where}.${key}`)]));
  };
}

/** A string that survives UTF-8: without lone surrogates. */
export function text(value: unknown, where: string): string {
  const read = string(value, where);
  if (LONE_SURROGATE.test(read))
    throw new MalformedError(where, 'a string without lone surrogates', 'invalid-value');
  return read;
}

// With the u flag, a pair is one code point and does not match.
const LONE_SURROGATE = /\p{Surrogate}/u;
