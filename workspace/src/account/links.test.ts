import { describe, expect, it } from 'vitest';
import { accountLink } from './links';

describe('a link of an account', () => {
  it.each([
    ['#setup=a-b_C1', { purpose: 'setup', token: 'a-b_C1' }],
    ['#invitation=x', { purpose: 'invitation', token: 'x' }],
    ['#reset=x', { purpose: 'reset', token: 'x' }],
    ['', undefined],
    ['#setup=', undefined],
    ['#else=x', undefined],
    ['#reset=x&y', undefined],
  ] as const)('[ACC-1] [ACC-7] given %s then it is that one', (fragment, link) => {
    expect(accountLink(fragment)).toEqual(link);
  });
});
