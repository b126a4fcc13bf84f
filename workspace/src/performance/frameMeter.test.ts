import { describe, expect, it } from 'vitest';
import { FrameMeter } from './frameMeter';

function metered(...times: readonly number[]): FrameMeter {
  const meter = new FrameMeter();
  for (const time of times) meter.frame(time);
  return meter;
}

describe('FrameMeter', () => {
  it('given frames then it tells how many there were in a second, and the longest', () => {
    expect(metered(100, 120, 140, 200).read()).toEqual({ perSecond: 30, longest: 60 });
  });

  it('given less than two frames then it tells nothing', () => {
    expect(metered().read()).toBeUndefined();
    expect(metered(5).read()).toBeUndefined();
  });

  it('given it was read then it counts anew from there', () => {
    const meter = metered(0, 500);
    meter.read();
    expect(meter.read()).toBeUndefined();
    meter.frame(510);
    meter.frame(520);
    expect(meter.read()).toEqual({ perSecond: 100, longest: 10 });
  });
});
