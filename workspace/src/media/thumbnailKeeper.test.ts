import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isPhotographer, ThumbnailKeeper } from './thumbnailKeeper';

const PICTURE = new Blob(['picture'], { type: 'image/webp' });
const state = { revision: 1, mine: true, put: vi.fn<(picture: Blob) => Promise<boolean>>() };
const keeper = () =>
  new ThumbnailKeeper({ revision: () => state.revision, isMine: () => state.mine, capture: () => Promise.resolve(PICTURE), put: (picture) => state.put(picture) }, () => Date.now());

function edited(kept: ThumbnailKeeper): void {
  state.revision += 1;
  kept.changed();
}

beforeEach(() => {
  vi.useFakeTimers();
  Object.assign(state, { revision: 1, mine: true, put: vi.fn(() => Promise.resolve(true)) });
});
afterEach(() => vi.useRealTimers());

describe('the picture of a session', () => {
  it('given an edit and some seconds of rest then it is taken once', async () => {
    const kept = keeper();
    edited(kept);
    edited(kept);
    await vi.advanceTimersByTimeAsync(2_900);
    expect(state.put).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(state.put).toHaveBeenCalledExactlyOnceWith(PICTURE);
  });

  it('given nobody stops editing then it is taken nevertheless, but not all the time', async () => {
    const kept = keeper();
    for (let second = 0; second < 55; second++) {
      edited(kept);
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(state.put.mock.calls.length).toBe(1);
  });

  it('given one leaves after an edit then it is taken at once, even though one is no longer present', async () => {
    const kept = keeper();
    edited(kept);
    state.mine = false;
    kept.leave();
    await vi.advanceTimersByTimeAsync(0);
    expect(state.put).toHaveBeenCalledTimes(1);
    kept.leave();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(state.put).toHaveBeenCalledTimes(1);
  });

  it('given the server took another one a moment ago then it is tried again later', async () => {
    state.put.mockResolvedValueOnce(false);
    const kept = keeper();
    edited(kept);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(state.put).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(state.put).toHaveBeenCalledTimes(2);
  });

  it('given it is not one’s turn, nothing changed or the server refuses then nothing is said', async () => {
    const kept = keeper();
    kept.changed();
    kept.leave();
    state.mine = false;
    edited(kept);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(state.put).not.toHaveBeenCalled();
    Object.assign(state, { mine: true, put: vi.fn(() => Promise.reject(new Error('429'))) });
    edited(kept);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(state.put).toHaveBeenCalledTimes(1);
  });
});

describe('who takes the picture', () => {
  const seats = (...all: readonly [string, string][]) => all.map(([participantId, status]) => ({ participantId, status }));

  it('is one of those present, and the same for everybody', () => {
    const all = seats(['p3', 'ONLINE'], ['p1', 'AWAY'], ['p2', 'EDITING']);
    expect(['p1', 'p2', 'p3'].filter((self) => isPhotographer(all, self))).toEqual(['p2']);
  });

  it('is one of those away where nobody else is there', () => {
    expect(isPhotographer(seats(['p1', 'AWAY']), 'p1')).toBe(true);
    expect(isPhotographer(seats(['p1', 'AWAY']), undefined)).toBe(false);
  });
});
