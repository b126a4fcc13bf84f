import type { Timeline } from '@chorale/client/history';

/** What one person did in a part of the history; heights are shares of the whole, from below. */
export interface Bar {
  readonly userId: string;
  /** In revisions. */
  readonly from: number;
  readonly width: number;
  readonly bottom: number;
  readonly height: number;
}

/** Where little happened there still is something to see. */
const LOWEST = 0.14;
const SECOND_MS = 1000;

/** How busy it was, by person: as high as changes came quickly one after the other. */
export function activityBars({ buckets, startAt }: Timeline): readonly Bar[] {
  const paces = buckets.map(({ at, changes }, index) => {
    const since = buckets[index - 1]?.at ?? startAt ?? at;
    return Math.log1p(changes / Math.max(1, (Date.parse(at) - Date.parse(since)) / SECOND_MS));
  });
  const fastest = Math.max(...paces, Number.MIN_VALUE);
  return buckets.flatMap(({ from, to, changes, users }, index) => {
    const whole = Math.max(LOWEST, (paces[index] ?? 0) / fastest);
    let bottom = 0;
    return users.map((user): Bar => {
      const height = (whole * user.changes) / Math.max(1, changes);
      bottom += height;
      return { userId: user.userId, from: from - 1, width: to - from + 1, bottom: bottom - height, height };
    });
  });
}
