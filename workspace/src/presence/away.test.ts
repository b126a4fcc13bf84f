import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AWAY_MS, watchAway } from './away';

class Page extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible';

  turn(state: DocumentVisibilityState): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

describe('[PRE-2] being away', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('given a page is hidden for long then that is told once, and its end', () => {
    const [page, tell] = [new Page(), vi.fn()];
    watchAway(page, tell);
    page.turn('hidden');
    vi.advanceTimersByTime(AWAY_MS - 1);
    expect(tell).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    page.turn('visible');
    expect(tell.mock.calls).toEqual([[true], [false]]);
  });

  it('given a short look elsewhere then nothing is told', () => {
    const [page, tell] = [new Page(), vi.fn()];
    watchAway(page, tell);
    page.turn('hidden');
    page.turn('visible');
    vi.advanceTimersByTime(AWAY_MS);
    expect(tell).not.toHaveBeenCalled();
  });

  it('given one left then nothing is told any more', () => {
    const [page, tell] = [new Page(), vi.fn()];
    const stop = watchAway(page, tell);
    page.turn('hidden');
    stop();
    vi.advanceTimersByTime(AWAY_MS);
    expect(tell).not.toHaveBeenCalled();
  });
});
