import { describe, expect, it } from 'vitest';
import { memoryStorage } from '../app/memoryStorage';
import { anchored } from './anchor';
import { COACH_KEY, CoachStore } from './coachStore';
import { hintOf, onboardingCatalogues } from './messages';
import { progressOf, STEPS } from './progress';

const DEVICE = memoryStorage;

describe('the first steps', () => {
  it('given somebody is here for the first time then they do four things, each by doing it, and never again', () => {
    const device = DEVICE();
    const coach = new CoachStore(device);
    const seen = [];
    for (let step = coach.next('scene'); step !== undefined; step = coach.next('scene')) {
      seen.push(step);
      coach.did('scene', step);
    }
    expect(seen).toEqual(['add', 'move', 'invite', 'undo']);
    expect(coach.state.getState().celebrating).toBe('scene');
    const later = new CoachStore(device);
    expect(later.next('scene')).toBeUndefined();
    expect(later.state.getState().celebrating).toBeUndefined();
    expect(later.next('parameters')).toBe('tune');
  });

  it('given something is done out of turn then it is not asked for later', () => {
    const coach = new CoachStore(DEVICE());
    coach.did('scene', 'invite');
    coach.did('scene', 'tune');
    expect(coach.next('scene')).toBe('add');
    coach.did('scene', 'add');
    coach.did('scene', 'move');
    expect(coach.next('scene')).toBe('undo');
  });

  it('given they are dismissed then nothing is shown or counted until they are started again', () => {
    const device = DEVICE();
    const coach = new CoachStore(device);
    coach.did('scene', 'add');
    coach.dismiss('scene');
    coach.did('scene', 'move');
    expect(new CoachStore(device).next('scene')).toBeUndefined();
    coach.restart('scene');
    expect(coach.next('scene')).toBe('add');
    expect(new CoachStore(device).next('scene')).toBe('add');
  });

  it.each([undefined, null, 7, 'x', [], { scene: 7 }, { scene: { done: 'add', ended: 'whenever' } }, { scene: { done: [7, 'fly', null] } }])(
    'given %j is remembered then they begin at the beginning',
    (stored) => {
      expect(progressOf(stored).scene).toEqual({ done: [], ended: undefined });
      expect(new CoachStore(DEVICE({ [COACH_KEY]: JSON.stringify(stored) ?? '' })).next('scene')).toBe('add');
    },
  );

  it('given a language then it has words for each step', () => {
    for (const catalogue of Object.values(onboardingCatalogues)) {
      for (const step of [...STEPS.scene, ...STEPS.parameters]) {
        expect(catalogue.steps[step].title).not.toBe('');
        expect(catalogue.steps[step].detail).not.toBe('');
      }
    }
  });
});

describe('the words of a hint', () => {
  const KEYS = /Ctrl|Strg|\?|1 (to|bis) 5|press|drücken/;

  it('given there are fingers instead of keys then no step names a key', () => {
    for (const catalogue of Object.values(onboardingCatalogues)) {
      for (const step of [...STEPS.scene, ...STEPS.parameters, undefined]) {
        expect(hintOf(catalogue, step, true).detail).not.toMatch(KEYS);
      }
      expect(hintOf(catalogue, 'add', false).detail).toMatch(KEYS);
    }
  });
});

describe('a hint', () => {
  const [hint, page] = [{ width: 280, height: 120 }, { width: 1000, height: 640 }];

  it.each([
    ['above tools at the bottom', { left: 400, top: 560, width: 200, height: 60 }, { left: 360, top: 426, side: 'above', arrow: 140 }],
    ['below a button in the corner at the top', { left: 940, top: 12, width: 40, height: 40 }, { left: 708, top: 66, side: 'below', arrow: 252 }],
  ] as const)('given it belongs %s then it stands there, points at it, and covers nothing of it', (_, anchor, place) => {
    expect(anchored(anchor, hint, page)).toEqual(place);
  });

  it('given a panel stands under what it belongs to then it gives way, and points at nothing', () => {
    expect(anchored({ left: 850, top: 12, width: 130, height: 40 }, hint, { width: 700, height: 640 })).toEqual({ left: 408, top: 66, side: 'below', arrow: undefined });
  });
});
