import { describe, expect, it } from 'vitest';
import { memoryStorage } from '../app/memoryStorage';
import { forgetSeat, rememberSeat, seatIn } from './seat';

describe('seat', () => {
  it('[HEL-8] given a page is loaded anew then it finds its seat of that session only', () => {
    const storage = memoryStorage();
    rememberSeat(storage, 's', 'participant-1');
    expect(seatIn(storage, 's')).toBe('participant-1');
    expect(seatIn(storage, 'other')).toBeUndefined();
    forgetSeat(storage);
    expect(seatIn(storage, 's')).toBeUndefined();
  });

  it('given a branch then its seat is found there, and not on main', () => {
    const storage = memoryStorage();
    rememberSeat(storage, 's', 'participant-1', 'roof');
    expect([seatIn(storage, 's', 'roof'), seatIn(storage, 's'), seatIn(storage, 's', 'glass')]).toEqual(['participant-1', undefined, undefined]);
  });

  it.each(['{', '7', '{"sessionId":"s"}', '{"sessionId":"s","seat":7}'])('given %s in storage then there is none', (stored) => {
    expect(seatIn(memoryStorage({ 'chorale.seat': stored }), 's')).toBeUndefined();
  });
});
