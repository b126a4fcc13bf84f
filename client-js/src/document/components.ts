import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../protocol/json.js';
import type { Component } from '../protocol/operation.js';

/** What of a property a register holds; undefined where the property has no such component. */
export function readComponent(
  property: JsonValue | undefined,
  component: Component | undefined,
): JsonValue | undefined {
  switch (typeof component) {
    case 'undefined':
      return property;
    case 'number':
      return isJsonArray(property) ? property[component] : undefined;
    case 'string':
      return isJsonObject(property) ? own(property, component) : undefined;
  }
}

/** Whether the property has the shape that writing, or removing, the component needs. */
export function fitsComponent(
  property: JsonValue | undefined,
  component: Component | undefined,
  removing: boolean,
): boolean {
  switch (typeof component) {
    case 'undefined':
      return true;
    case 'number':
      return !removing && isJsonArray(property) && component < property.length;
    case 'string':
      return isJsonObject(property);
  }
}

/** The property after writing its component or, without a value, removing it; undefined where it does not fit. */
export function replacedComponent(
  property: JsonValue | undefined,
  component: Component | undefined,
  value: JsonValue | undefined,
): JsonValue | undefined {
  switch (typeof component) {
    case 'undefined':
      return value;
    case 'number':
      return value !== undefined && isJsonArray(property) && component < property.length
        ? property.with(component, value)
        : undefined;
    case 'string':
      return isJsonObject(property) ? withField(property, component, value) : undefined;
  }
}

/** The delta that takes a delta back. */
export function negated(delta: number | readonly number[]): number | readonly number[] {
  return typeof delta === 'number' ? negative(delta) : delta.map(negative);
}

function negative(number: number): number {
  return number === 0 ? 0 : -number;
}

/** The field, where the object has it itself: `toString` is not found on every object. */
export function own<T>(fields: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

/** The object with one more field, another value of it or, without a value, without it. */
export function withField<V extends JsonObject | Readonly<Record<string, unknown>>>(
  fields: V,
  key: string,
  value: V[string] | undefined,
): V {
  if (value !== undefined) return { ...fields, [key]: value };
  const { [key]: _removed, ...rest } = fields;
  return rest as V;
}
