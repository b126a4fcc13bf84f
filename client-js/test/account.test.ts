import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect, ProblemError, type Session } from '../src/index.js';
import { accessTokens, login, logout, refresh, register } from '../src/rest/account.js';
import { problem } from '../src/protocol/problem.js';
import { FakeSocket } from './support/fakeSocket.js';
import { welcomeWith, wireWelcome } from './support/frames.js';

const USER = {
  userId: 'u-1',
  login: 'ada',
  name: 'Ada',
  color: '#336699',
  locale: 'de-CH',
  preferences: { theme: 'dark' },
  administrator: false,
};
const SIGNED_IN = { accessToken: 'a1', expiresIn: 600, refreshToken: 'r1', user: USER };

function answering(...answers: readonly (readonly [number, unknown])[]): ReturnType<typeof vi.fn<typeof fetch>> {
  let next = 0;
  const fake = vi.fn<typeof fetch>(() => {
    const [status, body] = answers[Math.min(next, answers.length - 1)] ?? [500, undefined];
    next += 1;
    return Promise.resolve(new Response(body === undefined ? null : JSON.stringify(body), { status }));
  });
  vi.stubGlobal('fetch', fake);
  return fake;
}

function bodyOf(fetched: ReturnType<typeof answering>, index = 0): unknown {
  return JSON.parse(fetched.mock.calls[index]?.[1]?.body as string);
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('accounts over REST', () => {
  it('[ACC-1] [ACC-2] registers and logs in', async () => {
    const registered = answering([201, { ...SIGNED_IN, more: 1 }]);
    const account = { login: 'ada', password: 'secret sentence', invitation: 'i', refreshIn: 'body' as const };
    expect(await register('http://host/', account)).toEqual(SIGNED_IN);
    expect([registered.mock.calls[0]?.[0], bodyOf(registered)]).toEqual(['http://host/api/v1/auth/register', account]);
    const { refreshToken: _kept, ...inCookie } = SIGNED_IN;
    answering([200, inCookie]);
    expect(await login('http://host', { login: 'ada', password: 'x' })).toEqual(inCookie);
  });

  it('[ACC-3] refreshes by the cookie with a header of its own, or by a token', async () => {
    const fetched = answering([200, SIGNED_IN]);
    await refresh('http://host');
    expect(fetched.mock.calls[0]?.[1]).toMatchObject({ headers: { 'Chorale-Refresh': '1' }, credentials: 'same-origin' });
    expect(bodyOf(fetched)).toEqual({});
    await refresh('http://host', 'r0');
    expect(bodyOf(fetched, 1)).toEqual({ refreshToken: 'r0' });
  });

  it('[ACC-6] logs out, here or everywhere', async () => {
    const fetched = answering([204, undefined]);
    await logout('http://host', 'a1', { everywhere: true });
    expect(bodyOf(fetched)).toEqual({ everywhere: true });
    expect(fetched.mock.calls[0]?.[1]).toMatchObject({ headers: { Authorization: 'Bearer a1' } });
  });

  it('[ERR-1] rejects with the problem of the answer', async () => {
    answering([401, problem('invalid-credentials', 'No', 401, 'login or password')]);
    await expect(login('http://host', { login: 'ada', password: 'x' })).rejects.toMatchObject({ problem: { status: 401 } });
  });
});

describe('a source of tokens', () => {
  it('[ACC-3] gives what it has while that is good, then asks once for all who want', async () => {
    const heard = vi.fn();
    const fetched = answering([200, { ...SIGNED_IN, accessToken: 'a2', refreshToken: 'r2' }]);
    const token = accessTokens('http://host', SIGNED_IN, heard);
    expect(await token()).toBe('a1');
    expect(fetched).not.toHaveBeenCalled();
    vi.advanceTimersByTime(500_000);
    expect(await Promise.all([token(), token(), token()])).toEqual(['a2', 'a2', 'a2']);
    expect([fetched.mock.calls.length, bodyOf(fetched), heard.mock.calls.length]).toEqual([1, { refreshToken: 'r1' }, 1]);
    vi.advanceTimersByTime(500_000);
    await token();
    expect(bodyOf(fetched, 1)).toEqual({ refreshToken: 'r2' });
  });

  it('asks again after a failure', async () => {
    answering([503, undefined], [200, SIGNED_IN]);
    const token = accessTokens('http://host');
    await expect(token()).rejects.toBeInstanceOf(ProblemError);
    expect(await token()).toBe('a1');
  });
});

describe('a session with a token', () => {
  const sockets: FakeSocket[] = [];
  let session: Session;

  const last = (): FakeSocket => {
    const socket = sockets.at(-1);
    if (!socket) throw new Error('no socket');
    return socket;
  };

  const join = (token: () => Promise<string>): void => {
    sockets.length = 0;
    session = connect({
      url: 'http://host',
      sessionId: 'S1',
      token,
      color: '#abcdef',
      webSocket: (url, protocols) => {
        const socket = new FakeSocket(url, protocols);
        socket.onSend = (text) => {
          const { type, t } = JSON.parse(text) as { readonly type: string; readonly t: number };
          if (type !== 'ping') return;
          queueMicrotask(() => {
            socket.receives({ type: 'pong', t, serverTime: new Date().toISOString(), revision: 10 });
          });
        };
        sockets.push(socket);
        return socket;
      },
    });
  };

  const welcomed = (inSeconds: number): void => {
    const expiresAt = new Date(Date.now() + inSeconds * 1000).toISOString();
    last().opened();
    last().receives(wireWelcome({ ...welcomeWith(10), expiresAt }));
  };

  afterEach(() => {
    session.close();
  });

  it('[ACC-4] has its token before it opens a socket, and says hello with it and without a guest', async () => {
    join(() => Promise.resolve('t1'));
    expect(sockets).toEqual([]);
    await vi.advanceTimersByTimeAsync(0);
    last().opened();
    expect(last().frames('hello')).toEqual([{ type: 'hello', token: 't1', color: '#abcdef', clientId: session.clientId }]);
  });

  it('[ACC-5] shows a fresh token before the last one expires, again and again', async () => {
    let given = 0;
    join(() => Promise.resolve(`t${(given += 1)}`));
    await vi.advanceTimersByTimeAsync(0);
    welcomed(600);
    await vi.advanceTimersByTimeAsync(479_000);
    expect(last().frames('authenticate')).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(last().frames('authenticate')).toEqual([{ type: 'authenticate', token: 't2' }]);
    last().receives({ type: 'authenticated', expiresAt: new Date(Date.now() + 600_000).toISOString() });
    await vi.advanceTimersByTimeAsync(481_000);
    expect(last().frames('authenticate')).toHaveLength(2);
  });

  it('[ACC-5] comes back with another token where the last one expired', async () => {
    let given = 0;
    join(() => Promise.resolve(`t${(given += 1)}`));
    await vi.advanceTimersByTimeAsync(0);
    welcomed(600);
    last().receives({ type: 'bye', reason: 'revoked', reconnect: true });
    last().ends(1001);
    await vi.advanceTimersByTimeAsync(10_000);
    last().opened();
    expect(sockets).toHaveLength(2);
    expect(last().frames('hello')[0]).toMatchObject({ token: 't2' });
  });

  it('[ACC-6] stays away where its tokens are worth nothing any more', async () => {
    join(() => Promise.resolve('t1'));
    await vi.advanceTimersByTimeAsync(0);
    welcomed(600);
    last().receives({ type: 'bye', reason: 'revoked', reconnect: false });
    last().ends(1008);
    expect([session.state, session.problem?.type]).toEqual(['closed', 'urn:chorale:problem:revoked']);
  });

  it('[ACC-5] closes where nobody is signed in, and tries again where nobody can tell', async () => {
    const refusal = problem('unauthenticated', 'No', 401);
    let failure: Error = new TypeError('network');
    join(() => Promise.reject(failure));
    await vi.advanceTimersByTimeAsync(0);
    expect([session.state, sockets.length]).toEqual(['offline', 0]);
    failure = new ProblemError(refusal);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([session.state, session.problem, sockets.length]).toEqual(['closed', refusal, 0]);
  });

  it('a token that comes after the session was closed opens nothing', async () => {
    let give: (token: string) => void = () => undefined;
    join(() => new Promise((resolve) => (give = resolve)));
    session.close();
    give('late');
    await vi.advanceTimersByTimeAsync(1000);
    expect([session.state, sockets.length]).toEqual(['closed', 0]);
  });

  it('needs a guest or a token', () => {
    join(() => Promise.resolve('t'));
    expect(() => connect({ url: 'http://host', sessionId: 'S1' })).toThrow(ProblemError);
  });
});
