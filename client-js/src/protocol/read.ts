import type { JsonObject, JsonValue } from './json.js';
import { BLENDS } from '../document/blending.js';
import type { Policy } from '../document/policies.js';
import type { AvatarLook, ChatMessage, Grant, Participant, PolicySettings, Rights, Self, SessionInfo } from './frame.js';
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

export function readProblem(value: unknown, where: string): Problem {
  const fields = object(value, where);
  const detail = optional(fields, 'detail', string);
  const retryAfter = optional(fields, 'retryAfter', number);
  return {
    type: field(fields, 'type', string),
    title: field(fields, 'title', string),
    status: field(fields, 'status', integer),
    ...(detail !== undefined && { detail }),
    ...(retryAfter !== undefined && { retryAfter }),
  };
}

export function readSessionInfo(value: unknown, where: string): SessionInfo {
  const fields = object(value, where);
  const conflictPolicy = optional(fields, 'conflictPolicy', readPolicies);
  return {
    sessionId: field(fields, 'sessionId', string),
    name: field(fields, 'name', string),
    kind: field(fields, 'kind', string),
    maxUsers: field(fields, 'maxUsers', integer),
    createdAt: field(fields, 'createdAt', string),
    ...(conflictPolicy && { conflictPolicy }),
  };
}

function readPolicies(value: unknown, where: string): PolicySettings {
  return record(readPolicy)(value, where);
}

/** Words that only newer servers know count as left out: they decide, the client only predicts. */
function readPolicy(value: unknown, where: string): Partial<Policy> {
  const fields = object(value, where);
  const strategy = STRATEGIES.find((each) => each === fields['strategy']);
  const blend = BLENDS.find((each) => each === fields['blend']);
  const windowMs = optional(fields, 'windowMs', number);
  const atomic = optional(fields, 'atomic', boolean);
  return {
    ...(strategy && { strategy }),
    ...(blend && { blend }),
    ...(windowMs !== undefined && { windowMs }),
    ...(atomic !== undefined && { atomic }),
  };
}

export function readChatMessage(value: unknown, where: string): ChatMessage {
  const fields = object(value, where);
  const messageId = optional(fields, 'messageId', string);
  return {
    id: field(fields, 'id', string),
    ...(messageId !== undefined && { messageId }),
    userId: field(fields, 'userId', string),
    participantId: field(fields, 'participantId', string),
    name: field(fields, 'name', string),
    text: field(fields, 'text', string),
    at: field(fields, 'at', string),
  };
}

export function readParticipant(value: unknown, where: string): Participant {
  const fields = object(value, where);
  const look = optional(fields, 'look', readLook);
  const picture = optional(fields, 'picture', string);
  return {
    participantId: field(fields, 'participantId', string),
    userId: field(fields, 'userId', string),
    name: field(fields, 'name', string),
    color: field(fields, 'color', string),
    role: field(fields, 'role', string),
    status: field(fields, 'status', string),
    ...(look && { look }),
    ...(picture !== undefined && { picture }),
  };
}

export function readLook(value: unknown, where: string): AvatarLook {
  const fields = object(value, where);
  return {
    shape: field(fields, 'shape', string),
    visor: field(fields, 'visor', string),
    accent: field(fields, 'accent', string),
    accessories: optional(fields, 'accessories', array(string)) ?? [],
  };
}

/** Reads oneself: what one may do is left out where it is not told. */
export function readSelf(value: unknown, where: string): Self {
  const fields = object(value, where);
  const permissions = optional(fields, 'permissions', array(string));
  const grants = optional(fields, 'grants', array(readGrant));
  const frozen = optional(fields, 'frozen', boolean);
  const slowModeSeconds = optional(fields, 'slowModeSeconds', number);
  return {
    ...readParticipant(value, where),
    ...(permissions && { permissions }),
    ...(grants && { grants }),
    ...(frozen !== undefined && { frozen }),
    ...(slowModeSeconds !== undefined && { slowModeSeconds }),
  };
}

export function readRights(value: unknown, where: string): Rights {
  const fields = object(value, where);
  return {
    role: field(fields, 'role', string),
    permissions: field(fields, 'permissions', array(string)),
    grants: optional(fields, 'grants', array(readGrant)) ?? [],
    frozen: optional(fields, 'frozen', boolean) ?? false,
    slowModeSeconds: optional(fields, 'slowModeSeconds', number) ?? 0,
  };
}

export function readGrant(value: unknown, where: string): Grant {
  const fields = object(value, where);
  const user = optional(fields, 'user', string);
  const role = optional(fields, 'role', string);
  const element = optional(fields, 'element', string);
  const property = optional(fields, 'property', string);
  return {
    ...(user !== undefined && { user }),
    ...(role !== undefined && { role }),
    ...(element !== undefined && { element }),
    ...(property !== undefined && { property }),
    actions: field(fields, 'actions', array(string)),
    allow: field(fields, 'allow', boolean),
  };
}

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
