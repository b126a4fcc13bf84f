import { describe, expect, it } from 'vitest';
import { sceneCatalogues } from './messages';

/** Every text by its place; functions are asked with one and with two. */
function texts(value: unknown, at = ''): readonly string[] {
  if (typeof value === 'string') return [`${at}: ${value === '' ? 'empty' : 'text'}`];
  if (typeof value === 'function') return [1, 2].flatMap((count) => texts((value as (...given: unknown[]) => unknown)(count, 3), `${at}(${count})`));
  return Object.entries(value as object).flatMap(([key, each]) => texts(each, `${at}.${key}`));
}

describe('what the tools of a scene say', () => {
  it('given English and German then both say something everywhere', () => {
    const english = texts(sceneCatalogues.en);
    expect(texts(sceneCatalogues.de)).toEqual(english);
    expect(english.filter((each) => each.endsWith('empty'))).toEqual([]);
  });
});
