import { describe, expect, it } from 'vitest';
import { parameterCatalogues } from './messages';

/** Every leaf by its path: what kind it is, and the text where it is one. */
function leaves(value: unknown, path = ''): readonly (readonly [path: string, kind: string, text: string])[] {
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([key, each]) => leaves(each, `${path}.${key}`));
  return [[path, typeof value, typeof value === 'string' ? value : '-']];
}

describe('the catalogues of the parameters screen', () => {
  it('have the same shape in every language, and no empty text', () => {
    const shape = (catalogue: unknown) => leaves(catalogue).map(([path, kind]) => `${path} ${kind}`).sort();
    expect(shape(parameterCatalogues.de)).toEqual(shape(parameterCatalogues.en));
    for (const catalogue of Object.values(parameterCatalogues)) expect(leaves(catalogue).filter(([, , text]) => text.trim() === '')).toEqual([]);
  });
});
