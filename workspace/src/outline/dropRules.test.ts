import { describe, expect, it } from 'vitest';
import { testDocument } from '../session/testDocument';
import { dropAt } from './dropRules';
import { rowsOf } from './rows';

const DOCUMENT = testDocument(
  { id: 'a' },
  { id: 'room', elementType: 'group' },
  { id: 'chair', parent: 'room' },
  { id: 'shelf', elementType: 'group', parent: 'room' },
  { id: 'z' },
);
/** a, room, chair, shelf, z */
const ROWS = rowsOf(DOCUMENT, new Set());
const FOLDED = rowsOf(DOCUMENT, new Set(['room']));
const at = (index: number, share: number, ...dragged: readonly string[]) => dropAt(DOCUMENT, ROWS, index, share, dragged);

describe('where dragged rows land', () => {
  it('given the upper edge of a row then before it, behind its sibling above', () => {
    expect(at(1, 0.1, 'z')).toMatchObject({ parent: null, after: 'a', row: 'room', line: 'above', level: 1 });
    expect(at(0, 0.1, 'z')).toMatchObject({ parent: null, after: null });
    expect(at(4, 0.1, 'a')).toMatchObject({ parent: null, after: 'room' });
    expect(at(3, 0.1, 'z')).toMatchObject({ parent: 'room', after: 'chair', level: 2 });
  });

  it('given the lower edge then behind it; under an open one it is the first place inside', () => {
    expect(at(2, 0.9, 'z')).toMatchObject({ parent: 'room', after: 'chair', row: 'chair', line: 'below', level: 2 });
    expect(at(1, 0.9, 'z')).toMatchObject({ parent: 'room', after: null, line: 'below', level: 2 });
    expect(dropAt(DOCUMENT, FOLDED, 1, 0.9, ['a'])).toMatchObject({ parent: null, after: 'room', level: 1 });
  });

  it('given the middle then into a group, at its end; other things are before or behind', () => {
    const into = at(3, 0.5, 'z');
    expect(into).toMatchObject({ parent: 'shelf', row: 'shelf', line: 'into' });
    expect(into?.after).toBeUndefined();
    expect(at(0, 0.4, 'z')).toMatchObject({ line: 'above' });
    expect(at(0, 0.6, 'z')).toMatchObject({ line: 'below', after: 'a' });
  });

  it('given below the last row then at the end of the scene', () => {
    expect(at(99, 0.5, 'chair')).toMatchObject({ parent: null, row: 'z', line: 'below' });
    expect(dropAt(DOCUMENT, [], 0, 0, ['chair'])).toBeUndefined();
  });

  it('[OPS-5] given itself or what hangs from it then it cannot land there', () => {
    expect(at(3, 0.5, 'room')).toBeUndefined();
    expect(at(2, 0.9, 'room')).toBeUndefined();
    expect(at(1, 0.5, 'room')).toBeUndefined();
    expect(at(1, 0.5, 'a', 'room')).toBeUndefined();
    expect(at(0, 0.1, 'a')).toBeUndefined();
  });
});
