import type { ElementView, JsonObject, JsonValue, Operation } from '@chorale/client';
import { parameterMessages, plain } from './messages';
import { definitionProperty, FARTHEST, isReserved, SMALLEST_STEP, type Parameter } from './parameterSet';

export const LONGEST_NAME = 40;
const { errors } = parameterMessages.definition;

/** What somebody wrote about a parameter, as they wrote it. */
export interface Draft {
  readonly name: string;
  readonly kind: Parameter['kind'];
  readonly symbol: string;
  readonly unit: string;
  readonly min: string;
  readonly max: string;
  readonly step: string;
  readonly value: string;
  readonly on: boolean;
}

export type DraftField = Exclude<keyof Draft, 'kind' | 'on'>;
export type DraftErrors = Partial<Record<DraftField, string>>;

export const NEW_DRAFT: Draft = { name: '', kind: 'number', symbol: '', unit: '', min: '0', max: '10', step: '0.1', value: '1', on: false };

/** What is written about a parameter that exists. */
export function draftOf(parameter: Parameter, written: (number: number) => string): Draft {
  const { name, kind, unit } = parameter;
  const symbol = parameter.symbol === name ? '' : parameter.symbol;
  if (kind === 'toggle') return { ...NEW_DRAFT, name, kind, symbol, unit, on: parameter.value };
  const { min, max, step, value } = parameter;
  return { name, kind, symbol, unit, min: written(min), max: written(max), step: written(step), value: written(value), on: false };
}

/** What is wrong with a draft: nothing where it can be stored. `taken` are the names that others have; undefined where the name stays. */
export function errorsIn(draft: Draft, taken: ReadonlySet<string> | undefined): DraftErrors {
  return {
    ...(taken && nameError(draft.name.trim(), taken)),
    ...(draft.kind === 'number' && { ...rangeErrors(draft), ...(taken && valueError(draft)) }),
  };
}

function nameError(name: string, taken: ReadonlySet<string>): DraftErrors {
  if (name === '') return { name: errors.nameMissing };
  if (isReserved(name)) return { name: errors.nameReserved };
  return taken.has(name) ? { name: errors.nameTaken } : {};
}

function rangeErrors(draft: Draft): DraftErrors {
  const [min, max, step] = [numberFrom(draft.min), numberFrom(draft.max), numberFrom(draft.step)];
  const [minError, maxError] = [boundError(min), boundError(max)];
  const isOrdered = min === undefined || max === undefined || max > min;
  const isStep = step !== undefined && step >= SMALLEST_STEP && (min === undefined || max === undefined || !isOrdered || step <= max - min);
  return {
    ...(minError !== undefined && { min: minError }),
    ...(maxError !== undefined ? { max: maxError } : !isOrdered && { max: errors.order }),
    ...(!isStep && { step: errors.step }),
  };
}

function boundError(bound: number | undefined): string | undefined {
  if (bound === undefined) return errors.number;
  return Math.abs(bound) > FARTHEST ? errors.tooLarge : undefined;
}

function valueError(draft: Draft): DraftErrors {
  const [min, max, value] = [numberFrom(draft.min), numberFrom(draft.max), numberFrom(draft.value)];
  if (value === undefined) return { value: errors.number };
  // A range the wrong way round is told already.
  if (min !== undefined && max !== undefined && min >= max) return {};
  return (min !== undefined && value < min) || (max !== undefined && value > max) ? { value: errors.value } : {};
}

/** The number that somebody typed, with a point or a comma. */
export function numberFrom(typed: string): number | undefined {
  const text = typed.trim().replace('−', '-').replace(',', '.');
  const number = Number(text);
  return text === '' || !Number.isFinite(number) ? undefined : number;
}

/** The edits that add a parameter: its value, and how it is shown. */
export function adding(elementId: string, draft: Draft): readonly Operation[] {
  const name = draft.name.trim();
  const value = draft.kind === 'toggle' ? draft.on : (numberFrom(draft.value) ?? 0);
  return [
    { op: 'set', id: elementId, path: [definitionProperty(name)], value: definitionFrom(draft) },
    { op: 'set', id: elementId, path: [name], value },
  ];
}

/** The edits that change how a parameter is shown: of each part that is written otherwise, so that people change different ones at once. */
export function redefining(element: ElementView, parameter: Parameter, draft: Draft): readonly Operation[] {
  const property = definitionProperty(parameter.name);
  const stored = element.props[property];
  const next = definitionFrom(draft);
  const shown = definitionFrom(draftOf(parameter, String));
  const changed = Object.entries(next).filter(([part, value]) => value !== shown[part]);
  if (changed.length === 0) return [];
  if (!isObject(stored)) return [{ op: 'set', id: element.id, path: [property], value: next }];
  return changed.map(([part, value]) => ({ op: 'set', id: element.id, path: [property, part], value }));
}

/** The edit that removes a parameter. Its definition stays, so that it is whole again when it comes back. */
export function removing(elementId: string, name: string): readonly Operation[] {
  return [{ op: 'unset', id: elementId, path: [name] }];
}

/** A stored definition in a few words; undefined where it is none that has a range. */
export function definitionText(stored: JsonValue | undefined): string | undefined {
  if (!isObject(stored)) return undefined;
  const { min, max, step, symbol, unit } = stored;
  if (typeof min !== 'number' || typeof max !== 'number' || typeof step !== 'number') return undefined;
  const range = parameterMessages.definition.numberText(plain(min), plain(max), plain(step));
  return [symbol, range, unit].filter((part) => typeof part === 'string' && part !== '').join(' · ');
}

function definitionFrom(draft: Draft): JsonObject {
  const described = { symbol: draft.symbol.trim(), unit: draft.unit.trim() };
  if (draft.kind === 'toggle') return described;
  return { ...described, min: numberFrom(draft.min) ?? 0, max: numberFrom(draft.max) ?? 0, step: numberFrom(draft.step) ?? 0 };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
