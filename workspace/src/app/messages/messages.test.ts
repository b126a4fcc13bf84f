import { describe, expect, it } from 'vitest';
import { german } from './de';
import { english } from './en';

type Leaf = readonly [path: string, value: unknown];

/** Every text of a catalogue, and every function that makes one. */
function leaves(value: unknown, path = ''): readonly Leaf[] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, each]) => leaves(each, path === '' ? key : `${path}.${key}`));
}

const shape = (catalogue: unknown) => leaves(catalogue).map(([path, value]) => `${path}: ${typeof value}`).sort();

describe('messages', () => {
  it('given both catalogues then they have the same keys, and texts and functions at the same places', () => {
    expect(shape(german)).toEqual(shape(english));
  });

  it.each([
    ['English', english],
    ['German', german],
  ])('given the %s catalogue then no text is empty', (_, catalogue) => {
    const empty = leaves(catalogue).filter(([, value]) => typeof value === 'string' && value.trim() === '');
    expect(empty).toEqual([]);
  });

  it('given texts of several words then none is the same in both languages', () => {
    const others = new Map(leaves(german));
    const same = leaves(english).filter(([path, value]) => typeof value === 'string' && /\w{2} \w{2}/.test(value) && others.get(path) === value);
    expect(same).toEqual([]);
  });

  it('given counts then both languages inflect', () => {
    expect([english.people.list(1), english.people.list(3)]).toEqual(['1 person here', '3 people here']);
    expect([german.people.list(1), german.people.list(3)]).toEqual(['1 Person hier', '3 Personen hier']);
    expect([german.synced.all(1), german.synced.all(2)]).toEqual(['1 Änderung wurde übertragen', '2 Änderungen wurden übertragen']);
  });
});
