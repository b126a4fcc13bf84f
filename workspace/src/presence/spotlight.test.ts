import { describe, expect, it } from 'vitest';
import { next, SECONDS_TO_DECLINE, UNASKED, type Spotlight, type SpotlightEvent } from './spotlight';

const ADA = new Map([['ada', 1]]);
const NOBODY = new Map<string, number>();

function after(...events: readonly SpotlightEvent[]): Spotlight {
  return events.reduce(next, UNASKED);
}

const asked = (asking: ReadonlyMap<string, number>): SpotlightEvent => ({ type: 'asked', asking });
const [second, accepted, declined, left] = [{ type: 'second-passed' }, { type: 'accepted' }, { type: 'declined' }, { type: 'left' }] as const;

describe('being asked to look where somebody looks', () => {
  it('given nobody declines then the seconds count down, and then one follows', () => {
    let spotlight = after(asked(ADA));
    const counted = [];
    while (spotlight.invitation) {
      counted.push(spotlight.invitation.secondsLeft);
      spotlight = next(spotlight, second);
    }
    expect(counted).toEqual([5, 4, 3, 2, 1]);
    expect(counted).toHaveLength(SECONDS_TO_DECLINE);
    expect(spotlight.led).toBe('ada');
  });

  it('given one declines then one does not follow, and the same asking is not repeated', () => {
    const spotlight = after(asked(ADA), declined, second, asked(ADA));
    expect(spotlight).toMatchObject({ invitation: undefined, led: undefined });
    expect(next(spotlight, asked(new Map([['ada', 2]]))).invitation).toMatchObject({ participantId: 'ada', secondsLeft: 5 });
  });

  it('given one was declined again and again then one is not heard any more', () => {
    const events = [1, 2, 3].flatMap((since) => [asked(new Map([['ada', since]])), declined]);
    expect(after(...events, asked(new Map([['ada', 4]]))).invitation).toBeUndefined();
    expect(after(...events, asked(new Map([['ben', 1]]))).invitation?.participantId).toBe('ben');
  });

  it('given the asking is another one with each message then the seconds go on counting', () => {
    const spotlight = after(asked(ADA), second, asked(new Map([['ada', 2]])), second);
    expect(spotlight.invitation?.secondsLeft).toBe(3);
  });

  it.each([
    ['takes it back before one answered', [asked(ADA), asked(NOBODY)]],
    ['ends it while one follows', [asked(ADA), accepted, asked(NOBODY)]],
  ] as const)('given whoever asks %s then nothing is left of it', (_, events) => {
    expect(after(...events)).toMatchObject({ invitation: undefined, led: undefined });
  });

  it('given one follows then the others’ askings wait until that ends', () => {
    const both = new Map([['ada', 1], ['ben', 1]]);
    const spotlight = after(asked(ADA), accepted, asked(both));
    expect(spotlight).toMatchObject({ invitation: undefined, led: 'ada' });
    expect(next(next(spotlight, left), asked(both)).invitation?.participantId).toBe('ben');
  });

  it('given nothing changed then it is the same object', () => {
    const spotlight = after(asked(ADA));
    expect(next(spotlight, asked(new Map(ADA)))).toBe(spotlight);
    expect(next(UNASKED, second)).toBe(UNASKED);
    expect(next(UNASKED, accepted)).toBe(UNASKED);
    expect(next(UNASKED, left)).toBe(UNASKED);
  });
});
