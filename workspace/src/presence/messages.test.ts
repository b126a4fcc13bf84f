import { describe, expect, it } from 'vitest';
import { moderationCatalogues } from '../moderation/messages';
import { moderationWordCatalogues } from '../moderation/words';
import { onboardingCatalogues } from '../onboarding/messages';
import { endingCatalogues } from '../sharing/endings';
import { sharingCatalogues } from '../sharing/messages';
import { rightsCatalogues } from '../sharing/rightsWords';
import { presenceCatalogues } from './messages';

/** Every text by its place; functions are asked with one and with three. */
function texts(value: unknown, at = ''): ReadonlyMap<string, string> {
  if (typeof value === 'string') return new Map([[at, value]]);
  if (typeof value === 'function') return new Map([1, 3].map((count) => [`${at}(${count})`, (value as (...given: unknown[]) => string)(count, 3)]));
  return new Map(Object.entries(value as object).flatMap(([key, each]) => [...texts(each, `${at}.${key}`)]));
}

describe.each([
  ['about the others', presenceCatalogues],
  ['as first steps', onboardingCatalogues],
  ['about rights', rightsCatalogues],
  ['in the share dialog', sharingCatalogues],
  ['in moderation', moderationCatalogues],
  ['in the menu of a person', moderationWordCatalogues],
  ['where one may not be', endingCatalogues],
] as const)('what is said %s', (_, { en, de }) => {
  it('given English and German then both say something everywhere, each in its own words', () => {
    const [english, german] = [texts(en), texts(de)];
    expect([...german.keys()]).toEqual([...english.keys()]);
    expect([...english.values(), ...german.values()].filter((text) => text.trim() === '')).toEqual([]);
    expect([...english].filter(([at, text]) => /\w{2} \w{2}/.test(text) && german.get(at) === text)).toEqual([]);
  });
});
