import { describe, expect, it } from 'vitest';
import { avatarLook, headLook, PLAIN_LOOK, TINTS, eyesOn, TINT_COLORS } from './look';
import { middleSquare } from './squarePicture';
import { suggestions } from './suggestions';

const person = (userId: string) => ({ userId, name: userId, color: '#336699' });

describe('[ACC-15] looks', () => {
  it('given what somebody chose then it is drawn so, and sent as it was', () => {
    const chosen = { shape: 'gem', visor: 'ocean', accent: 'ruby', accessories: ['crown', 'glasses'] };
    const look = headLook(chosen);
    expect(look).toEqual({ shape: 'gem', visor: 'ocean', accent: 'ruby', hat: 'crown', extras: ['glasses'] });
    expect(avatarLook(look)).toEqual(chosen);
  });

  it('given nothing, or words of a newer server, then the rest counts', () => {
    expect(headLook(undefined)).toBe(PLAIN_LOOK);
    expect(headLook({ shape: 'star', visor: 'neon', accent: 'sand', accessories: ['cape', 'headphones'] })).toEqual({
      ...PLAIN_LOOK,
      accent: 'sand',
      extras: ['headphones'],
    });
  });

  it('given any visor then its eyes are seen on it', () => {
    for (const tint of TINTS) expect(contrast(TINT_COLORS[tint], eyesOn(tint))).toBeGreaterThan(3);
  });
});

it('[ACC-16] of a picture the middle is taken', () => {
  expect(middleSquare(300, 200)).toEqual({ x: 50, y: 0, size: 200 });
  expect(middleSquare(99, 200)).toEqual({ x: 0, y: 50, size: 99 });
});

it('[ACC-17][ACC-18] people are suggested once, neither guests nor contacts', () => {
  const offered = suggestions([person('u-1')], [person('u-2'), person('g-3'), person('u-2'), person('u-1')], [person('u-2'), person('u-4'), person('u-1')]);
  expect(offered.here.map(({ userId }) => userId)).toEqual(['u-2']);
  expect(offered.recent.map(({ userId }) => userId)).toEqual(['u-4']);
});

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
