import type { DocumentView, ElementView, JsonValue } from '@chorale/client';
import { describe, expect, it } from 'vitest';
import { testDocument } from '../session/testDocument';
import { constraintViews, DEFAULT_COLOR, liveElements, sceneElement, visibleElements } from './sceneElement';

function view(props: Readonly<Record<string, JsonValue>>, elementType = 'box', id = 'a', parent: string | null = null): ElementView {
  return { id, elementType, parent, order: 'a0', deleted: false, refs: [], props, texts: {}, lists: {}, sets: {} };
}

const HOSTILE: readonly JsonValue[] = [null, true, 7, 1e308, '', 'red', '#12', [], [1, 2], [1, 2, 3, 4], ['1', '2', '3'], [null, 0, 0], [[1], [2], [3]], {}, { x: 1 }];

describe('sceneElement', () => {
  it('given well-formed props then they are taken over', () => {
    const props = { name: ' Wall ', position: [1, 2, 3], rotation: [0, 1, 0], scale: [2, 1, 0.5], color: '#AABBCC' };
    expect(sceneElement(view(props))).toMatchObject({ kind: 'box', name: 'Wall', position: [1, 2, 3], rotation: [0, 1, 0], scale: [2, 1, 0.5], color: '#aabbcc' });
  });

  it('given nothing then there are defaults', () => {
    expect(sceneElement(view({}))).toMatchObject({ name: '', text: '', position: [0, 0, 0], rotation: [0, 0, 0], scale: [1, 1, 1], color: DEFAULT_COLOR });
  });

  it.each(HOSTILE.map((value) => [JSON.stringify(value), value] as const))('given %s for every prop then everything is drawable', (_, value) => {
    const element = sceneElement(view({ position: value, rotation: value, scale: value, color: value, name: value, text: value }));
    for (const vector of [element.position, element.rotation, element.scale]) {
      expect(vector).toHaveLength(3);
      expect(vector.every(Number.isFinite)).toBe(true);
    }
    expect(element.scale.every((component) => component > 0)).toBe(true);
    expect(element.color).toMatch(/^#[0-9a-f]{6}$/);
    expect(typeof element.name).toBe('string');
    const looks = sceneElement(view({ roughness: value, metalness: value, opacity: value, asset: value, aspect: value, light: value, intensity: value, range: value }, 'light'));
    for (const each of [looks.material.roughness, looks.material.metalness, looks.material.opacity, looks.aspect, looks.light?.intensity, looks.light?.range]) expect(each).toBeGreaterThanOrEqual(0);
    expect(looks.material.opacity).toBeLessThanOrEqual(1);
    expect(looks.light?.type).toBe('point');
    expect(looks.asset ?? 'red').toBe('red');
  });

  it('given values beyond reason then they are limited', () => {
    const element = sceneElement(view({ position: [1e300, -1e300, 0], scale: [0, -2, 1e300], name: 'x'.repeat(10_000) }));
    expect(element.position).toEqual([1000, -1000, 0]);
    expect(element.scale).toEqual([0.01, 2, 200]);
    expect(element.name.length).toBeLessThanOrEqual(120);
  });

  it.each(['teapot', 'constructor', '__proto__', 'unknown', ''])('given the element type "%s" then it is an unknown object', (elementType) => {
    expect(sceneElement(view({}, elementType)).kind).toBe('unknown');
  });

  it.each(['group', 'light', 'image', 'model'])('given a %s then it is known, and hangs from its parent', (elementType) => {
    expect(sceneElement(view({}, elementType, 'a', 'above'))).toMatchObject({ kind: elementType, parent: 'above' });
  });

  it('given the same colour and material then the key is the same, else another', () => {
    const key = (props: Readonly<Record<string, JsonValue>>) => sceneElement(view(props)).materialKey;
    expect(key({ color: '#FFFFFF', name: 'a' })).toBe(key({ color: '#ffffff', roughness: 0.52 }));
    expect(new Set([key({}), key({ roughness: 1 }), key({ metalness: 1 }), key({ opacity: 0.5 }), key({ color: '#ffffff' })]).size).toBe(5);
  });

  it.each(['a', 'Ab_-9', 'x'.repeat(64)])('given the file %s then it is named; whatever else is none', (asset) => {
    expect(sceneElement(view({ asset })).asset).toBe(asset);
    for (const none of ['', `${asset}/..`, `${asset} `, 'x'.repeat(65)]) expect(sceneElement(view({ asset: none })).asset).toBeUndefined();
  });

  it('given the same view twice then it is the same object', () => {
    const same = view({ name: 'a' });
    expect(sceneElement(same)).toBe(sceneElement(same));
  });
});

describe('liveElements', () => {
  it('given a tree then parents come before children and siblings in order', () => {
    const children = new Map<string | null, readonly ElementView[]>([
      [null, [view({}, 'box', 'a'), view({}, 'box', 'b')]],
      ['a', [view({}, 'box', 'a1', 'a'), view({}, 'box', 'a2', 'a')]],
    ]);
    const document: DocumentView = {
      revision: 1,
      elements: new Map(),
      conflicts: new Map(),
      openConflict: () => undefined,
      live: () => true,
      children: (parent) => children.get(parent) ?? [],
    };
    expect(liveElements(document).map(({ id }) => id)).toEqual(['a', 'a1', 'a2', 'b']);
  });
});

describe('visibleElements', () => {
  it('given a group is hidden then so is everything in it, and constraints are never among them', () => {
    const document = testDocument({ id: 'g', elementType: 'group', props: { hidden: true } }, { id: 'in', parent: 'g' }, { id: 'deep', parent: 'in' }, { id: 'out' }, { id: 'gap', refs: ['in', 'out'] });
    expect(visibleElements(document).map(({ id }) => id)).toEqual(['out']);
    expect(liveElements(document).map(({ id }) => id)).toEqual(['g', 'in', 'deep', 'out']);
    expect(constraintViews(document).map(({ id }) => id)).toEqual(['gap']);
  });

  it('given elements are hidden then they are left out, and whatever is not simply true hides nothing', () => {
    const document = testDocument({ id: 'a', props: { hidden: true } }, { id: 'b', props: { hidden: 'yes' } }, { id: 'c' });
    expect(visibleElements(document).map(({ id }) => id)).toEqual(['b', 'c']);
    expect(visibleElements(document)).toBe(visibleElements(document));
  });
});
