import { isJsonArray, type JsonValue } from '../protocol/json.js';
import { refuse } from '../protocol/limits.js';

/**
 * A change of a plain text as it stands on the wire: a positive integer keeps so many UTF-16 code units, a string is
 * put in, a negative integer takes out; behind the last step the rest is kept. `[5, 'abc', -3]` replaces three.
 *
 * Always canonical (TXT-2), see {@link normalized}: edits that look the same are equal, and ties have one outcome.
 *
 * Operational transformation after C. Ellis and S. Gibbs, "Concurrency Control in Groupware Systems" (1989); what must
 * hold for two sites is TP1 of M. Ressel et al., "An Integrating, Transformation-Oriented Approach to Concurrency
 * Control and Undo in Group Editors" (1996); the shape of an edit is that of ot.js. Step by step what the server does.
 */
export type TextEdit = readonly TextStep[];
export type TextStep = number | string;

/** Which of two concurrent edits was committed first; where both insert at one place, the earlier one's stands left. */
export type Side = 'earlier' | 'later';

const LONGEST = 2 ** 31 - 1;
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * The canonical form: neighbours of one kind joined, an insert before a delete at its place, no empty step, no retain
 * at the end.
 *
 * @throws ProblemError `invalid-operation` for numbers that are no counts, or a text longer than 2³¹−1 before or
 *   after the edit; `invalid-value` for lone surrogates
 */
export function normalized(steps: readonly TextStep[]): TextEdit {
  const edit: TextStep[] = [];
  let [retained, inserted, deleted] = [0, '', 0];
  let [lengthBefore, lengthAfter] = [0, 0];
  const endChange = (): void => {
    if (inserted === '' && deleted === 0) return;
    lengthBefore += retained + deleted;
    lengthAfter += retained + inserted.length;
    if (Math.max(lengthBefore, lengthAfter) > LONGEST) {
      refuse('invalid-operation', `text edit over more than ${LONGEST} code units`);
    }
    if (retained > 0) edit.push(retained);
    if (inserted !== '') edit.push(inserted);
    if (deleted > 0) edit.push(-deleted);
    [retained, inserted, deleted] = [0, '', 0];
  };
  for (const step of steps) {
    if (typeof step === 'string') {
      requireUnicode(step);
      inserted += step;
    } else {
      requireCount(step);
      if (step > 0) {
        endChange();
        retained += step;
      } else {
        deleted -= step;
      }
    }
  }
  endChange();
  return edit;
}

/**
 * Reads an edit that somebody sent.
 *
 * @throws ProblemError `invalid-operation` or `invalid-value`, as {@link normalized} does
 */
export function readTextEdit(json: JsonValue): TextEdit {
  if (!isJsonArray(json)) refuse('invalid-operation', 'text edit (expected: an array)');
  if (!json.every(isStep)) refuse('invalid-operation', 'step of a text edit (expected: a number or a string)');
  return normalized(json);
}

/** Whether it changes nothing. */
export function isEmpty(edit: TextEdit): boolean {
  return edit.length === 0;
}

/** How long a text must be at least: what is kept and taken out up to the last step. */
export function requiredLength(edit: TextEdit): number {
  return edit.reduce<number>((length, step) => length + consumed(step), 0);
}

/** How much longer the text becomes. */
export function lengthChange(edit: TextEdit): number {
  const changes = edit.map((step) => (typeof step === 'string' ? step.length : Math.min(step, 0)));
  return changes.reduce((sum, change) => sum + change, 0);
}

/**
 * Refuses a text that is too short, or that the edit would cut inside of a surrogate pair.
 *
 * @throws ProblemError `invalid-operation`
 */
export function requireFits(edit: TextEdit, text: string): void {
  const required = requiredLength(edit);
  if (required > text.length) {
    refuse('invalid-operation', `text edit of required length ${required} (expected: at most ${text.length})`);
  }
  let at = 0;
  for (const step of edit) {
    at += consumed(step);
    requireWhole(text, at);
  }
}

/**
 * The text after an edit.
 *
 * @throws ProblemError `invalid-operation` when the edit does not fit
 */
export function applyEdit(text: string, edit: TextEdit): string {
  requireFits(edit, text);
  let edited = '';
  let at = 0;
  for (const step of edit) {
    if (typeof step === 'string') edited += step;
    else if (step > 0) edited += text.slice(at, at + step);
    at += consumed(step);
  }
  return edited + text.slice(at);
}

/**
 * One edit with the effect of two, the second made on the text that the first leaves.
 *
 * @throws ProblemError `invalid-operation` when `b` cuts a surrogate pair that `a` put in, or a text gets too long
 */
export function composeEdits(a: TextEdit, b: TextEdit): TextEdit {
  const [first, second] = [new Cursor(a), new Cursor(b)];
  const composed: TextStep[] = [];
  while (!first.atEnd || !second.atEnd) {
    if (isDelete(first.step)) composed.push(first.takeAll());
    else if (typeof second.step === 'string') composed.push(second.takeAll());
    else {
      const count = Math.min(first.left, second.left);
      const done = first.take(count);
      const then = second.take(count);
      if (!isDelete(then)) composed.push(done);
      else if (typeof done === 'number') composed.push(then);
    }
  }
  return normalized(composed);
}

/**
 * `mine` as it applies after `over`, which was made on the same text; `side` tells which of the two mine is.
 *
 *              text
 *        mine /    \ over            Both ways lead to the same text (TP1), as long as one
 *            /      \                of the two sides is 'earlier' and the other 'later'.
 *       over'\      / mine'
 *             \    /
 *
 * @throws ProblemError `invalid-operation` when a text gets too long
 */
export function transformEdit(mine: TextEdit, over: TextEdit, side: Side): TextEdit {
  const [own, their] = [new Cursor(mine), new Cursor(over)];
  const transformed: TextStep[] = [];
  while (!own.atEnd) {
    const theyInsert = typeof their.step === 'string';
    if (typeof own.step === 'string' && (side === 'earlier' || !theyInsert)) transformed.push(own.takeAll());
    else if (theyInsert) transformed.push(extent(their.takeAll()));
    else {
      const count = Math.min(own.left, their.left);
      const step = own.take(count);
      if (!isDelete(their.take(count))) transformed.push(step);
    }
  }
  return normalized(transformed);
}

/**
 * The edit that takes a text after this one back to `before`.
 *
 * @throws ProblemError `invalid-operation` when the edit does not fit `before`
 */
export function invertEdit(edit: TextEdit, before: string): TextEdit {
  requireFits(edit, before);
  const inverse: TextStep[] = [];
  let at = 0;
  for (const step of edit) {
    if (typeof step === 'string') inverse.push(-step.length);
    else inverse.push(step > 0 ? step : before.slice(at, at - step));
    at += consumed(step);
  }
  return normalized(inverse);
}

function isStep(step: JsonValue): step is TextStep {
  return typeof step === 'number' || typeof step === 'string';
}

function isDelete(step: TextStep): boolean {
  return typeof step === 'number' && step < 0;
}

/** Code units, be they kept, put in or taken out. */
function extent(step: TextStep): number {
  return typeof step === 'string' ? step.length : Math.abs(step);
}

/** Code units of the text before. */
function consumed(step: TextStep): number {
  return typeof step === 'string' ? 0 : Math.abs(step);
}

function requireCount(step: number): void {
  if (!Number.isInteger(step) || step === 0 || Math.abs(step) > LONGEST) {
    refuse('invalid-operation', `count in a text edit: ${step} (expected: 1 to ${LONGEST}, or below zero)`);
  }
}

function requireUnicode(text: string): void {
  const at = text.search(LONE_SURROGATE);
  if (at >= 0) refuse('invalid-value', `string with a lone surrogate at ${at} (expected: valid Unicode)`);
}

function requireWhole(text: string, place: number): void {
  // A code point beyond the first 65,536 takes two code units, of which the place is the second.
  if (place > 0 && place < text.length && (text.codePointAt(place - 1) ?? 0) > 0xffff) {
    refuse('invalid-operation', `place in a text: ${place} (expected: not inside of a surrogate pair)`);
  }
}

/** Reads an edit in pieces; behind its end everything is retained. */
class Cursor {
  readonly #edit: TextEdit;
  #index = 0;
  #taken = 0;

  constructor(edit: TextEdit) {
    this.#edit = edit;
  }

  get atEnd(): boolean {
    return this.#index === this.#edit.length;
  }

  get step(): TextStep {
    return this.#edit[this.#index] ?? LONGEST;
  }

  /** What is left of the step, in code units. */
  get left(): number {
    return extent(this.step) - this.#taken;
  }

  takeAll(): TextStep {
    return this.take(this.left);
  }

  take(count: number): TextStep {
    const step = this.step;
    const from = this.#taken;
    if (!this.atEnd) {
      this.#taken = count === this.left ? 0 : from + count;
      if (this.#taken === 0) this.#index += 1;
    }
    if (count === extent(step)) return step;
    if (typeof step === 'number') return Math.sign(step) * count;
    requireWhole(step, from + count);
    return step.slice(from, from + count);
  }
}
