import type { Activity } from '@chorale/client/history';
import { describe, expect, it } from 'vitest';
import { activityBars } from './activityBars';

const at = (second: number) => new Date(second * 1000).toISOString();
const part = (from: number, to: number, second: number, ...users: readonly (readonly [string, number])[]): Activity => ({
  from,
  to,
  at: at(second),
  changes: to - from + 1,
  users: users.map(([userId, changes]) => ({ userId, changes })),
});

describe('the bars of a history', () => {
  it('are as high as the work was fast, and share the height among those who did it', () => {
    const buckets = [part(1, 10, 10, ['ada', 10]), part(11, 20, 12, ['ada', 5], ['ben', 5]), part(21, 30, 1012, ['ben', 10])];
    const [slow, adas, bens, last] = activityBars({ from: 1, to: 30, head: 30, startAt: at(0), endAt: at(1012), buckets });
    expect(adas).toEqual({ userId: 'ada', from: 10, width: 10, bottom: 0, height: 0.5 });
    expect(bens).toEqual({ userId: 'ben', from: 10, width: 10, bottom: 0.5, height: 0.5 });
    expect(slow?.height).toBeGreaterThan(0.2);
    expect(slow?.height).toBeLessThan(0.5);
    expect(last?.height).toBe(0.14);
  });

  it('are none where nothing happened', () => {
    expect(activityBars({ from: 0, to: 0, head: 0, buckets: [] })).toEqual([]);
  });
});
