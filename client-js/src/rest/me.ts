import { array, field, object, optional, string } from '../protocol/read.js';
import { readSignedIn, readUser, type RefreshIn, type SignedIn, type User } from './account.js';
import { callUrl, decode } from './call.js';

/** What somebody changes about themselves; the rest stays. `preferences` takes the place of the whole object. */
export type ProfileChange = Partial<Pick<User, 'name' | 'color' | 'locale' | 'look' | 'preferences'>>;

/** What an API key lets a program do: look, change and take part, administer accounts. */
export type KeyScope = 'read' | 'write' | 'admin';

/** A key by which a program acts as somebody. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly expiresAt?: string;
  /** To the minute; absent where it never was. */
  readonly lastUsedAt?: string;
}

/** A key just made: it is told only now. */
export interface NewApiKey extends ApiKey {
  readonly key: string;
}

/** Reads the account of whoever the token is. Like all of these, rejects with a `ProblemError`. */
export async function readMe(baseUrl: string, token: string): Promise<User> {
  return decode(await accountCall(baseUrl, 'GET', 'users/me', token), (answer) => readUser(answer, 'user'));
}

export async function updateMe(baseUrl: string, token: string, change: ProfileChange): Promise<User> {
  return decode(await accountCall(baseUrl, 'PATCH', 'users/me', token, change), (answer) => readUser(answer, 'user'));
}

/** Chooses another password, which ends all other sign-ins; answers the tokens of a new one. */
export async function changePassword(
  baseUrl: string,
  token: string,
  passwords: { readonly currentPassword: string; readonly newPassword: string; readonly refreshIn?: RefreshIn },
): Promise<SignedIn> {
  return decode(await accountCall(baseUrl, 'POST', 'auth/password', token, passwords), readSignedIn);
}

/** Chooses a password by the token of a reset link; whoever did so logs in with it then. */
export async function resetPassword(baseUrl: string, linkToken: string, newPassword: string): Promise<void> {
  await accountCall(baseUrl, 'POST', 'auth/password', undefined, { token: linkToken, newPassword });
}

/** Asks whoever runs the server for a reset link; the answer does not tell whether there is such an account. */
export async function requestPasswordReset(baseUrl: string, login: string): Promise<void> {
  await accountCall(baseUrl, 'POST', 'auth/password/reset-requests', undefined, { login });
}

export async function listApiKeys(baseUrl: string, token: string): Promise<readonly ApiKey[]> {
  return decode(await accountCall(baseUrl, 'GET', 'api-keys', token), (answer) =>
    field(answer, 'apiKeys', array(readApiKey)),
  );
}

/** Makes a key; where `expiresAt` is absent it is good until it is revoked. */
export async function makeApiKey(
  baseUrl: string,
  token: string,
  request: { readonly name: string; readonly scopes: readonly KeyScope[]; readonly expiresAt?: Date },
): Promise<NewApiKey> {
  return decode(await accountCall(baseUrl, 'POST', 'api-keys', token, request), (answer) => ({
    ...readApiKey(answer, 'key'),
    key: field(answer, 'key', string),
  }));
}

export async function revokeApiKey(baseUrl: string, token: string, id: string): Promise<void> {
  await accountCall(baseUrl, 'DELETE', `api-keys/${encodeURIComponent(id)}`, token);
}

/** Everything that the server keeps of somebody outside of documents, as JSON. */
export async function exportMe(baseUrl: string, token: string): Promise<unknown> {
  return accountCall(baseUrl, 'GET', 'users/me/export', token);
}

/** Erases the account of whoever the token is, for good. */
export async function eraseMe(baseUrl: string, token: string): Promise<void> {
  await accountCall(baseUrl, 'DELETE', 'users/me', token);
}

/** A call about accounts; the path is the one behind `/api/v1/`. */
export async function accountCall(
  baseUrl: string,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  token: string | undefined,
  body?: object,
): Promise<unknown> {
  return callUrl(`${baseUrl.replace(/\/+$/, '')}/api/v1/${path}`, {
    method,
    headers: {
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...(body && { 'Content-Type': 'application/json' }),
    },
    credentials: 'same-origin',
    ...(body && { body: JSON.stringify(body) }),
  });
}

function readApiKey(value: unknown, where: string): ApiKey {
  const key = object(value, where);
  const expiresAt = optional(key, 'expiresAt', string);
  const lastUsedAt = optional(key, 'lastUsedAt', string);
  return {
    id: field(key, 'id', string),
    name: field(key, 'name', string),
    scopes: field(key, 'scopes', array(string)),
    createdAt: field(key, 'createdAt', string),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(lastUsedAt !== undefined && { lastUsedAt }),
  };
}
