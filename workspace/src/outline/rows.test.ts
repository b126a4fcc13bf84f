import { describe, expect, it } from 'vitest';
import { testDocument } from '../session/testDocument';
import { outlineCatalogues } from './messages';
import { rowsOf, startingWith } from './rows';

const DOCUMENT = testDocument(
  { id: 'room', elementType: 'group', props: { name: 'Room' } },
  { id: 'chair', parent: 'room', props: { name: 'Chair' } },
  { id: 'shelf', elementType: 'group', parent: 'room', props: { name: 'Shelf' } },
  { id: 'book', parent: 'shelf', props: { name: 'Cookery book' } },
  { id: 'tree', props: { name: 'Tree' } },
  { id: 'empty', elementType: 'group', props: { name: 'Empty' } },
  { id: 'gap', refs: ['chair', 'tree'] },
);
const NONE: ReadonlySet<string> = new Set();
const shown = (folded: ReadonlySet<string>, filter = '') => rowsOf(DOCUMENT, folded, filter).map(({ element, level }) => `${level} ${element.id}`);

describe('the rows of the tree', () => {
  it('given a tree then each has its level, its place, and whether it is open', () => {
    const rows = rowsOf(DOCUMENT, NONE);
    expect(shown(NONE)).toEqual(['1 room', '2 chair', '2 shelf', '3 book', '1 tree', '1 empty']);
    expect(rows.map(({ place, siblings }) => `${place}/${siblings}`)).toEqual(['1/3', '1/2', '2/2', '1/1', '2/3', '3/3']);
    expect(rows.map(({ expanded }) => expanded)).toEqual([true, undefined, true, undefined, undefined, undefined]);
  });

  it('given one is folded then what hangs from it is not shown', () => {
    expect(shown(new Set(['room']))).toEqual(['1 room', '1 tree', '1 empty']);
    expect(shown(new Set(['shelf']))).toEqual(['1 room', '2 chair', '2 shelf', '1 tree', '1 empty']);
  });

  it('given a filter then it shows what is called so and what that hangs from, folded or not', () => {
    expect(shown(new Set(['room', 'shelf']), ' COOK ')).toEqual(['1 room', '2 shelf', '3 book']);
    expect(shown(NONE, 'r')).toEqual(['1 room', '2 chair', '2 shelf', '3 book', '1 tree']);
    expect(shown(NONE, 'nothing')).toEqual([]);
  });
});

describe('typing the beginning of a name', () => {
  const rows = rowsOf(DOCUMENT, NONE);

  it('given a letter then it is the next one that begins so, around the end', () => {
    expect(startingWith(rows, 0, 'c')).toBe(1);
    expect(startingWith(rows, 1, 'c')).toBe(3);
    expect(startingWith(rows, 3, 'C')).toBe(1);
    expect(startingWith(rows, 4, 't')).toBe(4);
    expect(startingWith(rows, 0, 'x')).toBeUndefined();
    expect(startingWith([], 0, 'x')).toBeUndefined();
  });

  it('given more letters then who is right already stays', () => {
    expect(startingWith(rows, 3, 'coo')).toBe(3);
    expect(startingWith(rows, 1, 'coo')).toBe(3);
  });
});

describe('what the tree says', () => {
  it('given English and German then both have every text', () => {
    const keys = (value: object): unknown => Object.entries(value).map(([key, each]) => [key, typeof each === 'object' ? keys(each as object) : typeof each]);
    expect(keys(outlineCatalogues.de)).toEqual(keys(outlineCatalogues.en));
  });
});
