import { describe, expect, it } from 'vitest';
import type { CopiedConstraint } from './copiedConstraints';
import { clipboardText, fromClipboard, MOST_PASTED, type Copied } from './sceneClipboard';

const BOX: Copied = { kind: 'box', name: 'Plinth', text: '', color: '#2a9d8f', position: [1, 0.5, 2], rotation: [0, 1, 0], scale: [1, 2, 3] };
const SIGN: Copied = { ...BOX, kind: 'label', text: 'Way out' };
const written = (elements: unknown) => JSON.stringify({ type: 'chorale/elements', version: 1, elements });

const textOf = (elements: readonly Copied[], constraints: readonly CopiedConstraint[] = []) => clipboardText({ elements, constraints });

function elementsIn(text: string) {
  const found = fromClipboard(text);
  return typeof found === 'string' ? found : found.elements;
}

describe('the clipboard', () => {
  it('given elements that were copied then they are read as they were', () => {
    expect(elementsIn(textOf([BOX, SIGN]))).toEqual([BOX, SIGN]);
  });

  it('given what hangs from something then it is read with it, and what hangs from nonsense is left out', () => {
    const group: Copied = { ...BOX, kind: 'group' };
    const [inner, lamp]: readonly Copied[] = [
      { ...SIGN, parent: 0 },
      { ...BOX, kind: 'light', parent: 1, looks: { light: 'spot', intensity: 2, range: 5 } },
    ];
    expect(elementsIn(textOf([group, inner, lamp] as readonly Copied[]))).toEqual([group, inner, lamp]);
    const broken = [{ kind: 'teapot', color: '#ffffff' }, { ...BOX, parent: 0 }, { ...BOX, parent: 5 }, { ...BOX, parent: -1 }, { ...BOX, parent: 'a' }, BOX, { ...SIGN, parent: 5 }];
    expect(elementsIn(written(broken))).toEqual([BOX, { ...SIGN, parent: 0 }]);
  });

  it('given a material and a file then they come along, and nonsense in them does not', () => {
    const shiny: Copied = { ...BOX, looks: { roughness: 0.1, opacity: 0.5 } };
    expect(elementsIn(textOf([shiny]))).toEqual([shiny]);
    expect(elementsIn(written([{ ...BOX, looks: { roughness: 'x', metalness: 1e300, asset: '../../etc', position: [9, 9, 9] } }]))).toEqual([{ ...BOX, looks: { metalness: 1 } }]);
    expect(elementsIn(written([{ ...BOX, looks: 7 }]))).toEqual([BOX]);
  });

  it.each(['', 'just a text', '{"type":"somebody/else"}', '[1,2,3]', 'null'])('given %j then it is somebody else’s', (text) => {
    expect(elementsIn(text)).toBe('foreign');
  });

  it.each(['chorale/elements', '{"type":"chorale/elements"', '{"type":"chorale/elements","version":99,"elements":[]}', written('x'), written([]), written([null, 7, 'box', { kind: 'teapot', color: '#ffffff' }])])('given %j then it is broken', (text) => {
    expect(elementsIn(text)).toBe('broken');
  });

  it('given more than can be pasted at once then that is said', () => {
    expect(elementsIn(written(Array.from({ length: MOST_PASTED + 1 }, () => BOX)))).toBe('too-many');
    expect(elementsIn(textOf([BOX]) + ' '.repeat(3_000_000))).toBe('too-many');
  });

  it('given hostile values then everything that comes out of it can be drawn', () => {
    const hostile = {
      kind: 'box',
      color: '#2A9D8F',
      name: `<img src=x onerror=alert(1)>${'x'.repeat(1_000)}`,
      text: { toString: 'no' },
      position: [1e300, 'a', null],
      rotation: [[], {}, 1],
      scale: [0, -1e300, 1e300],
      __proto__: { polluted: true },
      hidden: true,
    };
    const found = elementsIn(written([hostile, { kind: '__proto__', color: '#ffffff' }, { kind: 'box', color: 'url(//evil.example)' }]));
    expect(found).toHaveLength(1);
    const [element] = found as readonly Copied[];
    expect(element).toEqual({ kind: 'box', name: hostile.name.slice(0, 120), text: '', color: '#2a9d8f', position: [0, 0, 0], rotation: [0, 0, 0], scale: [0.01, 200, 200] });
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('given what is to hold between elements then it comes along; nonsense, and what is about others, does not', () => {
    const distance = { kind: 'distance', refs: [0, 2], props: { name: 'Aisle', value: 2.5 } };
    const text = textOf([BOX, SIGN, BOX], [distance, { kind: 'align', refs: [2, 1], props: { axis: 'z' } }, { kind: 'ground', refs: [1], props: {} }]);
    expect(fromClipboard(text)).toMatchObject({ constraints: [distance, { refs: [2, 1], props: { axis: 'z' } }, { refs: [1] }] });
    const hostile: unknown = [
      { kind: 'distance', refs: [0, 7], props: {} },
      { kind: 'distance', refs: [0, 0], props: {} },
      { kind: 'distance', refs: [0] },
      { kind: 'box', refs: [0] },
      { kind: 'align', refs: ['0', {}] },
      7,
      { kind: 'distance', refs: [1, 0], props: { value: 1e300, name: { toString: 7 }, hidden: true } },
    ];
    const given = JSON.stringify({ type: 'chorale/elements', version: 2, elements: [BOX, SIGN], constraints: hostile });
    expect(fromClipboard(given)).toEqual({ elements: [BOX, SIGN], constraints: [{ kind: 'distance', refs: [1, 0], props: {} }] });
  });

  it('given an element before it cannot be used then a constraint is still about the same', () => {
    const given = { type: 'chorale/elements', version: 2, elements: [{ kind: 'nonsense' }, BOX, SIGN], constraints: [{ kind: 'distance', refs: [1, 2], props: {} }, { kind: 'ground', refs: [0], props: {} }] };
    expect(fromClipboard(JSON.stringify(given))).toEqual({ elements: [BOX, SIGN], constraints: [{ kind: 'distance', refs: [0, 1], props: {} }] });
  });
});
