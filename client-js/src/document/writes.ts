import { jsonEquals, type JsonValue } from '../protocol/json.js';
import type { Component, Origins, Sibling } from '../protocol/operation.js';
import type { TextEdit } from '../text/textEdit.js';

/** A register's last write: who made it, when, and as which revision. */
export interface Stamp {
  readonly revision: number;
  readonly clientId: string;
  readonly userId: string;
  readonly at: string;
  /** The revision that the content stems from: the write's own, or an earlier one that an undo brought back. */
  readonly origin: number;
}

/** The change that writes, as what it writes remembers it. */
export interface Writing {
  readonly changeId: string;
  readonly stamp: Stamp;
}

/** The origin of what was not there. */
export const NEVER = 0;

export const EPOCH = '1970-01-01T00:00:00Z';

/** Nobody wrote yet. */
export const UNWRITTEN: Stamp = { revision: 0, clientId: '', userId: '', at: EPOCH, origin: NEVER };

/**
 * A register's last write, and the last one by another client: so it is known for each client what somebody else wrote
 * last, also for one that wrote since without having seen it.
 */
export interface LastWrites {
  readonly last: Stamp;
  readonly other: Stamp;
}

export const NO_WRITES: LastWrites = { last: UNWRITTEN, other: UNWRITTEN };

/** The newest write by another client. */
export function notBy({ last, other }: LastWrites, clientId: string): Stamp {
  return last.clientId === clientId ? other : last;
}

export function followedBy(writes: LastWrites, by: Stamp): LastWrites {
  return { last: by, other: notBy(writes, by.clientId) };
}

/** The client of a change id. */
export function clientOf(changeId: string): string {
  return changeId.slice(0, changeId.lastIndexOf(':'));
}

/** An element's last writes, beside its values. Immutable. What a snapshot brought, nobody is known to have written. */
export interface ElementWrites {
  readonly props: ReadonlyMap<string, PropertyWrites>;
  readonly texts: ReadonlyMap<string, TextWrites>;
  /** By list, then by place in it. */
  readonly items: ReadonlyMap<string, readonly Stamp[]>;
  /** By set, then by member. */
  readonly members: ReadonlyMap<string, ReadonlyMap<string, Stamp>>;
  /** Of parent and order. */
  readonly placed: Stamp;
  /** Of the deleted flag. */
  readonly flagged: Stamp;
  /** Of anything that the element holds. */
  readonly lastWrites: LastWrites;
  /** The revision after which every edit of the element's texts is known. */
  readonly since: number;
}

/** The writes of an element of which one write is all that is known. */
export function createdBy(stamp: Stamp, since: number): ElementWrites {
  const none = new Map<string, never>();
  const lastWrites = followedBy(NO_WRITES, stamp);
  return { props: none, texts: none, items: none, members: none, placed: stamp, flagged: stamp, lastWrites, since };
}

/** A map with one more entry, or another one under that key. */
export function withEntry<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return new Map(map).set(key, value);
}

// ---- properties

/** The last writes of a property. */
export interface PropertyWrites {
  /** Of the whole. */
  readonly whole: LastWrites;
  /** Of components that were written after the whole. */
  readonly components: ReadonlyMap<Component, LastWrites>;
  /** What a register's value is blended of, if it is; without a component, the whole's. */
  readonly blended?: { readonly component: Component | undefined; readonly siblings: readonly Sibling[] };
}

/** A property with its last writes; without a value where it was removed or never there. */
export interface Cell extends PropertyWrites {
  readonly value: JsonValue | undefined;
}

const NO_COMPONENTS: ReadonlyMap<Component, LastWrites> = new Map();
export const UNWRITTEN_PROPERTY: PropertyWrites = { whole: NO_WRITES, components: NO_COMPONENTS };

/** Of exactly this register or, for a component that was never written alone, of the whole. */
function lastWritesOf({ whole, components }: PropertyWrites, component: Component | undefined): LastWrites {
  return (component === undefined ? undefined : components.get(component)) ?? whole;
}

/** Of every register that this one shares content with: for the whole, of each component too. */
function sharedWrites(writes: PropertyWrites, component: Component | undefined): readonly LastWrites[] {
  return component === undefined ? [writes.whole, ...writes.components.values()] : [lastWritesOf(writes, component)];
}

/** The newest write that the register shares content with. */
export function newestWrite(writes: PropertyWrites, component: Component | undefined): Stamp {
  return newest(sharedWrites(writes, component).map((each) => each.last));
}

/** The newest write by another client that the register shares content with. */
export function newestWriteNotBy(
  clientId: string,
  writes: PropertyWrites,
  component: Component | undefined,
): Stamp {
  return newest(sharedWrites(writes, component).map((each) => notBy(each, clientId)));
}

function newest(stamps: readonly Stamp[]): Stamp {
  return stamps.reduce((soFar, each) => (each.revision > soFar.revision ? each : soFar));
}

/** The writes after one of one register. */
export function written(writes: PropertyWrites, component: Component | undefined, by: Stamp): PropertyWrites {
  if (component === undefined) {
    const whole = { last: by, other: newestWriteNotBy(by.clientId, writes, component) };
    return { whole, components: NO_COMPONENTS };
  }
  const more = withEntry(writes.components, component, followedBy(lastWritesOf(writes, component), by));
  return { whole: writes.whole, components: more };
}

/** The writes with other origins of what was just written as a whole. */
export function withOrigins({ whole }: PropertyWrites, origins: Origins): PropertyWrites {
  const from = (origin: number): LastWrites => ({ last: { ...whole.last, origin }, other: whole.other });
  const components = (origins.origins ?? []).map(([key, origin]) => [key, from(origin)] as const);
  return { whole: from(origins.origin), components: new Map(components) };
}

export function originsOf(writes: PropertyWrites, component: Component | undefined): Origins {
  if (component !== undefined) return { origin: lastWritesOf(writes, component).last.origin };
  const { origin } = writes.whole.last;
  const origins = [...writes.components]
    .filter(([, { last }]) => last.origin !== origin)
    .map(([key, { last }]) => [key, last.origin] as const)
    .sort(([a], [b]) => compareComponents(a, b));
  return { origin, ...(origins.length > 0 && { origins }) };
}

export function sameOrigins(a: Origins, b: Origins): boolean {
  return a.origin === b.origin && jsonEquals(a.origins ?? [], b.origins ?? []);
}

/** Indexes ascending, then keys by code unit. */
function compareComponents(a: Component, b: Component): number {
  if (typeof a === 'number') return typeof b === 'number' ? a - b : -1;
  return typeof b === 'number' || a > b ? 1 : -1;
}

/** The values that a register is blended of; none where it is not. */
export function siblingsOf({ blended }: PropertyWrites, component: Component | undefined): readonly Sibling[] {
  return blended?.component === component ? (blended?.siblings ?? []) : [];
}

// ---- texts

/** For how many revisions edits are remembered, so that changes based on one of them can be transformed. */
export const TEXT_MEMORY = 10_000;

/** A text's last write, and the edits over which concurrent ones are transformed. */
export interface TextWrites {
  readonly stamp: Stamp;
  readonly newest?: TextWrite;
  /** The revision up to which edits are not in the list. */
  readonly forgotten: number;
  /** How long the list is, and at which length it is cut. */
  readonly count: number;
  readonly cutAt: number;
  /** For how many revisions edits are remembered. */
  readonly memory: number;
}

/** One committed edit, and the one before it. */
export interface TextWrite {
  readonly revision: number;
  readonly changeId: string;
  readonly edit: TextEdit;
  readonly earlier: TextWrite | undefined;
}

const FIRST_CUT = 1024;

export function unwrittenText(since: number, memory: number): TextWrites {
  return { stamp: UNWRITTEN, forgotten: since, count: 0, cutAt: FIRST_CUT, memory };
}

export function writtenText(text: TextWrites, edit: TextEdit, { changeId, stamp }: Writing): TextWrites {
  const newest = { revision: stamp.revision, changeId, edit, earlier: text.newest };
  const edited = { ...text, stamp, newest, count: text.count + 1 };
  return edited.count < edited.cutAt ? edited : cut(edited);
}

/** The edits after a revision, oldest first; undefined where one of them is not remembered any more. */
export function editsAfter(text: TextWrites, revision: number): readonly TextWrite[] | undefined {
  const oldest = oldestRemembered(text);
  const newestFirst: TextWrite[] = [];
  let write = text.newest;
  for (; write && write.revision > revision; write = write.earlier) {
    if (write.revision < oldest) return undefined;
    newestFirst.push(write);
  }
  return write || revision >= text.forgotten ? newestFirst.reverse() : undefined;
}

/** Drops what is not remembered. Seldom, as all that is remembered is copied. */
function cut(text: TextWrites): TextWrites {
  const oldest = oldestRemembered(text);
  const newestFirst: TextWrite[] = [];
  let write = text.newest;
  for (; write && write.revision >= oldest; write = write.earlier) newestFirst.push(write);
  const newest = newestFirst.reduceRight<TextWrite | undefined>((earlier, each) => ({ ...each, earlier }), undefined);
  const count = newestFirst.length;
  const forgotten = write?.revision ?? text.forgotten;
  return { ...text, ...(newest && { newest }), forgotten, count, cutAt: 2 * count + FIRST_CUT };
}

function oldestRemembered({ stamp, memory }: TextWrites): number {
  return stamp.revision - memory + 1;
}
