import type { DocumentView, ElementView, JsonObject, JsonValue, Operation } from '@chorale/client';
import { messages } from '../app/messages';

/** The element type that holds shared parameters, and the id of the one that a new session gets. */
export const PARAMETERS = 'parameters';
export const PARAMETERS_ID = 'parameters';

/** A number that everybody in the session moves, and how far. */
export interface Parameter {
  /** The property's name. */
  readonly name: string;
  readonly symbol: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

type Range = readonly [min: number, max: number];

const DEFAULTS: Readonly<Record<string, { readonly value: number; readonly range: Range }>> = {
  mu: { value: 1, range: [0, 5] },
  omega: { value: 2, range: [0, 10] },
  kappa: { value: 0.5, range: [0, 2] },
};
const ORDER = Object.keys(DEFAULTS);
const RANGES = 'ranges';

export function parameterName(property: string): string {
  return messages.parameters.names[property] ?? property;
}

/** The element with the parameters, if there is one already. */
export function parametersElement(document: DocumentView): ElementView | undefined {
  return document.children(null).find(({ elementType }) => elementType === PARAMETERS);
}

/** The edit that begins a parameter session. Its id is everybody's: of several that begin at once, one counts. */
export function beginning(): Operation {
  const values = Object.entries(DEFAULTS).map(([name, { value }]) => [name, value] as const);
  const ranges = Object.entries(DEFAULTS).map(([name, { range }]) => [name, range] as const);
  const props: JsonObject = { ...Object.fromEntries(values), [RANGES]: Object.fromEntries(ranges) };
  return { op: 'create', id: PARAMETERS_ID, elementType: PARAMETERS, parent: null, props };
}

export function isBeginning(operations: readonly Operation[]): boolean {
  return operations.some((operation) => operation.op === 'create' && operation.elementType === PARAMETERS);
}

/** Every numeric property of the element: the known ones first, then by name. Whatever others stored, the ranges are usable. */
export function parametersOf({ props }: ElementView): readonly Parameter[] {
  const ranges = objectOf(props[RANGES]);
  return Object.entries(props)
    .flatMap(([name, value]) => (typeof value === 'number' ? [parameter(name, value, ranges[name])] : []))
    .sort((a, b) => rank(a.name) - rank(b.name) || (a.name < b.name ? -1 : 1));
}

function parameter(name: string, value: number, stored: JsonValue | undefined): Parameter {
  const [min, max] = rangeOf(stored) ?? DEFAULTS[name]?.range ?? around(value);
  return { name, symbol: messages.parameters.symbols[name] ?? name, value, min, max, step: stepOf(max - min) };
}

function rank(name: string): number {
  const index = ORDER.indexOf(name);
  return index === -1 ? ORDER.length : index;
}

function rangeOf(value: JsonValue | undefined): Range | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [min, max] = value as readonly JsonValue[];
  return typeof min === 'number' && typeof max === 'number' && max > min && Number.isFinite(max - min) ? [min, max] : undefined;
}

/** A range for a number of which nothing else is known. */
function around(value: number): Range {
  const reach = 10 ** Math.ceil(Math.log10(Math.max(1, Math.abs(value) * 2)));
  return value < 0 ? [-reach, reach] : [0, reach];
}

/** Some hundred steps, in powers of ten. */
export function stepOf(width: number): number {
  return 10 ** Math.round(Math.log10(width / 500));
}

/** The nearest step within the range, without the dust of binary fractions. */
export function fitted(value: number, { min, max, step }: Pick<Parameter, 'min' | 'max' | 'step'>): number {
  const within = Math.min(max, Math.max(min, value));
  const digits = Math.max(0, -Math.round(Math.log10(step)));
  return Number(within.toFixed(Math.min(12, digits))) + 0;
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}
