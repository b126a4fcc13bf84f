import type { DocumentView, ElementView, JsonObject, JsonValue } from '@chorale/client';
import { isRecord } from '../app/storage';

const FORMAT = 'chorale-session';
/** The second one has constraints; what has none is written as the first, which older programs read. */
const VERSION = 2;
/** In UTF-8 bytes. */
export const LARGEST_FILE = 16 * 1024 * 1024;
const MOST_ELEMENTS = 10_000;
const LONGEST_NAME = 120;
const LONGEST_WORD = 128;

/** An element as a file tells it. `order` is its place among its siblings, from 0. */
export interface FileElement {
  readonly id: string;
  readonly type: string;
  readonly parent: string | null;
  readonly order: number;
  readonly props: JsonObject;
  /** Texts that several people write at once; absent where there are none. */
  readonly texts?: Readonly<Record<string, string>>;
  /** Of a constraint: the ids of the elements that it is about; absent for everything else. */
  readonly refs?: readonly string[];
}

/** A session's content, apart from its server and its history. Parents come before their children. */
export interface SessionFile {
  readonly name: string;
  readonly kind: string;
  readonly elements: readonly FileElement[];
}

/** Why a file is not taken. */
export type Refusal = 'tooLarge' | 'unreadable' | 'foreign' | 'newer' | 'broken' | 'tooMany' | 'empty';
export type Reading = { readonly file: SessionFile } | { readonly refusal: Refusal };

/** The session's present content as the text of a file, and what to call it. */
export function sessionFileOf(document: DocumentView, { name, kind }: { readonly name: string; readonly kind: string }, now: Date): { readonly name: string; readonly text: string } {
  const elements = elementsOf(document);
  const version = elements.some(({ refs }) => refs !== undefined) ? VERSION : 1;
  const content = { format: FORMAT, version, name, kind, exportedAt: now.toISOString(), elements };
  return { name: `${fileNameOf(name)}.chorale.json`, text: `${JSON.stringify(content, null, 2)}\n` };
}

/** A session's name as every system takes it for a file. */
export function fileNameOf(name: string): string {
  const words = name.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '');
  return words.slice(0, 80) || 'session';
}

function elementsOf(document: DocumentView): readonly FileElement[] {
  const found: FileElement[] = [];
  const withPlaces = (parent: string | null) => document.children(parent).map((view, order) => ({ view, order })).reverse();
  const waiting = withPlaces(null);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    found.push(fileElement(next.view, next.order));
    waiting.push(...withPlaces(next.view.id));
  }
  return found;
}

function fileElement({ id, elementType, parent, props, texts, refs }: ElementView, order: number): FileElement {
  return { id, type: elementType, parent, order, props, ...(Object.keys(texts).length > 0 && { texts }), ...(refs.length > 0 && { refs }) };
}

/** Reads what somebody chose. Nothing in it is believed: what a session cannot hold is refused as a whole. */
export async function readFile(file: Pick<File, 'size' | 'text'>): Promise<Reading> {
  if (file.size > LARGEST_FILE) return { refusal: 'tooLarge' };
  try {
    return readSessionFile(await file.text());
  } catch {
    return { refusal: 'unreadable' };
  }
}

export function readSessionFile(text: string): Reading {
  const content = parsed(text);
  if (!isRecord(content) || content['format'] !== FORMAT) return { refusal: 'foreign' };
  const { version, name, kind, elements } = content;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) return { refusal: 'foreign' };
  if (version > VERSION) return { refusal: 'newer' };
  if (typeof name !== 'string' || typeof kind !== 'string' || !Array.isArray(elements)) return { refusal: 'broken' };
  if (elements.length > MOST_ELEMENTS) return { refusal: 'tooMany' };
  const read = elements.map(readElement).filter((element) => element !== undefined);
  if (read.length < elements.length) return { refusal: 'broken' };
  const sorted = parentsFirst(read);
  if (sorted === undefined || !areSound(sorted)) return { refusal: 'broken' };
  if (sorted.length === 0) return { refusal: 'empty' };
  return { file: { name: name.replace(/\p{Cc}/gu, ' ').trim().slice(0, LONGEST_NAME), kind, elements: sorted } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function readElement(value: unknown): FileElement | undefined {
  if (!isRecord(value)) return undefined;
  const { id, type, parent, order, props, texts, refs } = value;
  if (!isWord(id) || !isWord(type) || !(parent === null || isWord(parent))) return undefined;
  if (typeof order !== 'number' || !Number.isFinite(order)) return undefined;
  if (!isRecord(props) || !Object.values(props).every(isValue)) return undefined;
  if (texts !== undefined && !(isRecord(texts) && Object.values(texts).every((each) => typeof each === 'string'))) return undefined;
  if (refs !== undefined && !(Array.isArray(refs) && refs.length > 0 && refs.every(isWord))) return undefined;
  return {
    id,
    type,
    parent,
    order,
    props: props as JsonObject,
    ...(texts !== undefined && { texts: texts as Record<string, string> }),
    ...(refs !== undefined && { refs: refs as readonly string[] }),
  };
}

/** Whether every constraint is about elements of the file that are none themselves, and nothing hangs from one. */
function areSound(elements: readonly FileElement[]): boolean {
  const constraints = new Set(elements.flatMap(({ id, refs }) => (refs === undefined ? [] : [id])));
  const others = new Set(elements.flatMap(({ id, refs }) => (refs === undefined ? [id] : [])));
  return elements.every(({ parent, refs = [] }) => (parent === null || !constraints.has(parent)) && refs.every((id) => others.has(id)));
}

const isWord = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= LONGEST_WORD;

/** JSON has numbers that no computer holds: `1e999` is read as infinite. */
function isValue(value: unknown): value is JsonValue {
  const waiting = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'number' && !Number.isFinite(next)) return false;
    if (typeof next === 'object' && next !== null) waiting.push(...Object.values(next));
  }
  return true;
}

/** Siblings by their order, below their parents; undefined where ids repeat, a parent is missing or is its own ancestor. */
function parentsFirst(elements: readonly FileElement[]): readonly FileElement[] | undefined {
  const siblings = new Map<string | null, FileElement[]>();
  for (const element of elements) {
    const known = siblings.get(element.parent);
    if (known) known.push(element);
    else siblings.set(element.parent, [element]);
  }
  if (new Set(elements.map(({ id }) => id)).size < elements.length) return undefined;
  const sorted: FileElement[] = [];
  const waiting: FileElement[] = [];
  const enter = (parent: string | null) => {
    const below = siblings.get(parent) ?? [];
    waiting.push(...[...below].sort((a, b) => a.order - b.order).reverse());
  };
  enter(null);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    sorted.push(next);
    enter(next.id);
  }
  return sorted.length === elements.length ? sorted : undefined;
}
