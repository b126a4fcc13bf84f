import type { PolicySettings, Strategy } from '@chorale/client';
import { messages } from '../app/messages';
import { parameterMessages } from '../parameters/messages';
import { parameterName, PARAMETERS } from '../parameters/parameterSet';

const text = parameterMessages.policy;

export type Blend = NonNullable<PolicySettings[string]['blend']>;

/** What happens where two people change the same. */
export interface Treatment {
  readonly strategy: Strategy;
  readonly blend: Blend;
  /** Milliseconds within which edits of two people meet though the later one had seen the earlier. */
  readonly windowMs: number;
  /** Whether a value has no parts of its own. */
  readonly atomic: boolean;
}

/** A treatment of what a name stands for: `elementType.property`, where either may be `*`. */
export interface Rule extends Treatment {
  readonly name: string;
}

/** A session's whole policy, as its owner sees it. */
export interface Rules {
  /** What counts where no exception does. */
  readonly usual: Treatment;
  readonly exceptions: readonly Rule[];
}

/** In the order in which people are offered them. */
export const STRATEGIES = ['AUTOMATIC', 'LAST_WRITE_WINS', 'MERGE', 'MANUAL', 'REJECT'] as const satisfies readonly Strategy[];
export const BLENDS = ['DELTA', 'AVERAGE', 'MIN', 'MAX'] as const satisfies readonly Blend[];
export const LONGEST_WINDOW = 60_000;
/** The server's own limit, where nobody configured another. */
export const MOST_RULES = 200;

const ANY = '*';
const EVERYTHING = `${ANY}.${ANY}`;
const STANDARD: Treatment = { strategy: 'AUTOMATIC', blend: 'DELTA', windowMs: 0, atomic: false };
/** Every session has these, whatever its owner says: they can be changed, not removed. */
const BUILT_IN: ReadonlySet<string> = new Set(['*.color', '*.quaternion', 'parameters.*']);

export function isBuiltIn(name: string): boolean {
  return BUILT_IN.has(name);
}

/** Whether an exception that every session has is about nothing in this one: about objects among parameters, or the other way round. */
export function isBesidesThePoint({ name, strategy }: Rule, hasParameters: boolean): boolean {
  return isBuiltIn(name) && strategy === STANDARD.strategy && (partsOf(name)[0] === PARAMETERS) !== hasParameters;
}

/** Reads a session's policy; what an entry leaves out is as it is by default. */
export function rulesOf(policy: PolicySettings | undefined): Rules {
  const entries = Object.entries(policy ?? {}).map(([name, entry]): Rule => ({ name, ...STANDARD, ...entry }));
  const usual = entries.find(({ name }) => name === EVERYTHING);
  return {
    usual: usual ? treatmentOf(usual) : STANDARD,
    exceptions: entries.filter(({ name }) => name !== EVERYTHING).sort((a, b) => breadth(a.name) - breadth(b.name) || (a.name < b.name ? -1 : 1)),
  };
}

/** What narrower exceptions do comes before wider ones, as it counts before them. */
function breadth(name: string): number {
  const [type, property] = partsOf(name);
  return (type === ANY ? 2 : 0) + (property === ANY ? 1 : 0);
}

/** The policy to store: all of it, since it takes the place of the earlier one. */
export function settingsOf({ usual, exceptions }: Rules): PolicySettings {
  const all = isStandard(usual) ? exceptions : [...exceptions, { name: EVERYTHING, ...usual }];
  return Object.fromEntries(all.map((rule) => [rule.name, treatmentOf(rule)]));
}

function isStandard({ strategy, blend, windowMs, atomic }: Treatment): boolean {
  return strategy === STANDARD.strategy && blend === STANDARD.blend && windowMs === STANDARD.windowMs && atomic === STANDARD.atomic;
}

function treatmentOf({ strategy, blend, windowMs, atomic }: Treatment): Treatment {
  return { strategy, blend, windowMs, atomic };
}

/** A new exception: it asks people, which is what most exceptions are for. */
export function exceptionFor(type: string, property: string): Rule {
  return { name: `${type}.${property}`, ...STANDARD, strategy: 'MANUAL' };
}

/** The element type and the property; a property may have dots in it, a type has none. */
export function partsOf(name: string): readonly [type: string, property: string] {
  const dot = name.indexOf('.');
  return dot === -1 ? [name, ANY] : [name.slice(0, dot), name.slice(dot + 1)];
}

/** What a rule is about, in words. */
export function subjectOf(name: string): string {
  const [type, property] = partsOf(name);
  if (type === ANY) return property === ANY ? text.everything : text.ofAny(propertyWord(property));
  if (type === PARAMETERS) return property === ANY ? text.theParameters : parameterName(property);
  return property === ANY ? text.anyOf(text.aKind(typeWord(type))) : text.propertyOf(propertyWord(property), text.aKind(typeWord(type)));
}

/** What people call an element type. */
export function typeWord(type: string): string {
  if (type === ANY) return text.anyType;
  if (type === PARAMETERS) return text.parameters;
  const kinds: Readonly<Record<string, string>> = messages.kinds;
  return Object.hasOwn(kinds, type) ? (kinds[type] ?? type) : type;
}

function propertyWord(property: string): string {
  const { names } = messages.register;
  if (Object.hasOwn(names, property)) return names[property] ?? property;
  return Object.hasOwn(text.names, property) ? (text.names[property] ?? property) : property;
}

/** What people call a property where it stands in a list. */
export function propertyLabel(type: string, property: string): string {
  if (property === ANY) return text.anyProperty;
  return type === PARAMETERS ? parameterName(property) : propertyWord(property);
}
