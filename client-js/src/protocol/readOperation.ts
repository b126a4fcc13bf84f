import type { EffectiveOperation, ElementId, Operation, Path } from './operation.js';
import type { JsonObject } from './json.js';
import {
  array,
  field,
  json,
  MalformedError,
  number,
  object,
  optional,
  record,
  string,
  text,
  type Fields,
} from './read.js';

const ID = /^[A-Za-z0-9_-]{1,64}$/;
const POLLUTING_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Reads what a client asks for; a client has no say in order keys. */
export function readOperation(value: unknown, where: string): Operation {
  const fields = object(value, where);
  switch (fields['op']) {
    case 'create':
      return { ...readCreate(fields), ...readAfter(fields) };
    case 'move':
      return { ...readMove(fields), ...readAfter(fields) };
    default:
      return readPlaceless(fields, where);
  }
}

/** Reads what the server decided. */
export function readEffectiveOperation(value: unknown, where: string): EffectiveOperation {
  const fields = object(value, where);
  switch (fields['op']) {
    case 'create':
      return { ...readCreate(fields), order: field(fields, 'order', string) };
    case 'move':
      return { ...readMove(fields), order: field(fields, 'order', string) };
    default:
      return readPlaceless(fields, where);
  }
}

type PlacelessOperation = Extract<Operation, EffectiveOperation>;

function readPlaceless(fields: Fields, where: string): PlacelessOperation {
  const id = field(fields, 'id', elementId);
  switch (fields['op']) {
    case 'set':
      return {
        op: 'set',
        id,
        path: field(fields, 'path', path),
        value: field(fields, 'value', json),
        ...readPrevious(fields),
      };
    case 'unset':
      return { op: 'unset', id, path: field(fields, 'path', path), ...readPrevious(fields) };
    case 'add':
      return { op: 'add', id, path: field(fields, 'path', path), delta: field(fields, 'delta', delta) };
    case 'delete':
      return { op: 'delete', id };
    case 'restore':
      return { op: 'restore', id };
    default:
      throw new MalformedError(where, 'a known op');
  }
}

function readCreate(fields: Fields): {
  op: 'create';
  id: ElementId;
  elementType: string;
  parent: ElementId | null;
  props?: JsonObject;
  texts?: Readonly<Record<string, string>>;
  refs?: readonly ElementId[];
} {
  const props = optional(fields, 'props', properties);
  const texts = optional(fields, 'texts', textProperties);
  const refs = optional(fields, 'refs', array(elementId));
  return {
    op: 'create',
    id: field(fields, 'id', elementId),
    elementType: field(fields, 'elementType', elementId),
    parent: optional(fields, 'parent', elementId) ?? null,
    ...(props && { props }),
    ...(texts && { texts }),
    ...(refs && { refs }),
  };
}

function readMove(fields: Fields): { op: 'move'; id: ElementId; parent: ElementId | null } {
  return { op: 'move', id: field(fields, 'id', elementId), parent: optional(fields, 'parent', elementId) ?? null };
}

function readAfter(fields: Fields): { after?: ElementId | null } {
  const after = fields['after'];
  if (after === undefined) return {};
  return { after: after === null ? null : elementId(after, 'after') };
}

function readPrevious(fields: Fields): { previous?: ReturnType<typeof json> } {
  return fields['previous'] === undefined ? {} : { previous: json(fields['previous'], 'previous') };
}

export function elementId(value: unknown, where: string): ElementId {
  if (typeof value !== 'string' || !ID.test(value)) throw new MalformedError(where, 'an element id');
  return value;
}

/** Properties by name, as an element holds them. */
export function properties(value: unknown, where: string): JsonObject {
  return named(record(json)(value, where), where);
}

/** Texts by name, as an element holds them. */
export function textProperties(value: unknown, where: string): Readonly<Record<string, string>> {
  return named(record(text)(value, where), where);
}

function named<T extends object>(values: T, where: string): T {
  for (const name of Object.keys(values)) propertyName(name, where);
  return values;
}

function propertyName(value: unknown, where: string): string {
  const name = text(value, where);
  if (isForbiddenName(name)) throw new MalformedError(where, 'a name of 1 to 64 characters, none that pollutes');
  return name;
}

/** Whether no property and no key of a value may be called so (DOC-5). */
export function isForbiddenName(name: string): boolean {
  return name.length < 1 || name.length > 64 || POLLUTING_NAMES.has(name);
}

function path(value: unknown, where: string): Path {
  if (!Array.isArray(value) || value.length < 1 || value.length > 2)
    throw new MalformedError(where, 'a path of 1 or 2 parts');
  const property = propertyName(value[0], where);
  const component: unknown = value[1];
  if (component === undefined) return [property];
  return [property, typeof component === 'number' ? index(component, where) : propertyName(component, where)];
}

function index(value: number, where: string): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new MalformedError(where, 'an index >= 0');
  return value;
}

function delta(value: unknown, where: string): number | readonly number[] {
  if (!Array.isArray(value)) return number(value, where);
  if (value.length === 0) throw new MalformedError(where, 'a vector that is not empty');
  return array(number)(value, where);
}
