import { describe, expect, it } from 'vitest';
import { Samples } from './samples';

describe('Samples', () => {
  it('given none then it tells nothing', () => {
    expect(new Samples(3).spread).toBeUndefined();
  });

  it('given samples then half of them are at most the median, and all but one in twenty at most the other', () => {
    const samples = new Samples(100);
    for (let value = 100; value > 0; value--) samples.add(value);
    expect(samples.spread).toEqual({ p50: 50, p95: 95 });
  });

  it('given more than it keeps then the oldest are forgotten', () => {
    const samples = new Samples(2);
    for (const value of [900, 1, 2]) samples.add(value);
    expect(samples.spread).toEqual({ p50: 1, p95: 2 });
  });
});
