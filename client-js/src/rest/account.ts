import type { AvatarLook } from '../protocol/frame.js';
import { boolean, field, integer, object, optional, readLook, string, type Fields } from '../protocol/read.js';
import { callUrl, decode } from './call.js';

/** Somebody with an account. */
export interface User {
  readonly userId: string;
  /** Absent for people of another issuer. */
  readonly login?: string;
  readonly name: string;
  readonly color: string;
  readonly locale?: string;
  /** Absent where they chose none. */
  readonly look?: AvatarLook;
  /** Where their picture is, relative to the server; absent where there is none. */
  readonly picture?: string;
  /** An application's own. */
  readonly preferences: Readonly<Record<string, unknown>>;
  readonly administrator: boolean;
}

/** Tokens of somebody who proved who they are. */
export interface SignedIn {
  readonly accessToken: string;
  /** In seconds. */
  readonly expiresIn: number;
  /** Good once; only where it was asked for in the body. Browsers keep theirs in a cookie that no script reads. */
  readonly refreshToken?: string;
  readonly user: User;
}

/** Where the refresh token goes: `cookie` for browsers (where absent), `body` for programs, `none` to log in again instead. */
export type RefreshIn = 'cookie' | 'body' | 'none';

export interface Credentials {
  readonly login: string;
  readonly password: string;
  readonly refreshIn?: RefreshIn;
}

export interface NewAccount extends Credentials {
  readonly name?: string;
  readonly color?: string;
  /** Of an administrator's link, or of the one that a new server prints. */
  readonly invitation?: string;
}

/** Makes an account and signs it in. Like all of these, rejects with a {@link ProblemError}. */
export async function register(baseUrl: string, account: NewAccount): Promise<SignedIn> {
  return decode(await post(baseUrl, 'register', account), readSignedIn);
}

export async function login(baseUrl: string, credentials: Credentials): Promise<SignedIn> {
  return decode(await post(baseUrl, 'login', credentials), readSignedIn);
}

/** Exchanges a refresh token for the next one and a fresh access token; in a browser the one in the cookie. */
export async function refresh(baseUrl: string, refreshToken?: string): Promise<SignedIn> {
  const body = refreshToken === undefined ? {} : { refreshToken };
  // No form and no image on another site can send this header.
  return decode(await post(baseUrl, 'refresh', body, { 'Chorale-Refresh': '1' }), readSignedIn);
}

/** Ends this sign-in, or all of them: their tokens are worth nothing at once. */
export async function logout(
  baseUrl: string,
  accessToken: string,
  options: { readonly everywhere?: boolean } = {},
): Promise<void> {
  await post(baseUrl, 'logout', options, { Authorization: `Bearer ${accessToken}` });
}

/**
 * A source of access tokens for `connect({ token })` and for calls: gives the one it has while it is good, and else a
 * fresh one, asked for once however many want it.
 *
 * @param signedIn what {@link login} answered; without it the cookie of an earlier visit counts
 * @param onRefresh hears of each new answer, as programs that keep the refresh token have to
 */
export function accessTokens(
  baseUrl: string,
  signedIn?: SignedIn,
  onRefresh: (fresh: SignedIn) => void = () => undefined,
): () => Promise<string> {
  let present = signedIn && withDeadline(signedIn);
  let asking: Promise<string> | undefined;
  const ask = async (): Promise<string> => {
    const fresh = await refresh(baseUrl, present?.signedIn.refreshToken);
    present = withDeadline(fresh);
    onRefresh(fresh);
    return fresh.accessToken;
  };
  return () => {
    if (present && Date.now() < present.goodUntil) return Promise.resolve(present.signedIn.accessToken);
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
}

/** A token on its way has to arrive before it expires, and a connection wants one that lasts. */
const GOOD_SHARE = 0.7;

function withDeadline(signedIn: SignedIn): { readonly signedIn: SignedIn; readonly goodUntil: number } {
  return { signedIn, goodUntil: Date.now() + signedIn.expiresIn * 1000 * GOOD_SHARE };
}

async function post(baseUrl: string, path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<unknown> {
  return callUrl(`${baseUrl.replace(/\/+$/, '')}/api/v1/auth/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    credentials: 'same-origin',
    body: JSON.stringify(body),
  });
}

/** Reads an answer that signs somebody in. */
export function readSignedIn(answer: Fields): SignedIn {
  const refreshToken = optional(answer, 'refreshToken', string);
  return {
    accessToken: field(answer, 'accessToken', string),
    expiresIn: field(answer, 'expiresIn', integer),
    ...(refreshToken !== undefined && { refreshToken }),
    user: field(answer, 'user', readUser),
  };
}

/** Reads an account. */
export function readUser(value: unknown, where: string): User {
  const user = object(value, where);
  const name = optional(user, 'login', string);
  const locale = optional(user, 'locale', string);
  const look = optional(user, 'look', readLook);
  const picture = optional(user, 'picture', string);
  return {
    userId: field(user, 'userId', string),
    ...(name !== undefined && { login: name }),
    name: field(user, 'name', string),
    color: field(user, 'color', string),
    ...(locale !== undefined && { locale }),
    ...(look && { look }),
    ...(picture !== undefined && { picture }),
    preferences: optional(user, 'preferences', object) ?? {},
    administrator: field(user, 'administrator', boolean),
  };
}
