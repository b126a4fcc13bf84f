import type { DocumentView, ElementView, JsonObject, JsonValue, Operation } from '@chorale/client';
import { messages } from '../app/messages';
import { parameterMessages } from './messages';

/** The element type that holds shared parameters, and the id of the one that a new session gets. */
export const PARAMETERS = 'parameters';
export const PARAMETERS_ID = 'parameters';

/** Most that a range reaches from zero: beyond, steps are lost in a number's precision. */
export const FARTHEST = 1e12;
export const SMALLEST_STEP = 1e-4;

interface Described {
  /** The property's name, which is also what people call it. */
  readonly name: string;
  readonly symbol: string;
  /** Empty where there is none. */
  readonly unit: string;
}

/** A number that everybody in the session moves, and how far. */
export interface NumberParameter extends Described {
  readonly kind: 'number';
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** Something that everybody in the session switches on and off. */
export interface ToggleParameter extends Described {
  readonly kind: 'toggle';
  readonly value: boolean;
}

export type Parameter = NumberParameter | ToggleParameter;

type Range = readonly [min: number, max: number];

const DEFAULTS: Readonly<Record<string, { readonly value: number; readonly range: Range }>> = {
  mu: { value: 1, range: [0, 5] },
  omega: { value: 2, range: [0, 10] },
  kappa: { value: 0.5, range: [0, 2] },
};
const ORDER = Object.keys(DEFAULTS);
/** Where all ranges were before each parameter had its own definition; still read. */
const RANGES = 'ranges';
const DEFINITION = 'definition:';
/** Valve 2 comes before Valve 12, in the same order for everybody. */
const NATURAL = new Intl.Collator('en', { numeric: true });
const LONGEST_SYMBOL = 8;
const LONGEST_UNIT = 16;

/** The property that says how a parameter is shown and how far it moves: one for each, so that people define several at once. */
export function definitionProperty(name: string): string {
  return DEFINITION + name;
}

export function isDefinition(property: string): boolean {
  return property.startsWith(DEFINITION);
}

/** Names that no parameter can have. */
export function isReserved(name: string): boolean {
  return name === RANGES || isDefinition(name) || name === '__proto__' || name === 'constructor' || name === 'prototype';
}

/** What people call a property of the parameters element. */
export function parameterName(property: string): string {
  if (isDefinition(property)) return parameterMessages.definition.of(parameterName(property.slice(DEFINITION.length)));
  return ownEntry(messages.parameters.names, property) ?? property;
}

/** The element with the parameters, if there is one already. */
export function parametersElement(document: DocumentView): ElementView | undefined {
  return document.children(null).find(({ elementType }) => elementType === PARAMETERS);
}

/** The edit that begins a parameter session. Its id is everybody's: of several that begin at once, one counts. */
export function beginning(): Operation {
  const props: JsonObject = Object.fromEntries(
    Object.entries(DEFAULTS).flatMap(([name, { value, range: [min, max] }]) => [
      [name, value],
      [definitionProperty(name), { min, max, step: stepOf(max - min) }],
    ]),
  );
  return { op: 'create', id: PARAMETERS_ID, elementType: PARAMETERS, parent: null, props };
}

export function isBeginning(operations: readonly Operation[]): boolean {
  return operations.some((operation) => operation.op === 'create' && operation.elementType === PARAMETERS);
}

/** Every number and every toggle of the element: the known ones first, then by name. Whatever others stored, it is usable. */
export function parametersOf({ props }: ElementView): readonly Parameter[] {
  return Object.entries(props)
    .flatMap(([name, value]) => (isReserved(name) ? [] : (parameter(name, value, props) ?? [])))
    .sort((a, b) => rank(a.name) - rank(b.name) || NATURAL.compare(a.name, b.name) || (a.name < b.name ? -1 : 1));
}

function parameter(name: string, value: JsonValue, props: JsonObject): Parameter | undefined {
  const definition = objectOf(props[definitionProperty(name)]);
  const described = {
    name,
    symbol: textOf(definition['symbol'], LONGEST_SYMBOL) || (ownEntry(messages.parameters.symbols, name) ?? name),
    unit: textOf(definition['unit'], LONGEST_UNIT),
  };
  if (typeof value === 'boolean') return { ...described, kind: 'toggle', value };
  if (typeof value !== 'number') return undefined;
  const stored = [definition['min'], definition['max']] as JsonValue;
  const [min, max] = rangeOf(stored) ?? rangeOf(objectOf(props[RANGES])[name]) ?? ownEntry(DEFAULTS, name)?.range ?? around(value);
  const step = definition['step'];
  const usable = typeof step === 'number' && step >= SMALLEST_STEP && step <= max - min;
  return { ...described, kind: 'number', value, min, max, step: usable ? step : stepOf(max - min) };
}

/** The same list, or the same entries of it, where they say the same: what did not change is not drawn again. */
export function keeping(earlier: readonly Parameter[], next: readonly Parameter[]): readonly Parameter[] {
  const known = new Map(earlier.map((each) => [each.name, each]));
  const kept = next.map((each) => {
    const before = known.get(each.name);
    return before !== undefined && isSame(before, each) ? before : each;
  });
  return kept.length === earlier.length && kept.every((each, index) => each === earlier[index]) ? earlier : kept;
}

function isSame(a: Parameter, b: Parameter): boolean {
  if (a.symbol !== b.symbol || a.unit !== b.unit || a.kind !== b.kind || a.value !== b.value) return false;
  return a.kind === 'toggle' || b.kind === 'toggle' || (a.min === b.min && a.max === b.max && a.step === b.step);
}

function rank(name: string): number {
  const index = ORDER.indexOf(name);
  return index === -1 ? ORDER.length : index;
}

function rangeOf(value: JsonValue | undefined): Range | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [min, max] = value as readonly JsonValue[];
  if (typeof min !== 'number' || typeof max !== 'number') return undefined;
  return max - min >= SMALLEST_STEP && Math.abs(min) <= FARTHEST && Math.abs(max) <= FARTHEST ? [min, max] : undefined;
}

/** A range for a number of which nothing else is known. */
function around(value: number): Range {
  const reach = 10 ** Math.ceil(Math.log10(Math.min(FARTHEST, Math.max(1, Math.abs(value) * 2))));
  return value < 0 ? [-reach, reach] : [0, reach];
}

/** Some hundred steps, in powers of ten. */
export function stepOf(width: number): number {
  return 10 ** Math.round(Math.log10(width / 500));
}

/** The value within the range, with as many decimals as a step has: without the dust of binary fractions. */
export function fitted(value: number, { min, max, step }: Pick<NumberParameter, 'min' | 'max' | 'step'>): number {
  const within = Math.min(max, Math.max(min, value));
  return Number(within.toFixed(decimalsOf(step))) + 0;
}

/** How many digits a step has behind the point. */
export function decimalsOf(step: number): number {
  for (let digits = 0; digits < 12; digits++) if (Math.abs(step - Number(step.toFixed(digits))) < step * 1e-9) return digits;
  return 12;
}

function textOf(value: JsonValue | undefined, longest: number): string {
  return typeof value === 'string' ? value.trim().slice(0, longest) : '';
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

/** An entry of the record itself: people choose names, and `toString` is one. */
function ownEntry<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
