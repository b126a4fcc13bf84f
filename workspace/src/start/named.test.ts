import { describe, expect, it } from 'vitest';
import { named } from './named';

const SESSIONS = [{ name: 'Messestand Köln' }, { name: 'Bridge study' }];

describe('searching sessions', () => {
  it.each([
    ['', 2],
    ['koln', 1],
    ['STAND messe', 1],
    ['bridge köln', 0],
  ])('given "%s" then %i are found', (query, count) => {
    expect(named(SESSIONS, query)).toHaveLength(count);
  });
});
