import type { DocumentView, ElementView, JsonValue } from '@chorale/client';
import { describe, expect, it } from 'vitest';
import { testDocument } from '../session/testDocument';
import { DEFAULT_COLOR, liveElements, sceneElement, visibleElements } from './sceneElement';

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
  it('given elements are hidden then they are left out, and whatever is not simply true hides nothing', () => {
    const document = testDocument({ id: 'a', props: { hidden: true } }, { id: 'b', props: { hidden: 'yes' } }, { id: 'c' });
    expect(visibleElements(document).map(({ id }) => id)).toEqual(['b', 'c']);
    expect(visibleElements(document)).toBe(visibleElements(document));
  });
});
