import { describe, expect, it } from 'vitest';
import { imageScale, inARow, modelScale, standing } from './insertion';
import { shining } from './lightsThatShine';
import { MATERIAL_PRESETS, PRESET_LOOKS, presetOf } from './materialPresets';

describe('what is added', () => {
  it('an image has two metres along its longer side', () => {
    expect(imageScale(2)).toEqual([1, 1, 1]);
    expect(imageScale(0.5)).toEqual([2, 2, 2]);
  });

  it('a model keeps its size up to two metres; one that is too small to see is made larger', () => {
    const sized = (x: number, y: number) => modelScale({ low: [0, 0, 0], high: [x, y, 0.001] });
    expect(sized(0.8, 1.2)).toEqual([1.2, 1.2, 1.2]);
    expect(sized(250, 80)).toEqual([2, 2, 2]);
    expect(sized(0.001, 0.002)[0]).toBe(0.5);
    expect(modelScale(undefined)).toEqual([1, 1, 1]);
  });

  it('several stand beside each other around the spot, without touching', () => {
    const spots = inARow([3, -1], [2, 1, 2]);
    expect(spots.map(([x]) => x)).toEqual([1.2, 3, 4.8]);
    expect(spots.every(([, z]) => z === -1)).toBe(true);
    expect(inARow([0, 0], [])).toEqual([]);
  });

  it('rests on the ground', () => {
    expect(standing([1, 2], [1.5, 1.5, 1.5])).toEqual([1, 0.75, 2]);
  });
});

describe('lights', () => {
  it('given more than may shine then the nearest do', () => {
    const lights = [9, 1, 5, 3].map((distance) => ({ distance, shines: false }));
    expect([...shining(lights, 2)].map(({ distance }) => distance)).toEqual([1, 3]);
  });

  it('one that shines gives way only to one that is clearly nearer', () => {
    const shines = { distance: 10, shines: true };
    expect(shining([shines, { distance: 9, shines: false }], 1).has(shines)).toBe(true);
    expect(shining([shines, { distance: 7, shines: false }], 1).has(shines)).toBe(false);
  });
});

describe('presets of materials', () => {
  it('are recognised by what they set, and nothing else is', () => {
    for (const preset of MATERIAL_PRESETS) expect(presetOf(PRESET_LOOKS[preset])).toBe(preset);
    expect(presetOf({ roughness: 0.5, metalness: 0, opacity: 1 })).toBeUndefined();
  });
});
