import type { ChatMessage } from '@chorale/client';
import { describe, expect, it } from 'vitest';
import { blocksOf, compareIds, withMessages } from './chatLog';

const START = new Date(2026, 0, 5, 9, 0).getTime();

function message(id: string, userId = 'ada', minutes = 0): ChatMessage {
  return { id, userId, participantId: userId, name: userId, text: id, at: new Date(START + minutes * 60_000).toISOString() };
}

describe('messages', () => {
  it('given history and socket tell the same then each stands once, in the order of ids', () => {
    const live = withMessages([], [message('12'), message('9')]);
    const all = withMessages(live, [message('12'), message('10'), message('10'), message('8')]);
    expect(all.map(({ id }) => id)).toEqual(['8', '9', '10', '12']);
  });

  it('given nothing new then it is the same list', () => {
    const known = withMessages([], [message('1')]);
    expect(withMessages(known, [message('1')])).toBe(known);
  });

  it('given ids beyond what a number can hold then they are ordered all the same', () => {
    expect(compareIds('9007199254740993', '9007199254740992')).toBeGreaterThan(0);
    expect(compareIds('99', '100')).toBeLessThan(0);
    expect(compareIds('7', '7')).toBe(0);
  });
});

describe('blocks', () => {
  it('given one person writes again soon then the name stands once', () => {
    const blocks = blocksOf([message('1'), message('2', 'ada', 4), message('3', 'ben', 4), message('4', 'ada', 5)]);
    expect(blocks.map(({ userId, messages }) => [userId, messages.length])).toEqual([['ada', 2], ['ben', 1], ['ada', 1]]);
  });

  it('given a pause or another day then a new block begins, and the day is marked once', () => {
    const blocks = blocksOf([message('1'), message('2', 'ada', 6), message('3', 'ada', 24 * 60)]);
    expect(blocks.map(({ newDay }) => newDay)).toEqual([true, false, true]);
  });
});
