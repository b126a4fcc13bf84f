import { describe, expect, it } from 'vitest';
import type { Parameter } from '../parameterSet';
import { Easing } from './easing';
import { clockText, roundTicks, timeTicks } from './ticks';
import { ValueHistory } from './valueHistory';
import { crossingsOf, heightAt, reachOf, WAVE_END, waveOf, WaveSamples, type Wave } from './wave';

const number = (name: string, value: number): Parameter => ({ kind: 'number', name, symbol: name, unit: '', value, min: 0, max: 10, step: 0.01 });

describe('the damped wave', () => {
  it('given mu, omega and kappa then they make it, each within its range', () => {
    expect(waveOf([number('kappa', 1), number('mu', 2), number('omega', 99)])).toEqual({ mu: 2, omega: 10, kappa: 1 });
  });

  it('given one of them missing, or a toggle of that name, then there is none', () => {
    expect(waveOf([number('mu', 1), number('omega', 1)])).toBeUndefined();
    expect(waveOf([number('mu', 1), number('omega', 1), { kind: 'toggle', name: 'kappa', symbol: 'k', unit: '', value: true }])).toBeUndefined();
  });

  it.each<[Wave, number, number]>([
    [{ mu: 2, omega: 3, kappa: 0.5 }, 0, 2],
    [{ mu: 2, omega: 3, kappa: 0.5 }, 1, 2 * Math.exp(-0.5) * Math.cos(3)],
    [{ mu: 1, omega: Math.PI, kappa: 0 }, 1, -1],
    [{ mu: 1e12, omega: 0, kappa: -1e12 }, 10, 1e15],
    [{ mu: 0, omega: 1, kappa: -1e12 }, 10, 0],
  ])('given %j at %d then it is %d high', (wave, t, y) => {
    expect(heightAt(wave, t)).toBeCloseTo(y, 10);
  });

  it('given samples then they lie within the envelope, and their maximum is told', () => {
    const samples = new WaveSamples();
    expect(samples.sample({ mu: 2, omega: 3, kappa: 0.5 })).toBe(2);
    expect(samples.maximum()).toEqual({ t: 0, y: 2 });
    expect(samples.y.every((y, index) => Math.abs(y) <= (samples.above[index] ?? 0) + 1e-12)).toBe(true);
    samples.sample({ mu: -2, omega: Math.PI, kappa: 0 });
    expect(samples.maximum().t).toBeCloseTo(1, 2);
  });

  it.each<[Wave, number]>([
    [{ mu: 1, omega: 2, kappa: 0.5 }, 6],
    [{ mu: 1, omega: 10, kappa: 0.5 }, 32],
    [{ mu: 1, omega: 0, kappa: 0 }, 0],
    [{ mu: 0, omega: 2, kappa: 0 }, 0],
    [{ mu: 1, omega: 0.1, kappa: 0 }, 0],
  ])('given %j then it crosses zero %d times, as its samples do', (wave, count) => {
    const samples = new WaveSamples();
    samples.sample(wave);
    const signs = [...samples.y].filter((y, index, all) => index > 0 && y * (all[index - 1] ?? 0) < 0);
    expect(crossingsOf(wave).count).toBe(count);
    expect(signs).toHaveLength(count);
    if (count > 0) expect(heightAt(wave, crossingsOf(wave).first)).toBeCloseTo(0, 10);
    expect(crossingsOf(wave).first).toBeLessThanOrEqual(WAVE_END);
  });

  it.each([
    [0, 1],
    [1, 1.5],
    [5, 7.5],
    [0.02, 0.03],
    [9.9, 15],
    [1e15, 1.5e15],
  ])('given a height of %d then the axis reaches to %d', (height, reach) => {
    expect(reachOf(height)).toBeCloseTo(reach, 10);
  });
});

describe('the history of a parameter', () => {
  let time = 100;
  const begin = () => {
    time = 100;
    return new ValueHistory(() => time);
  };
  const at = (history: ValueHistory, seconds: number, ...parameters: readonly Parameter[]) => {
    time = 100 + seconds;
    history.record(parameters);
  };

  it('given changes then each is a point from the beginning on, and what stays the same is none', () => {
    const history = begin();
    at(history, 0, number('a', 1), number('b', 5));
    at(history, 2, number('a', 1), number('b', 6));
    at(history, 3, number('a', -4), number('b', 6));
    expect(history.courseOf('a')).toEqual({ times: [0, 3], values: [1, -4], least: -4, most: 1, changes: 1 });
    expect(history.courseOf('b')).toMatchObject({ times: [0, 2], changes: 1 });
    expect(history.courseOf('c')).toBeUndefined();
  });

  it('given a toggle then it is one and zero', () => {
    const history = begin();
    at(history, 0, { kind: 'toggle', name: 't', symbol: 't', unit: '', value: false });
    at(history, 1, { kind: 'toggle', name: 't', symbol: 't', unit: '', value: true });
    expect(history.courseOf('t')?.values).toEqual([0, 1]);
  });

  it('given hours of dragging then it is bounded, in order, and keeps the first and the latest', () => {
    const history = begin();
    for (let step = 0; step <= 20_000; step++) at(history, step / 10, number('a', step));
    const course = history.courseOf('a');
    expect(course?.times.length).toBeLessThanOrEqual(4096);
    expect([course?.times[0], course?.values[0], course?.times.at(-1), course?.values.at(-1)]).toEqual([0, 0, 2000, 20_000]);
    expect(course?.times.every((each, index, all) => index === 0 || each > (all[index - 1] ?? 0))).toBe(true);
    expect(course?.changes).toBe(20_000);
  });
});

describe('what a plot needs', () => {
  it('given numbers far away then they glide there and arrive', () => {
    const easing = new Easing([0, 5]);
    expect(easing.towards([10, 5], 1 / 60)).toBe(false);
    expect(easing.at(0)).toBeGreaterThan(1);
    expect(easing.at(0)).toBeLessThan(9);
    let pictures = 1;
    while (!easing.towards([10, 5], 1 / 60)) pictures += 1;
    expect([easing.at(0), easing.at(1)]).toEqual([10, 5]);
    expect(pictures).toBeLessThan(60);
  });

  it('given endless time then numbers are there at once', () => {
    const easing = new Easing([0]);
    easing.towards([3], Infinity);
    expect(easing.at(0)).toBe(3);
  });

  it.each<[number, number, readonly number[]]>([
    [0, 5, [0, 1, 2, 3, 4, 5]],
    [-1, 1, [-1, -0.5, 0, 0.5, 1]],
    [0.2, 0.9, [0.2, 0.4, 0.6, 0.8]],
    [3, 3, []],
    [0, Infinity, []],
  ])('given an axis from %d to %d then its lines are at %j', (min, max, lines) => {
    const found = roundTicks(min, max, 5);
    expect(found).toHaveLength(lines.length);
    found.forEach((each, index) => expect(each).toBeCloseTo(lines[index] ?? 0, 10));
  });

  it('given any range that a parameter may have then there are few lines', () => {
    for (const [min, max] of [[-1e12, 1e12], [1e12 - 1e-4, 1e12], [0, 1e-4], [-7.3, 1e9]] as const) expect(roundTicks(min, max, 5).length).toBeLessThanOrEqual(12);
  });

  it('given a time then its lines are full seconds, minutes or hours', () => {
    expect(timeTicks(30, 6)).toEqual([0, 5, 10, 15, 20, 25, 30]);
    expect(timeTicks(3600, 6)).toEqual([0, 600, 1200, 1800, 2400, 3000, 3600]);
    expect(timeTicks(1e9, 6).length).toBeLessThanOrEqual(12);
    expect([0, 65, 3600].map(clockText)).toEqual(['0:00', '1:05', '60:00']);
  });
});
