import type { Choice, Conflict, JsonValue } from '@chorale/client';
import { isHexColor } from '../app/colors';

/** How one side of a conflict is chosen. */
export interface Chosen {
  readonly choice: Choice;
  readonly value?: JsonValue;
}

/** A value that somebody wants there. */
export interface Side {
  readonly userId: string | undefined;
  readonly name: string | undefined;
  /** Undefined where the register is, or would be, empty. */
  readonly value: JsonValue | undefined;
  /** Whether it is what the document shows at present. */
  readonly present: boolean;
  readonly chosen: Chosen;
}

/** What people may write as another value. */
export type ValueKind = 'number' | 'vector' | 'color' | 'text' | 'other';

/** An open conflict from one person's seat. */
export interface Question {
  /** Undefined where the own side is known no more. */
  readonly mine: Side | undefined;
  readonly theirs: readonly Side[];
  /** Of all values, where all are numbers or vectors of one length. */
  readonly average: JsonValue | undefined;
  readonly kind: ValueKind;
}

/** Whether it is for this user to decide: their value waits, or stands there. */
export function concerns({ candidates, current }: Conflict, userId: string | undefined): boolean {
  if (userId === undefined) return false;
  return current.userId === userId || candidates.some((candidate) => candidate.userId === userId);
}

export function questionOf(conflict: Conflict, userId: string | undefined): Question {
  const { candidates, current } = conflict;
  const own = candidates.findLast((candidate) => candidate.userId === userId);
  const isStanding = userId !== undefined && current.userId === userId;
  const present = { userId: current.userId, name: current.name, value: current.value, present: true };
  const standing: Side = { ...present, chosen: { choice: own ? 'THEIRS' : isStanding ? 'MINE' : 'REJECT' } };
  const waiting = newestOfEach(candidates.filter((candidate) => candidate.userId !== userId));
  const others = waiting.flatMap(({ userId: author, name, value, revision }): readonly Side[] => {
    const chosen = chosenCandidate(revision === candidates.at(-1)?.revision, own !== undefined, value);
    return chosen ? [{ userId: author, name, value, present: false, chosen }] : [];
  });
  return {
    mine: own ? { userId, name: own.name, value: own.value, present: false, chosen: { choice: 'MINE' } } : isStanding ? standing : undefined,
    theirs: isStanding ? others : [standing, ...others],
    average: averageOf(conflict),
    kind: kindOf(conflict),
  };
}

function newestOfEach<T extends { readonly userId: string }>(candidates: readonly T[]): readonly T[] {
  return candidates.filter((candidate) => candidates.findLast(({ userId }) => userId === candidate.userId) === candidate);
}

/** The newest one has a word of its own; earlier ones are chosen by their value, if they have one. */
function chosenCandidate(newest: boolean, hasOwn: boolean, value: JsonValue | undefined): Chosen | undefined {
  if (newest) return { choice: hasOwn ? 'LAST_WRITE_WINS' : 'THEIRS' };
  return value === undefined ? undefined : { choice: 'VALUE', value };
}

const averageOf = ({ candidates, current }: Conflict) => averageOfValues([current.value, ...candidates.map(({ value }) => value)]);

/** Where all are numbers or vectors of one length. */
export function averageOfValues(values: readonly (JsonValue | undefined)[]): JsonValue | undefined {
  if (values.every((value) => typeof value === 'number')) return mean(values);
  if (!values.every(isVector)) return undefined;
  const length = values[0]?.length ?? 0;
  if (values.some((vector) => vector.length !== length)) return undefined;
  return Array.from({ length }, (_, index) => mean(values.map((vector) => vector[index] ?? 0)));
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

function isVector(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'number');
}

const kindOf = ({ candidates, current }: Conflict): ValueKind => kindOfValue(candidates.at(-1)?.value ?? current.value);

/** What people may write in the place of a value. */
export function kindOfValue(value: JsonValue | undefined): ValueKind {
  if (typeof value === 'number') return 'number';
  if (isVector(value) && value.length === 3) return 'vector';
  if (typeof value === 'string') return isHexColor(value) ? 'color' : 'text';
  return 'other';
}

/** What somebody typed as another value; undefined where it is none of that kind. */
export function valueFrom(kind: ValueKind, fields: readonly string[]): JsonValue | undefined {
  const [first = ''] = fields;
  switch (kind) {
    case 'number':
      return numberFrom(first);
    case 'vector': {
      const numbers = fields.map(numberFrom);
      return numbers.length === 3 && numbers.every((number) => number !== undefined) ? numbers : undefined;
    }
    case 'color': {
      const color = first.trim().toLowerCase();
      return isHexColor(color) ? color : undefined;
    }
    case 'text':
      return first.trim() === '' ? undefined : first.trim();
    case 'other':
      return undefined;
  }
}

function numberFrom(text: string): number | undefined {
  const number = Number(text.trim().replace(',', '.'));
  return text.trim() === '' || !Number.isFinite(number) ? undefined : number;
}

/** The names of everybody else who is part of it. */
export function othersIn({ candidates, current }: Conflict, userId: string | undefined, nameOf: (userId: string, told?: string) => string): readonly string[] {
  const names = new Map<string, string>();
  for (const side of [current, ...candidates]) {
    if (side.userId !== undefined && side.userId !== userId) names.set(side.userId, nameOf(side.userId, side.name));
  }
  return [...names.values()];
}
