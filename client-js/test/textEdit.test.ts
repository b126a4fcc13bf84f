import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../src/protocol/json.js';
import { isProblem, ProblemError } from '../src/protocol/problem.js';
import { diffTexts } from '../src/text/textDiff.js';
import {
  applyEdit,
  composeEdits,
  invertEdit,
  isEmpty,
  lengthChange,
  normalized,
  readTextEdit,
  requiredLength,
  requireFits,
  transformEdit,
  type TextEdit,
  type TextStep,
} from '../src/text/textEdit.js';
import { Random } from './support/random.js';

const SMILE = '\u{1F600}';
const LONGEST = 2 ** 31 - 1;
/** The same ones first, then fresh ones. */
const SEEDS = [
  ...Array.from({ length: 100 }, (_, index) => index + 1),
  ...Array.from({ length: 200 }, () => Math.floor(Math.random() * 2 ** 31)),
];

describe('text edits', () => {
  it('[TXT-1] each step takes effect in turn, and the rest is retained', () => {
    expect(applyEdit('abcdefg', [2, 'XY', -1, 1, -1])).toBe('abXYdfg');
    expect(applyEdit('', ['new'])).toBe('new');
    expect(applyEdit('as it was', [])).toBe('as it was');
  });

  it('[TXT-2] an edit is made canonical, and measured', () => {
    expect(normalized([1, 2, 'a', '', 'b', -1, -2, 3, 4])).toEqual([3, 'ab', -3]);
    expect(normalized([-1, 'a', -1, 'b'])).toEqual(['ab', -2]);
    expect(isEmpty(normalized([4, '', LONGEST]))).toBe(true);
    expect(requiredLength([5, 'abc', -3, 2, -1])).toBe(11);
    expect(lengthChange([5, 'abc', -3, 2, -1])).toBe(-1);
  });

  it.each<[unknown]>([
    [[0]],
    [[-0]],
    [[1.5, 'a']],
    [[NaN]],
    [[Infinity, 'a']],
    [[-Infinity]],
    [[2 ** 31, 'a']],
    [[-(2 ** 31)]],
    [[2 ** 53, 'a']],
    [[LONGEST, 'a']],
    [[LONGEST, -1]],
    [[-LONGEST, -LONGEST]],
    [[[1]]],
    [[['a']]],
    [[null]],
    [[undefined]],
    [[true]],
    [[{ insert: 'a' }]],
    ['abc'],
    [5],
    [null],
    [undefined],
    [{}],
    [{ length: 0 }],
  ])('[TXT-1][TXT-2] hostile input %j is refused', (input) => {
    expectRefused('invalid-operation', () => readTextEdit(input as JsonValue));
  });

  it('[TXT-3] inserts are Unicode, also before they are joined', () => {
    expectRefused('invalid-value', () => readTextEdit(['a\ud83d']));
    expectRefused('invalid-value', () => readTextEdit(['\ude00']));
    expectRefused('invalid-value', () => readTextEdit(['\ud83d', '\ude00']));
    expect(readTextEdit([SMILE])).toEqual([SMILE]);
  });

  it('[TXT-3] an edit must fit the text', () => {
    expectRefused('invalid-operation', () => applyEdit('abc', [4, 'x']));
    expectRefused('invalid-operation', () => applyEdit('abc', [2, -2]));
    expectRefused('invalid-operation', () => invertEdit([2, -2], 'abc'));
    const text = `a${SMILE}${SMILE}b`;
    for (const edit of [[2, 'x'], [2, -2], [1, -1], [-2]]) {
      expectRefused('invalid-operation', () => {
        requireFits(edit, text);
      });
    }
    expect(applyEdit(text, [3, 'x', -2])).toBe(`a${SMILE}xb`);
  });

  it('[TXT-4] inserts at one place stand in the order of their commits', () => {
    expect(transformEdit([2, 'mine'], [2, 'theirs'], 'earlier')).toEqual([2, 'mine']);
    expect(transformEdit([2, 'mine'], [2, 'theirs'], 'later')).toEqual([8, 'mine']);
  });

  it('[TXT-4] what both delete is deleted once, and an insert inside survives', () => {
    expect(transformEdit([2, -4], [4, -4], 'later')).toEqual([2, -2]);
    expect(transformEdit([4, 'x'], [2, -5], 'later')).toEqual([2, 'x']);
    expect(transformEdit([2, -5], [4, 'x'], 'earlier')).toEqual([2, -2, 1, -3]);
  });

  it('[TXT-5] two edits become one, unless the second cuts a pair that the first put in', () => {
    expect(composeEdits([2, 'abc'], [1, -5])).toEqual([1, -2]);
    expect(composeEdits([2, -3], [2, 'x'])).toEqual([2, 'x', -3]);
    expectRefused('invalid-operation', () => composeEdits([SMILE + SMILE], [1, -2]));
  });

  it('[TXT-6] the inverse puts back and takes out', () => {
    expect(invertEdit([1, 'xy', -2, 1, -1], 'abcde')).toEqual([1, 'bc', -2, 1, 'e']);
  });

  it('[TXT-7] beyond 200 differences the middle is replaced as one', () => {
    expect(diffTexts('xo'.repeat(100), 'xi'.repeat(100)).length).toBeGreaterThan(100);
    const [before, after] = ['xo'.repeat(101), 'xi'.repeat(101)];
    expect(diffTexts(before, after)).toEqual([1, after.slice(1), -201]);
  });

  it('[TXT-4] an edit is transformed over ten thousand others while nobody notices', () => {
    const others = Array.from({ length: 10_000 }, (_, i) => normalized([i + 1, i % 3 === 0 ? -1 : 'typed']));
    const start = performance.now();
    const mine = others.reduce<TextEdit>((edit, other) => transformEdit(edit, other, 'later'), [20_000, 'x', -1]);
    expect(lengthChange(mine)).toBe(0);
    // Many times what it takes, for machines that are busy.
    expect(performance.now() - start).toBeLessThan(500);
  });
});

describe('text edits at random', () => {
  it.each(SEEDS)('[TXT-4] two concurrent edits lead to one text on both ways, seed %i', (seed) => {
    const random = new Random(seed);
    const text = randomText(random, 40);
    const [earlier, later] = [randomEdit(random, text), randomEdit(random, text)];
    expect(applyEdit(applyEdit(text, later), transformEdit(earlier, later, 'earlier'))).toBe(
      applyEdit(applyEdit(text, earlier), transformEdit(later, earlier, 'later')),
    );
  });

  it.each(SEEDS)('[TXT-5] composed edits have the effect of one after the other, seed %i', (seed) => {
    const random = new Random(seed);
    const text = randomText(random, 40);
    const a = randomEdit(random, text);
    const b = randomEdit(random, applyEdit(text, a));
    const c = randomEdit(random, applyEdit(applyEdit(text, a), b));
    const expected = applyEdit(applyEdit(applyEdit(text, a), b), c);
    expect(applyEdit(text, composeEdits(composeEdits(a, b), c))).toBe(expected);
    expect(applyEdit(text, composeEdits(a, composeEdits(b, c)))).toBe(expected);
  });

  it.each(SEEDS)('[TXT-6] an edit and its inverse leave the text as it was, seed %i', (seed) => {
    const random = new Random(seed);
    const text = randomText(random, 40);
    const edit = randomEdit(random, text);
    const inverse = invertEdit(edit, text);
    const after = applyEdit(text, edit);
    expect(after).toHaveLength(text.length + lengthChange(edit));
    expect(applyEdit(after, inverse)).toBe(text);
    expect(invertEdit(inverse, after)).toEqual(edit);
  });

  it.each(SEEDS)('[TXT-2][TXT-7] the difference leads from one text to the other and is canonical, seed %i', (seed) => {
    const random = new Random(seed);
    const before = randomText(random, 60);
    for (const after of [applyEdit(before, randomEdit(random, before)), randomText(random, 60), '', before]) {
      const difference = diffTexts(before, after);
      expect(applyEdit(before, difference)).toBe(after);
      expect(normalized(difference)).toEqual(difference);
    }
  });
});

/** Few characters, so that equal ones meet; some take two code units, one picture takes five. */
const CHARACTERS = ['a', 'b', 'c', ' ', '\n', 'ä', SMILE, '\u{1F601}', '\u{1F469}\u200D\u{1F680}'];

function randomText(random: Random, mostCharacters: number): string {
  return Array.from({ length: random.below(mostCharacters + 1) }, () => random.pick(CHARACTERS)).join('');
}

/** An edit that fits a text: mostly several small steps, sometimes none, sometimes everything at once. */
function randomEdit(random: Random, text: string): TextEdit {
  if (text !== '' && random.chance(0.1)) return [-text.length];
  const steps: TextStep[] = [];
  const longest = 1 + random.below(20);
  const characters = Array.from(text);
  while (characters.length > 0) {
    if (random.chance(0.2)) steps.push(randomText(random, 4));
    const count = characters.splice(0, 1 + random.below(longest)).join('').length;
    steps.push(random.chance(0.2) ? -count : count);
  }
  return normalized([...steps, randomText(random, 2)]);
}

function expectRefused(slug: string, action: () => void): void {
  try {
    action();
  } catch (refused) {
    expect(refused).toBeInstanceOf(ProblemError);
    expect(refused instanceof ProblemError && isProblem(refused.problem, slug)).toBe(true);
    return;
  }
  expect.unreachable('should have been refused');
}
