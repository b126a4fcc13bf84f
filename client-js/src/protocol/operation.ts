import type { JsonObject, JsonValue } from './json.js';

export type ElementId = string;

/** `[property]`, or `[property, component]`: an index into a vector or a key of an object. */
export type Path = readonly [property: string] | readonly [property: string, component: string | number];

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

/** One edit as a client asks for it. */
export type Operation =
  CreateOperation | SetOperation | UnsetOperation | AddOperation | MoveOperation | DeleteOperation | RestoreOperation;

/** One edit as the server decided it: places are order keys, so folding it needs no decision. */
export type EffectiveOperation =
  | (Omit<CreateOperation, 'after'> & { readonly order: string })
  | SetOperation
  | UnsetOperation
  | AddOperation
  | (Omit<MoveOperation, 'after'> & { readonly order: string })
  | DeleteOperation
  | RestoreOperation;
