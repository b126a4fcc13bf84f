import { isOrderKey } from '../document/orderKey.js';
import { readTextEdit, type TextEdit } from '../text/textEdit.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from './json.js';
import {
  CHOICES,
  type Component,
  type EffectiveOperation,
  type ElementId,
  type ListItem,
  type Operation,
  type Origins,
  type Path,
  type ResolveOperation,
  type Sibling,
} from './operation.js';
import { isProblem, ProblemError } from './problem.js';
import {
  array,
  boolean,
  field,
  integer,
  json,
  MalformedError,
  object,
  oneOf,
  optional,
  present,
  record,
  string,
  text,
  type Fields,
  type Reader,
} from './read.js';

const ID = /^[A-Za-z0-9_-]{1,64}$/;
const POLLUTING_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
const LAST_INDEX = 2 ** 31 - 1;

/** In whichever operation they are, a client has no say in them. */
const SERVERS_FIELDS = ['order', 'origin', 'origins', 'siblings'];

/** Reads what a client asks for. */
export function readOperation(json: unknown, where: string): Operation {
  const fields = object(json, where);
  for (const each of SERVERS_FIELDS) {
    if (Object.hasOwn(fields, each)) throw new MalformedError(`${where}.${each}`, 'nothing, as the server sets it');
  }
  const op = field(fields, 'op', string);
  switch (op) {
    case 'create':
      return { op, ...readCreate(fields), ...readAfter(fields) };
    case 'set':
      return { op, ...readSet(fields), ...readPrevious(fields) };
    case 'unset':
      return { op, ...readRegister(fields), ...readPrevious(fields) };
    case 'move':
      return { op, ...readMove(fields), ...readAfter(fields) };
    default:
      return readSame(op, fields, where);
  }
}

/** Reads what the server decided. */
export function readEffectiveOperation(json: unknown, where: string): EffectiveOperation {
  const fields = object(json, where);
  const op = field(fields, 'op', string);
  switch (op) {
    case 'create':
      return { op, ...readCreate(fields), order: field(fields, 'order', orderKey) };
    case 'set': {
      const siblings = optional(fields, 'siblings', array(readSibling));
      return { op, ...readSet(fields), ...readOrigins(fields), ...(siblings && { siblings }) };
    }
    case 'unset':
      return { op, ...readRegister(fields), ...readOrigins(fields) };
    case 'move':
      return { op, ...readMove(fields), order: field(fields, 'order', orderKey), ...readOrigins(fields) };
    case 'item':
    case 'member':
    case 'delete':
    case 'restore':
      return { ...readSame(op, fields, where), ...readOrigins(fields) };
    case 'withhold': {
      const withheld = present(fields, 'value', value);
      return {
        op,
        ...readRegister(fields),
        conflict: field(fields, 'conflict', id),
        ...(withheld !== undefined && { value: withheld }),
        ...readPrevious(fields),
      };
    }
    case 'rebalance':
      return { op, parent: readParent(fields), keys: field(fields, 'keys', readKeys) };
    default:
      return readSame(op, fields, where);
  }
}

type Same = Exclude<Operation, { op: 'create' | 'set' | 'unset' | 'move' }>;

/** Reads what is asked for and decided in the same form. */
function readSame(op: string, fields: Fields, where: string): Same {
  switch (op) {
    case 'add':
      return { op, ...readRegister(fields), delta: required(fields, 'delta', delta) };
    case 'text':
      return { op, ...readId(fields), name: field(fields, 'name', name), edit: field(fields, 'edit', textEdit) };
    case 'append':
      return { op, ...readId(fields), list: field(fields, 'list', name), items: field(fields, 'items', readItems) };
    case 'item': {
      const [list, item] = [field(fields, 'list', name), field(fields, 'item', id)];
      return { op, ...readId(fields), list, item, retracted: field(fields, 'retracted', boolean) };
    }
    case 'member': {
      const [set, member] = [field(fields, 'set', name), field(fields, 'member', name)];
      return { op, ...readId(fields), set, member, on: field(fields, 'on', boolean) };
    }
    case 'delete':
    case 'restore':
      return { op, ...readId(fields) };
    case 'resolve':
      return readResolve(fields);
    default:
      throw new MalformedError(where, 'a known op');
  }
}

// ---- parts

function readId(fields: Fields): { readonly id: ElementId } {
  return { id: field(fields, 'id', elementId) };
}

function readRegister(fields: Fields): { readonly id: ElementId; readonly path: Path } {
  return { ...readId(fields), path: field(fields, 'path', path) };
}

function readSet(fields: Fields): { readonly id: ElementId; readonly path: Path; readonly value: JsonValue } {
  return { ...readRegister(fields), value: required(fields, 'value', value) };
}

function readPrevious(fields: Fields): { readonly previous?: JsonValue } {
  const previous = present(fields, 'previous', value);
  return previous === undefined ? {} : { previous };
}

function readCreate(fields: Fields): {
  readonly id: ElementId;
  readonly elementType: string;
  readonly parent: ElementId | null;
  readonly props?: JsonObject;
  readonly texts?: Readonly<Record<string, string>>;
  readonly refs?: readonly ElementId[];
} {
  const start = { ...readId(fields), elementType: field(fields, 'elementType', id), parent: readParent(fields) };
  const props = optional(fields, 'props', properties);
  const texts = optional(fields, 'texts', textProperties);
  const refs = optional(fields, 'refs', array(elementId));
  return { ...start, ...(props && { props }), ...(texts && { texts }), ...(refs && { refs: [...new Set(refs)] }) };
}

function readMove(fields: Fields): { readonly id: ElementId; readonly parent: ElementId | null } {
  return { ...readId(fields), parent: readParent(fields) };
}

function readParent(fields: Fields): ElementId | null {
  return required(fields, 'parent', (parent, where) => (parent === null ? null : elementId(parent, where)));
}

function readAfter(fields: Fields): { readonly after?: ElementId | null } {
  const after = present(fields, 'after', (sibling, where) => (sibling === null ? null : elementId(sibling, where)));
  return after === undefined ? {} : { after };
}

function readOrigins(fields: Fields): Partial<Origins> {
  const origin = optional(fields, 'origin', integer);
  const origins = optional(fields, 'origins', array(readOrigin));
  return { ...(origin !== undefined && { origin }), ...(origins && { origins }) };
}

function readOrigin(pair: unknown, where: string): readonly [component: Component, origin: number] {
  if (!Array.isArray(pair) || pair.length !== 2) throw new MalformedError(where, 'a component and a revision');
  return [component(pair[0], where), integer(pair[1], where)];
}

function readSibling(json: unknown, where: string): Sibling {
  const sibling = object(json, where);
  return {
    at: field(sibling, 'at', string),
    clientId: field(sibling, 'clientId', string),
    revision: field(sibling, 'revision', integer),
    userId: field(sibling, 'userId', string),
    value: required(sibling, 'value', value),
  };
}

function readResolve(fields: Fields): ResolveOperation {
  const conflict = field(fields, 'conflict', id);
  const choice = field(fields, 'choice', oneOf(CHOICES));
  const chosen = present(fields, 'value', value);
  if ((chosen !== undefined) !== (choice === 'VALUE')) {
    throw new MalformedError('value', 'one with the choice VALUE, and with it only');
  }
  return { op: 'resolve', conflict, choice, ...(chosen !== undefined && { value: chosen }) };
}

function readItems(json: unknown, where: string): readonly ListItem[] {
  const items = array(readItem)(json, where);
  if (items.length === 0) throw new MalformedError(where, 'at least one item');
  if (new Set(items.map((item) => item.id)).size < items.length) throw new MalformedError(where, 'each id once');
  return items;
}

export function readItem(json: unknown, where: string): ListItem {
  const item = object(json, where);
  return { id: field(item, 'id', id), value: required(item, 'value', value) };
}

function readKeys(json: unknown, where: string): Readonly<Record<ElementId, string>> {
  const keys = record(orderKey)(json, where);
  for (const element of Object.keys(keys)) elementId(element, where);
  return keys;
}

// ---- words, names and values

/** The field, which must be there; null is a value like every other. */
function required<T>(fields: Fields, key: string, read: Reader<T>): T {
  if (!Object.hasOwn(fields, key) || fields[key] === undefined) throw new MalformedError(key, 'present');
  return read(fields[key], key);
}

/** The rule for every id that clients choose. */
export function id(json: unknown, where: string): string {
  if (typeof json !== 'string' || !ID.test(json)) {
    throw new MalformedError(where, '1 to 64 characters of A-Z a-z 0-9 _ -');
  }
  return json;
}

export function elementId(json: unknown, where: string): ElementId {
  return id(json, where);
}

export function orderKey(json: unknown, where: string): string {
  const key = string(json, where);
  if (!isOrderKey(key)) throw new MalformedError(where, 'a base-62 fractional index');
  return key;
}

/** A value of a document: JSON of which no key has a forbidden name (DOC-4, DOC-5), copied. */
export function value(unread: unknown, where: string): JsonValue {
  const read = json(unread, where);
  requireNames(read, where);
  return read;
}

function requireNames(read: JsonValue, where: string): void {
  if (isJsonArray(read)) for (const item of read) requireNames(item, where);
  else if (isJsonObject(read)) {
    for (const [key, item] of Object.entries(read)) {
      name(key, where);
      requireNames(item, where);
    }
  }
}

/** An object whose own fields have the names of properties and are all read by `item`. */
export function named<T>(item: Reader<T>): Reader<Readonly<Record<string, T>>> {
  return (json, where) => {
    const fields = record(item)(json, where);
    for (const key of Object.keys(fields)) name(key, where);
    return fields;
  };
}

/** Properties by name, as an element holds them. */
export const properties: Reader<JsonObject> = named(value);

/** Texts by name, as an element holds them. */
export const textProperties: Reader<Readonly<Record<string, string>>> = named(text);

/** A name of a property, text, list, set or member, or a key of an object (DOC-5). */
function name(json: unknown, where: string): string {
  const read = text(json, where);
  if (read.length < 1 || read.length > 64 || POLLUTING_NAMES.has(read)) {
    throw new MalformedError(where, 'a name of 1 to 64 characters, none that pollutes', 'invalid-value');
  }
  return read;
}

export function path(json: unknown, where: string): Path {
  if (!Array.isArray(json) || json.length < 1 || json.length > 2) {
    throw new MalformedError(where, 'a path of 1 or 2 parts');
  }
  if (json.length === 1) return [name(json[0], where)];
  const part = component(json[1], where);
  return [name(json[0], where), part];
}

function component(json: unknown, where: string): Component {
  if (typeof json !== 'number') return name(json, where);
  if (!Number.isInteger(json) || json < 0 || json > LAST_INDEX) throw new MalformedError(where, 'an index >= 0');
  return json === 0 ? 0 : json; // −0 is 0
}

function delta(unread: unknown, where: string): number | readonly number[] {
  const read = value(unread, where);
  if (typeof read === 'number') return read;
  if (isJsonArray(read) && read.length > 0 && read.every((item) => typeof item === 'number')) return read;
  throw new MalformedError(where, 'a number or an array of numbers', 'invalid-value');
}

function textEdit(json: unknown, where: string): TextEdit {
  try {
    return readTextEdit(json as JsonValue);
  } catch (refusal) {
    if (!(refusal instanceof ProblemError)) throw refusal;
    const slug = isProblem(refusal.problem, 'invalid-value') ? 'invalid-value' : undefined;
    throw new MalformedError(where, `a text edit: ${refusal.message}`, slug);
  }
}
