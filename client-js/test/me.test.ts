import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  administerUser,
  changePassword,
  eraseMe,
  eraseUser,
  exportMe,
  inviteUser,
  listApiKeys,
  listUsers,
  makeApiKey,
  makeResetLink,
  readAccountEvents,
  readMe,
  requestPasswordReset,
  resetPassword,
  revokeApiKey,
  updateMe,
} from '../src/rest/accounts.js';

const HOST = 'http://host/';
const USER = { userId: 'u-1', login: 'ada', name: 'Ada', color: '#336699', preferences: { theme: 'dark' }, administrator: true };
const ACCOUNT = { ...USER, disabled: false, createdAt: '2026-01-01T00:00:00Z' };
const KEY = { id: 'k', name: 'job', scopes: ['read'], createdAt: '2026-01-01T00:00:00Z', expiresAt: '2027-01-01T00:00:00Z' };
const LINK = { link: 'http://host/#reset=x', expiresAt: '2026-01-02T00:00:00Z' };
const ENTRY = { at: '2026-01-01T00:00:00Z', actor: 'u-1', action: 'account.signed-in', subject: 'u-1', detail: '' };

/** Lets the next call be answered, and tells what was asked. */
function answering(status: number, body?: unknown): () => { readonly asked: string; readonly by: unknown; readonly body: unknown } {
  const fake = vi.fn<typeof fetch>(() => Promise.resolve(new Response(body === undefined ? null : JSON.stringify(body), { status })));
  vi.stubGlobal('fetch', fake);
  return () => {
    const [url, request] = fake.mock.calls[0] ?? [];
    const sent = request?.body as string | undefined;
    return {
      asked: `${request?.method ?? ''} ${url as string}`,
      by: (request?.headers as Record<string, string>)['Authorization'],
      body: sent === undefined ? undefined : JSON.parse(sent),
    };
  };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('one’s own account over REST', () => {
  it('[ACC-9] reads and changes the profile', async () => {
    const read = answering(200, ACCOUNT);
    expect(await readMe(HOST, 't')).toEqual(USER);
    expect(read()).toEqual({ asked: 'GET http://host/api/v1/users/me', by: 'Bearer t', body: undefined });
    const changed = answering(200, { ...ACCOUNT, name: 'Countess' });
    expect((await updateMe(HOST, 't', { name: 'Countess' })).name).toBe('Countess');
    expect(changed()).toEqual({ asked: 'PATCH http://host/api/v1/users/me', by: 'Bearer t', body: { name: 'Countess' } });
  });

  it('[ACC-7] changes the password by the present one, or by a link, or asks for one', async () => {
    const changed = answering(200, { accessToken: 'a2', expiresIn: 600, user: ACCOUNT });
    expect((await changePassword(HOST, 't', { currentPassword: 'a', newPassword: 'b' })).accessToken).toBe('a2');
    expect(changed()).toEqual({ asked: 'POST http://host/api/v1/auth/password', by: 'Bearer t', body: { currentPassword: 'a', newPassword: 'b' } });
    const reset = answering(204);
    await resetPassword(HOST, 'link', 'b');
    expect(reset()).toEqual({ asked: 'POST http://host/api/v1/auth/password', by: undefined, body: { token: 'link', newPassword: 'b' } });
    const requested = answering(202);
    await requestPasswordReset(HOST, 'ada');
    expect(requested()).toMatchObject({ asked: 'POST http://host/api/v1/auth/password/reset-requests', body: { login: 'ada' } });
  });

  it('[ACC-13] makes, lists and revokes keys', async () => {
    const made = answering(201, { ...KEY, key: 'chk_x' });
    const expiresAt = new Date('2027-01-01T00:00:00Z');
    expect(await makeApiKey(HOST, 't', { name: 'job', scopes: ['read'], expiresAt })).toEqual({ ...KEY, key: 'chk_x' });
    expect(made().body).toEqual({ name: 'job', scopes: ['read'], expiresAt: '2027-01-01T00:00:00.000Z' });
    answering(200, { apiKeys: [KEY] });
    expect(await listApiKeys(HOST, 't')).toEqual([KEY]);
    const revoked = answering(204);
    await revokeApiKey(HOST, 't', 'a/b');
    expect(revoked().asked).toBe('DELETE http://host/api/v1/api-keys/a%2Fb');
  });

  it('[ACC-10] takes everything along, and erases it', async () => {
    answering(200, { user: ACCOUNT, messages: [] });
    expect(await exportMe(HOST, 't')).toEqual({ user: ACCOUNT, messages: [] });
    const erased = answering(204);
    await eraseMe(HOST, 't');
    expect(erased().asked).toBe('DELETE http://host/api/v1/users/me');
  });

  it('[ERR-1] rejects with a problem, also where the answer is not understood', async () => {
    answering(200, { userId: 1 });
    await expect(readMe(HOST, 't')).rejects.toMatchObject({ problem: { type: 'urn:chorale:problem:malformed-answer' } });
    answering(429, { type: 'urn:chorale:problem:too-many-attempts', title: 'Wait', status: 429, retryAfter: 4 });
    await expect(readMe(HOST, 't')).rejects.toMatchObject({ problem: { status: 429, retryAfter: 4 } });
  });
});

describe('administering accounts over REST', () => {
  it('[ACC-8] lists, disables and erases, and makes links', async () => {
    const listed = answering(200, { users: [ACCOUNT], nextCursor: 'n' });
    expect(await listUsers(HOST, 't', { limit: 1, cursor: 'c' })).toEqual({ users: [ACCOUNT], nextCursor: 'n' });
    expect(listed().asked).toBe('GET http://host/api/v1/users?limit=1&cursor=c');
    const disabled = answering(200, { ...ACCOUNT, disabled: true });
    expect((await administerUser(HOST, 't', 'u-1', { disabled: true })).disabled).toBe(true);
    expect(disabled()).toEqual({ asked: 'PATCH http://host/api/v1/users/u-1', by: 'Bearer t', body: { disabled: true } });
    const erased = answering(204);
    await eraseUser(HOST, 't', 'u-1');
    expect(erased().asked).toBe('DELETE http://host/api/v1/users/u-1');
    answering(201, LINK);
    expect([await makeResetLink(HOST, 't', 'u-1')]).toEqual([LINK]);
    const invited = answering(201, LINK);
    expect(await inviteUser(HOST, 't')).toEqual(LINK);
    expect(invited().asked).toBe('POST http://host/api/v1/users/invitations');
  });

  it('[ACC-14] reads what was done to accounts', async () => {
    answering(200, { entries: [{ ...ENTRY, number: 7, hash: 'h' }] });
    expect(await readAccountEvents(HOST, 't')).toEqual({ entries: [ENTRY] });
  });
});
