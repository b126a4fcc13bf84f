import { normalized, type TextEdit, type TextStep } from './textEdit.js';

/** Middles that differ by more code points are replaced as one: bounded time matters more than a small edit. */
const MOST_DIFFERENCES = 200;

/**
 * The edit that turns one text into the other, the same that the server finds.
 *
 * What both begin and end with is set aside; the middle is compared by the greedy algorithm of E. W. Myers, "An O(ND)
 * Difference Algorithm and Its Variations" (1986), on code points, so that no surrogate pair is cut.
 *
 * @throws ProblemError `invalid-value` when `after` puts in a lone surrogate
 */
export function diffTexts(before: string, after: string): TextEdit {
  const prefix = commonPrefix(before, after);
  const suffix = commonSuffix(before, after, Math.min(before.length, after.length) - prefix);
  const from = Array.from(before.slice(prefix, before.length - suffix));
  const to = Array.from(after.slice(prefix, after.length - suffix));
  const steps = middle(from, to);
  return normalized(prefix > 0 ? [prefix, ...steps] : steps);
}

function commonPrefix(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a.charCodeAt(length) === b.charCodeAt(length)) length += 1;
  return length > 0 && isBetween(a.charCodeAt(length - 1), 0xd800, 0xdbff) ? length - 1 : length;
}

function commonSuffix(a: string, b: string, most: number): number {
  let length = 0;
  while (length < most && a.charCodeAt(a.length - length - 1) === b.charCodeAt(b.length - length - 1)) length += 1;
  return length > 0 && isBetween(a.charCodeAt(a.length - length), 0xdc00, 0xdfff) ? length - 1 : length;
}

function isBetween(codeUnit: number, first: number, last: number): boolean {
  return first <= codeUnit && codeUnit <= last;
}

/** Strings of one code point each. */
type Characters = readonly string[];

function middle(from: Characters, to: Characters): readonly TextStep[] {
  const [deleted, inserted] = differences(from, to);
  const steps: TextStep[] = [];
  let [x, y] = [0, 0];
  while (x < from.length || y < to.length) {
    if (inserted[y]) {
      steps.push(to[y] ?? '');
      y += 1;
    } else {
      const length = (from[x] ?? '').length;
      steps.push(deleted[x] ? -length : length);
      if (!deleted[x]) y += 1;
      x += 1;
    }
  }
  return steps;
}

/** What a shortest script takes out of the one and puts into the other, or everything where the script is too long. */
function differences(from: Characters, to: Characters): [deleted: readonly boolean[], inserted: readonly boolean[]] {
  const rounds = path(from, to);
  if (rounds === undefined) return [from.map(() => true), to.map(() => true)];
  const deleted = from.map(() => false);
  const inserted = to.map(() => false);
  let [x, y] = [from.length, to.length];
  for (let d = rounds.length - 1; d > 0; d--) {
    const previous = rounds[d - 1] ?? [];
    const k = x - y;
    if (goesDown(previous, k, d)) {
      x = at(previous, k + d);
      y = x - k - 1;
      inserted[y] = true;
    } else {
      x = at(previous, k + d - 2);
      y = x - k + 1;
      deleted[x] = true;
    }
  }
  return [deleted, inserted];
}

/**
 * The rounds that find a way from the one to the other; undefined where it takes too many differences. Round d tells,
 * at index k + d, the furthest x in `from` that d differences reach on the diagonal k = x − y, for every other k from −d
 * to d.
 */
function path(from: Characters, to: Characters): readonly Round[] | undefined {
  const rounds: Round[] = [];
  let previous: Round = [];
  for (let d = 0; d <= MOST_DIFFERENCES; d++) {
    const furthest = new Array<number>(2 * d + 1).fill(0);
    rounds.push(furthest);
    for (let k = -d; k <= d; k += 2) {
      let x = d === 0 ? 0 : goesDown(previous, k, d) ? at(previous, k + d) : at(previous, k + d - 2) + 1;
      while (x < from.length && x - k < to.length && from[x] === to[x - k]) x += 1;
      furthest[k + d] = x;
      if (x === from.length && x - k === to.length) return rounds;
    }
    previous = furthest;
  }
  return undefined;
}

type Round = readonly number[];

/** Whether the last difference on a diagonal is an insert (down from k + 1) or a delete (right from k − 1). */
function goesDown(previous: Round, k: number, d: number): boolean {
  return k === -d || (k !== d && at(previous, k + d - 2) < at(previous, k + d));
}

function at(round: Round, index: number): number {
  return round[index] ?? 0;
}
