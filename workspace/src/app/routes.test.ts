import { describe, expect, it } from 'vitest';
import { accountPathBack, routeOf, sessionPath, wayBack } from './routes';

describe('routeOf', () => {
  it.each([
    ['/', { screen: 'start' }],
    ['/s/abc-123_X', { screen: 'session', sessionId: 'abc-123_X' }],
    ['/s/abc/', { screen: 'session', sessionId: 'abc' }],
    ['/s/a%20b', { screen: 'session', sessionId: 'a b' }],
    ['/account', { screen: 'account', page: 'own' }],
    ['/account/people/', { screen: 'account', page: 'people' }],
    ['/account/else', { screen: 'unknown' }],
    ['/s/', { screen: 'unknown' }],
    ['/s/a/b', { screen: 'unknown' }],
    ['/s/%E0%A4%A', { screen: 'unknown' }],
    ['/else', { screen: 'unknown' }],
  ] as const)('given %s then it is that screen', (path, route) => {
    expect(routeOf(path)).toEqual(route);
  });

  it('given any session id then its path leads back to it', () => {
    expect(routeOf(sessionPath('a/b ?#ü'))).toEqual({ screen: 'session', sessionId: 'a/b ?#ü' });
  });

  it.each(['/s/abc', '/s/abc#invitation=x&y', '/s/a%20b'])('given one signs in at %s then one comes back there', (address) => {
    expect(wayBack(accountPathBack(address).replace('/account', ''))).toBe(address);
  });

  it.each(['', '?to=https://elsewhere', '?to=//elsewhere', '?to=/s//elsewhere', '?to=/account'])('given %s then one goes to the start page', (search) => {
    expect(wayBack(search)).toBe('/');
  });
});
