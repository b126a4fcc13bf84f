import { isJsonArray, isJsonObject, type JsonValue } from './json.js';

/**
 * The one text of a value, the same in every language: RFC 8785 (JSON Canonicalization Scheme). Keys are sorted by code
 * unit; numbers and strings of valid Unicode are what ECMAScript makes of them.
 */
export function canonicalForm(value: JsonValue): string {
  if (isJsonArray(value)) return `[${value.map(canonicalForm).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalForm(item)}`).join(',')}}`;
}
