import { describe, expect, test } from 'vitest';
import { Histogram } from '../measure/histogram.mjs';
import { seeded } from '../measure/random.mjs';

describe('the histogram', () => {
  test('knows nothing before something was recorded', () => {
    expect(new Histogram().summary()).toEqual({ n: 0, mean: null, p50: null, p95: null, p99: null, p999: null, max: null });
  });

  test('is exact to the microsecond below 256 µs', () => {
    const histogram = new Histogram();
    for (let microseconds = 1; microseconds <= 200; microseconds++) histogram.record(microseconds / 1000);
    expect(histogram.quantile(0.5)).toBe(0.1);
    expect(histogram.quantile(0.99)).toBe(0.198);
    expect(histogram.max).toBe(0.2);
  });

  test.each([1, 2, 3])('is never below the true quantile, and at most 1/128 above it: seed %i', (seed) => {
    const random = seeded(seed);
    const histogram = new Histogram();
    const samples = Array.from({ length: 5000 }, () => Math.ceil(Math.exp(random() * 18)) / 1000);
    for (const sample of samples) histogram.record(sample);
    samples.sort((a, b) => a - b);
    for (const share of [0.001, 0.5, 0.95, 0.99, 0.999, 1]) {
      const exact = samples[Math.ceil(share * samples.length) - 1] ?? NaN;
      const found = histogram.quantile(share) ?? NaN;
      expect(found).toBeGreaterThanOrEqual(exact);
      expect(found).toBeLessThanOrEqual(exact * (1 + 1 / 128) + 0.001);
    }
  });

  test('keeps the maximum exact, and holds what is beyond its range', () => {
    const histogram = new Histogram();
    histogram.record(5_000_000.5);
    histogram.record(-1);
    expect(histogram.max).toBe(5_000_000.5);
    expect(histogram.quantile(0.5)).toBe(0);
    expect(histogram.count).toBe(2);
  });
});
