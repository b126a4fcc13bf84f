import type { TextEdit } from '../text/textEdit.js';
import type { JsonObject, JsonValue } from './json.js';

export type ElementId = string;

/** What of a property a register covers: an index into a vector or a key of an object; absent means all of it. */
export type Component = string | number;

/** `[property]`, or `[property, component]`. */
export type Path = readonly [property: string] | readonly [property: string, component: Component];

export interface CreateOperation {
  readonly op: 'create';
  readonly id: ElementId;
  readonly elementType: string;
  readonly parent: ElementId | null;
  /** A sibling's id; `null` for the first place; absent for the last. */
  readonly after?: ElementId | null;
  readonly props?: JsonObject;
  readonly texts?: Readonly<Record<string, string>>;
  readonly refs?: readonly ElementId[];
}

export interface SetOperation {
  readonly op: 'set';
  readonly id: ElementId;
  readonly path: Path;
  readonly value: JsonValue;
  /** What its author saw there. */
  readonly previous?: JsonValue;
}

export interface UnsetOperation {
  readonly op: 'unset';
  readonly id: ElementId;
  readonly path: Path;
  readonly previous?: JsonValue;
}

export interface AddOperation {
  readonly op: 'add';
  readonly id: ElementId;
  readonly path: Path;
  readonly delta: number | readonly number[];
}

/** Edits a text; every name has a text, at first an empty one. */
export interface TextOperation {
  readonly op: 'text';
  readonly id: ElementId;
  readonly name: string;
  readonly edit: TextEdit;
}

/** An item's id is unique within its list, and chosen by who appends it. */
export type ListItem = { readonly id: string; readonly value: JsonValue };

/** Puts items behind all others of a list. */
export interface AppendOperation {
  readonly op: 'append';
  readonly id: ElementId;
  readonly list: string;
  readonly items: readonly ListItem[];
}

/** Takes an item out of a list, or puts it back where it was. */
export interface ItemOperation {
  readonly op: 'item';
  readonly id: ElementId;
  readonly list: string;
  readonly item: string;
  readonly retracted: boolean;
}

/** Puts a member into a set, or takes it out. */
export interface MemberOperation {
  readonly op: 'member';
  readonly id: ElementId;
  readonly set: string;
  readonly member: string;
  readonly on: boolean;
}

export interface MoveOperation {
  readonly op: 'move';
  readonly id: ElementId;
  readonly parent: ElementId | null;
  /** A sibling's id; `null` for the first place; absent for the last. */
  readonly after?: ElementId | null;
}

export interface DeleteOperation {
  readonly op: 'delete';
  readonly id: ElementId;
}

export interface RestoreOperation {
  readonly op: 'restore';
  readonly id: ElementId;
}

export const CHOICES = [
  'MINE',
  'THEIRS',
  'AVERAGE',
  'VALUE',
  'LAST_WRITE_WINS',
  'MERGE',
  'REJECT',
  'SUPERSEDED',
] as const;

/** How an open conflict is to end; `SUPERSEDED` is the server's word, no client's. */
export type Choice = (typeof CHOICES)[number];

/** Ends an open conflict; `value` comes with the choice `VALUE`, and with it only. */
export interface ResolveOperation {
  readonly op: 'resolve';
  readonly conflict: string;
  readonly choice: Choice;
  readonly value?: JsonValue;
}

/** One edit as a client asks for it. */
export type Operation =
  | CreateOperation
  | SetOperation
  | UnsetOperation
  | AddOperation
  | TextOperation
  | AppendOperation
  | ItemOperation
  | MemberOperation
  | MoveOperation
  | DeleteOperation
  | RestoreOperation
  | ResolveOperation;

/**
 * Which revisions a register's content stems from: what undo is guarded by. An undo that brings a value back brings its
 * origin back as well, so that undoing step after step, and redoing, finds at each step what that step left.
 */
export interface Origins {
  /** The revision that wrote the register; 0 when none did. */
  readonly origin: number;
  /** The components that stem from another revision than the rest: indexes ascending, then keys by code unit. */
  readonly origins?: readonly (readonly [component: Component, origin: number])[];
}

/** An undo's write: the register counts as written by the revisions that its content stems from. */
type Returnable<O> = O & Partial<Origins>;

/** One of several values that were written to a register without knowledge of each other, and who wrote it. */
export interface Sibling {
  readonly at: string;
  readonly clientId: string;
  readonly revision: number;
  readonly userId: string;
  readonly value: JsonValue;
}

/** With `siblings`: a write that blends them, the writer's own among them. */
export type EffectiveSet = Returnable<Omit<SetOperation, 'previous'>> & { readonly siblings?: readonly Sibling[] };

/** A write that waits as a candidate of an open conflict; without a value, it would have removed the register. */
export interface WithholdOperation {
  readonly op: 'withhold';
  readonly id: ElementId;
  readonly path: Path;
  readonly conflict: string;
  readonly value?: JsonValue;
  readonly previous?: JsonValue;
}

/** Gives neighbouring siblings shorter keys in the same order. */
export interface RebalanceOperation {
  readonly op: 'rebalance';
  readonly parent: ElementId | null;
  readonly keys: Readonly<Record<ElementId, string>>;
}

/** One edit as the server decided it: places are order keys, so folding it needs no decision. */
export type EffectiveOperation =
  | (Omit<CreateOperation, 'after'> & { readonly order: string })
  | EffectiveSet
  | Returnable<Omit<UnsetOperation, 'previous'>>
  | AddOperation
  | TextOperation
  | AppendOperation
  | Returnable<ItemOperation>
  | Returnable<MemberOperation>
  | Returnable<Omit<MoveOperation, 'after'> & { readonly order: string }>
  | Returnable<DeleteOperation>
  | Returnable<RestoreOperation>
  | ResolveOperation
  | WithholdOperation
  | RebalanceOperation;

/**
 * How one effective operation is undone. All but texts are guarded: they apply only where the register still holds what
 * the operation left there (`expects`), so an undo never overwrites somebody's later write; what they bring back counts
 * as of `restores`.
 */
export type Inverse =
  | {
      readonly inverse: 'property';
      readonly id: ElementId;
      readonly path: Path;
      /** Absent where there was none. */
      readonly old?: JsonValue;
      readonly expects: Origins;
      readonly restores: Origins;
      /** After an `add` whose result was overwritten, this still can be added. */
      readonly delta?: number | readonly number[];
    }
  | {
      readonly inverse: 'text';
      readonly id: ElementId;
      readonly name: string;
      readonly edit: TextEdit;
      /** Transformed over every edit after it, then applied. */
      readonly revision: number;
    }
  | {
      readonly inverse: 'appended';
      readonly id: ElementId;
      readonly list: string;
      readonly items: readonly string[];
      readonly expects: number;
    }
  | (Omit<ItemOperation, 'op'> & Guard & { readonly inverse: 'item' })
  | (Omit<MemberOperation, 'op'> & Guard & { readonly inverse: 'member' })
  | (Guard & {
      readonly inverse: 'place';
      readonly id: ElementId;
      readonly parent: ElementId | null;
      readonly order: string;
      /** The sibling that it stood behind; null where it was the first. */
      readonly behind: ElementId | null;
    })
  | (Guard & { readonly inverse: 'flag'; readonly id: ElementId; readonly deleted: boolean });

interface Guard {
  readonly expects: number;
  readonly restores: number;
}
