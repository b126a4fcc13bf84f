import { describe, expect, it } from 'vitest';
import { dragState, heldIn, heldOf, type Held } from './drag';

describe('drag', () => {
  it('given several in a hand then others read the same of them', () => {
    const held = new Map<string, Held>([
      ['a', { position: [1, 2, 3] }],
      ['b', { position: [4, 5, 6], rotation: [0, 1, 0], scale: [2, 2, 2] }],
    ]);
    expect([...heldIn(JSON.parse(JSON.stringify(dragState('b', held))))]).toEqual([...held].reverse());
  });

  it('[AWA-1] given more than awareness has room for then the leader is told, and as many others as fit', () => {
    const held = new Map(Array.from({ length: 400 }, (_, index): [string, Held] => [`element-${index}`, { position: [-123.456, 0.5, 789.123] }]));
    const state = dragState('element-399', held);
    expect(JSON.stringify(state).length).toBeLessThan(2400);
    const told = heldIn(state);
    expect(told.has('element-399')).toBe(true);
    expect(told.size).toBeGreaterThan(20);
  });

  it.each([null, 7, 'x', [], {}, { id: 1, position: [0, 0, 0] }, { id: 'a', position: ['0', 0, 0] }, { id: 'a', others: [{ id: 'b' }, null, 3] }])('given %j then nothing is held', (nonsense) => {
    expect(heldIn(nonsense).size).toBe(0);
  });

  it('given a size of nothing then it is left out', () => {
    expect(heldIn({ id: 'a', position: [0, 0, 0], scale: [0, 1, 1] }).get('a')).toEqual({ position: [0, 0, 0] });
  });

  it('given only the position changed then only that is told', () => {
    const from = { position: [0, 0, 0], rotation: [0, 0, 0], scale: [1, 1, 1] } as const;
    expect(heldOf(from, { ...from, position: [1, 0, 0] })).toEqual({ position: [1, 0, 0] });
  });
});
