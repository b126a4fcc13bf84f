import { sha256 } from '@noble/hashes/sha2.js';
import { canonicalForm } from '../protocol/canonicalForm.js';
import type { ConflictRecord } from '../protocol/frame.js';
import type { JsonObject } from '../protocol/json.js';
import type { DocumentView, ElementView } from './document.js';

type Content = Pick<DocumentView, 'elements' | 'conflicts'>;

/**
 * A document's one text, the same in every language. Values and conflicts are in it, last writes are not. Elements come
 * by id, keys by code unit, the rest as {@link canonicalForm} says.
 */
export function documentForm({ conflicts, elements }: Content): string {
  const sorted = [...elements.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const records = [...conflicts.values()];
  return `{"conflicts":[${records.map(conflictForm).join(',')}],"elements":[${sorted.map(elementForm).join(',')}]}`;
}

/**
 * The document's fingerprint as 16 hexadecimal digits: the sum, modulo 2^64, of the first 64 bits of the SHA-256 of
 * each element's and each conflict's canonical text in UTF-8. As a sum it does not depend on an order, and only what
 * changed is computed anew.
 */
export function documentHash({ conflicts, elements }: Content): string {
  let [high, low] = [0, 0];
  const add = (fingerprint: Fingerprint): void => {
    low += fingerprint.low;
    high = (high + fingerprint.high + (low > MAX_32 ? 1 : 0)) >>> 0;
    low >>>= 0;
  };
  for (const element of elements.values()) add(remembered(element, () => elementForm(element)));
  for (const conflict of conflicts.values()) add(remembered(conflict, () => conflictForm(conflict)));
  return hex(high) + hex(low);
}

interface Fingerprint {
  readonly high: number;
  readonly low: number;
}

const MAX_32 = 0xffff_ffff;
const UTF8 = new TextEncoder();
const fingerprints = new WeakMap<ElementView | ConflictRecord, Fingerprint>();

function remembered(content: ElementView | ConflictRecord, form: () => string): Fingerprint {
  let fingerprint = fingerprints.get(content);
  if (!fingerprint) {
    const digest = sha256(UTF8.encode(form()));
    const bits = new DataView(digest.buffer, digest.byteOffset);
    fingerprint = { high: bits.getUint32(0), low: bits.getUint32(4) };
    fingerprints.set(content, fingerprint);
  }
  return fingerprint;
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0');
}

function elementForm({ deleted, refs, texts, lists, sets, ...element }: ElementView): string {
  return canonicalForm({
    ...element,
    ...(deleted && { deleted }),
    ...(refs.length > 0 && { refs }),
    ...someOf('texts', texts),
    ...someOf('lists', lists),
    ...someOf('sets', sets),
  });
}

function someOf(name: string, fields: JsonObject): JsonObject {
  return Object.keys(fields).length > 0 ? { [name]: fields } : {};
}

function conflictForm(conflict: ConflictRecord): string {
  return canonicalForm(conflict as unknown as JsonObject);
}
