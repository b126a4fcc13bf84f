import { describe, expect, it } from 'vitest';
import { routeOf, sessionPath } from './routes';

describe('routeOf', () => {
  it.each([
    ['/', { screen: 'start' }],
    ['/s/abc-123_X', { screen: 'session', sessionId: 'abc-123_X' }],
    ['/s/abc/', { screen: 'session', sessionId: 'abc' }],
    ['/s/a%20b', { screen: 'session', sessionId: 'a b' }],
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
});
