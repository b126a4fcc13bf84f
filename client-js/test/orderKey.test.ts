import { describe, expect, it } from 'vitest';
import { orderKeyBetween } from '../src/document/orderKey.js';
import { Random } from './support/random.js';

describe('order keys', () => {
  it('[DOC-6] the first key and its neighbours are those of the server', () => {
    expect(orderKeyBetween(undefined, undefined)).toBe('a0');
    expect(orderKeyBetween('a0', undefined)).toBe('a1');
    expect(orderKeyBetween(undefined, 'a0')).toBe('Zz');
    expect(orderKeyBetween('a0', 'a1')).toBe('a0V');
    expect(orderKeyBetween('az', undefined)).toBe('b00');
    expect(orderKeyBetween(undefined, 'Z0')).toBe('Yzz');
    expect(orderKeyBetween('a0', 'a2')).toBe('a1');
  });

  it.each([1, 7, 42])('[DOC-2] a key sorts strictly between its neighbours by code unit, seed %i', (seed) => {
    const random = new Random(seed);
    const keys: string[] = [];
    for (let i = 0; i < 2000; i++) {
      const place = random.below(keys.length + 1);
      keys.splice(place, 0, orderKeyBetween(keys[place - 1], keys[place]));
    }
    expect(keys.every((key, i) => i === 0 || (keys[i - 1] ?? '') < key)).toBe(true);
  });

  it('[DOC-6] keys stay short where siblings are appended or prepended', () => {
    let [first, last] = ['a0', 'a0'];
    for (let i = 0; i < 10_000; i++) {
      first = orderKeyBetween(undefined, first);
      last = orderKeyBetween(last, undefined);
    }
    expect(first.length).toBeLessThanOrEqual(4);
    expect(last.length).toBeLessThanOrEqual(4);
  });

  it.each([
    ['', undefined],
    ['!', 'a0'],
    ['a1', 'a0'],
    ['a0', 'a0'],
    [undefined, '\u{1F600}'],
  ])('[DOC-6] keys %j and %j that no server assigns make no trouble', (low, high) => {
    expect(typeof orderKeyBetween(low, high)).toBe('string');
  });
});
