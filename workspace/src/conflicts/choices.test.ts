import type { Candidate, Conflict, JsonValue } from '@chorale/client';
import { describe, expect, it } from 'vitest';
import { concerns, othersIn, questionOf, valueFrom } from './choices';

const candidate = (revision: number, userId: string, value?: JsonValue): Candidate & { readonly name?: string } => {
  return { revision, userId, clientId: userId, at: '2026-01-01T00:00:00Z', ...(value !== undefined && { value }), name: userId.toUpperCase() };
};

function conflict(current: Conflict['current'], ...candidates: Conflict['candidates']): Conflict {
  return { id: 'c', element: 'e', path: ['mu'], status: 'OPEN', current, candidates };
}

const MINE_WAITS = conflict({ value: 1, userId: 'ben', name: 'BEN' }, candidate(3, 'ada', 2));

describe('a conflict from one’s own seat', () => {
  it('[CNF-13] given one’s own candidate against a standing value then MINE and THEIRS name them', () => {
    const { mine, theirs } = questionOf(MINE_WAITS, 'ada');
    expect(mine).toMatchObject({ value: 2, present: false, chosen: { choice: 'MINE' } });
    expect(theirs).toMatchObject([{ userId: 'ben', value: 1, present: true, chosen: { choice: 'THEIRS' } }]);
  });

  it('[CNF-13] given one’s own value stands then MINE is that and THEIRS the candidate', () => {
    const { mine, theirs } = questionOf(MINE_WAITS, 'ben');
    expect(mine).toMatchObject({ value: 1, present: true, chosen: { choice: 'MINE' } });
    expect(theirs).toMatchObject([{ userId: 'ada', value: 2, chosen: { choice: 'THEIRS' } }]);
  });

  it('given three people then each value can be chosen by a choice that means just this value', () => {
    const three = conflict({ value: 1, userId: 'ben' }, candidate(3, 'ada', 2), candidate(4, 'cem', 6));
    expect(questionOf(three, 'ada').theirs.map(({ value, chosen }) => [value, chosen.choice])).toEqual([
      [1, 'THEIRS'],
      [6, 'LAST_WRITE_WINS'],
    ]);
    expect(questionOf(three, 'cem').theirs.map(({ value, chosen }) => [value, chosen])).toEqual([
      [1, { choice: 'THEIRS' }],
      [2, { choice: 'VALUE', value: 2 }],
    ]);
    expect(questionOf(three, 'ben').theirs.map(({ value, chosen }) => [value, chosen])).toEqual([
      [2, { choice: 'VALUE', value: 2 }],
      [6, { choice: 'THEIRS' }],
    ]);
  });

  it('given an earlier candidate that would remove the value then it is not offered, as no choice says so', () => {
    const three = conflict({ value: 1, userId: 'ben' }, candidate(3, 'ada'), candidate(4, 'cem', 6));
    expect(questionOf(three, 'ben').theirs.map(({ userId }) => userId)).toEqual(['cem']);
  });

  it.each<[string, JsonValue | undefined, JsonValue | undefined, JsonValue | undefined]>([
    ['numbers', 1, 2, 1.5],
    ['vectors of one length', [0, 2], [2, 4], [1, 3]],
    ['vectors of two lengths', [0, 2], [2, 4, 6], undefined],
    ['texts', 'a', 'b', undefined],
    ['a missing one', undefined, 2, undefined],
  ])('given %s then the average is offered only where there is one', (_, standing, waiting, average) => {
    const found = questionOf(conflict({ userId: 'ben', ...(standing !== undefined && { value: standing }) }, candidate(3, 'ada', waiting)), 'ada').average;
    expect(found).toEqual(average);
  });

  it('concerns whose value waits or stands, and nobody else', () => {
    expect(['ada', 'ben', 'cem', undefined].map((userId) => concerns(MINE_WAITS, userId))).toEqual([true, true, false, false]);
  });

  it('names everybody else once, by the newest name known', () => {
    const three = conflict({ value: 1, userId: 'ben', name: 'Benjamin' }, candidate(3, 'ada', 2), candidate(4, 'ben', 6));
    expect(othersIn(three, 'ada', (_, told) => told ?? '?')).toEqual(['BEN']);
  });
});

describe('another value', () => {
  it.each<[Parameters<typeof valueFrom>[0], readonly string[], JsonValue | undefined]>([
    ['number', [' 2,5 '], 2.5],
    ['number', [''], undefined],
    ['number', ['two'], undefined],
    ['number', ['1e999'], undefined],
    ['vector', ['1', '2', '-3'], [1, 2, -3]],
    ['vector', ['1', '', '3'], undefined],
    ['color', ['#2A9D8F'], '#2a9d8f'],
    ['color', ['teal'], undefined],
    ['text', [' way out '], 'way out'],
    ['text', ['  '], undefined],
    ['other', ['{}'], undefined],
  ])('of the kind %s given %j is %j', (kind, fields, value) => {
    expect(valueFrom(kind, fields)).toEqual(value);
  });
});

describe('a conflict about a switch', () => {
  it('given on against off then it is theirs or mine: there is no average, and no other value', () => {
    const question = questionOf(conflict({ value: true, userId: 'ben' }, candidate(3, 'ada', false)), 'ada');
    expect(question).toMatchObject({ mine: { value: false, chosen: { choice: 'MINE' } }, theirs: [{ value: true, chosen: { choice: 'THEIRS' } }], kind: 'other' });
    expect(question.average).toBeUndefined();
  });
});
