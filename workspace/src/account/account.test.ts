import { ProblemError } from '@chorale/client';
import type { SignedIn, User } from '@chorale/client/account';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { memoryStorage } from '../app/memoryStorage';
import { ownerKeyOf, rememberOwnerKey } from '../start/ownerKeys';
import { Account, ACCOUNT_KEY, type AccountCalls } from './account';

const ADA: User = { userId: 'u-ada', login: 'ada', name: 'Ada', color: '#336699', preferences: { theme: 'dark' }, administrator: false };
const BEN: User = { ...ADA, userId: 'u-ben', login: 'ben', name: 'Ben' };
const REFUSED = new ProblemError({ type: 'urn:chorale:problem:unauthenticated', title: 'No', status: 401 });
const AWAY = new ProblemError({ type: 'urn:chorale:problem:unreachable', title: 'No', status: 503 });

const signedIn = (accessToken: string, user = ADA): SignedIn => ({ accessToken, expiresIn: 600, user });

function accountWith(calls: Partial<AccountCalls> = {}, storage = memoryStorage()) {
  const refresh = vi.fn(calls.refresh ?? (() => Promise.resolve(signedIn('fresh'))));
  const logout = vi.fn(calls.logout ?? (() => Promise.resolve()));
  return { account: new Account(storage, { refresh, logout }), refresh, logout, storage };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('an account on a page', () => {
  it('given nobody ever signed in then there is a guest, and the server is not asked', () => {
    const { account, refresh } = accountWith();
    expect([account.user, refresh.mock.calls.length]).toEqual([undefined, 0]);
  });

  it('[ACC-4] given one signed in then the token is used while it is good, and a fresh one asked for once', async () => {
    const { account, refresh } = accountWith();
    account.take(signedIn('first'));
    expect(await account.token()).toBe('first');
    vi.advanceTimersByTime(7 * 60_000 + 1);
    expect(await Promise.all([account.token(), account.token()])).toEqual(['fresh', 'fresh']);
    expect(refresh).toHaveBeenCalledOnce();
  });

  it('[ACC-3] given a page is loaded anew then it knows who one is, and no token was kept', async () => {
    const { account, storage } = accountWith();
    account.take(signedIn('secret-token'));
    expect(JSON.stringify(storage.read(ACCOUNT_KEY))).not.toContain('secret-token');
    const reloaded = accountWith({}, storage);
    expect(reloaded.account.user).toEqual(ADA);
    expect(await reloaded.account.token()).toBe('fresh');
  });

  it('[ACC-6] given the sign-in was ended elsewhere then nobody is signed in, and the page is told so', async () => {
    const { account, storage } = accountWith({ refresh: () => Promise.reject(REFUSED) });
    account.take(signedIn('first'));
    await expect(account.renew()).rejects.toBe(REFUSED);
    expect(account.store.getState()).toEqual({ ended: true });
    expect(storage.read(ACCOUNT_KEY)).toBeUndefined();
  });

  it('given the server cannot be reached then one stays who one is', async () => {
    const { account } = accountWith({ refresh: () => Promise.reject(AWAY) });
    account.take(signedIn('first'));
    await expect(account.renew()).rejects.toBe(AWAY);
    expect(account.user).toEqual(ADA);
  });

  it('[ACC-6] given one signs out then nobody is signed in, and what was made meanwhile is nobody’s here', async () => {
    const { account, storage, logout } = accountWith();
    account.take(signedIn('first'));
    rememberOwnerKey(storage, 'own', 'key', true);
    rememberOwnerKey(storage, 'guest', 'key');
    await account.signOut({ everywhere: true });
    expect(logout).toHaveBeenCalledWith('first', { everywhere: true });
    expect(account.store.getState()).toEqual({});
    expect([ownerKeyOf(storage, 'own'), ownerKeyOf(storage, 'guest')]).toEqual([undefined, 'key']);
  });

  it('given the server cannot be reached then signing out fails, and one stays signed in', async () => {
    const { account } = accountWith({ logout: () => Promise.reject(AWAY) });
    account.take(signedIn('first'));
    await expect(account.signOut()).rejects.toBe(AWAY);
    expect(account.user).toEqual(ADA);
  });

  it('given another tab signed in as somebody else then this one is them, with a token of theirs', async () => {
    const storage = memoryStorage();
    const { account } = accountWith({ refresh: () => Promise.resolve(signedIn('of ben', BEN)) }, storage);
    account.take(signedIn('of ada'));
    accountWith({}, storage).account.take(signedIn('elsewhere', BEN));
    account.reread();
    expect(account.user).toEqual(BEN);
    expect(await account.token()).toBe('of ben');
  });

  it('given another tab signed out then this one is told so', async () => {
    const storage = memoryStorage();
    const { account } = accountWith({}, storage);
    account.take(signedIn('first'));
    const other = accountWith({}, storage).account;
    await other.signOut();
    account.reread();
    expect(account.store.getState()).toEqual({ ended: true });
  });

  it.each(['{', 'null', '[]', '{"userId":1}', '{"userId":"u","name":"A"}'])('given %s in storage then there is a guest', (stored) => {
    expect(accountWith({}, memoryStorage({ [ACCOUNT_KEY]: stored })).account.user).toBeUndefined();
  });
});
