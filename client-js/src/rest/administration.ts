import { array, boolean, field, object, optional, string } from '../protocol/read.js';
import { readUser, type User } from './account.js';
import { decode, query } from './call.js';
import { accountCall } from './me.js';

/** An account as administrators see it. */
export interface AccountOfUser extends User {
  readonly disabled: boolean;
  readonly createdAt: string;
}

export interface UsersPage {
  readonly users: readonly AccountOfUser[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

/** An address that works once, for whoever has it. */
export interface OneTimeLink {
  readonly link: string;
  readonly expiresAt: string;
}

/** Something that was done to an account. */
export interface AccountEvent {
  readonly at: string;
  /** A `userId`; empty where nobody knows. */
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: string;
}

export interface AccountEventsPage {
  /** The newest first. */
  readonly entries: readonly AccountEvent[];
  readonly nextCursor?: string;
}

interface Page {
  readonly limit?: number;
  readonly cursor?: string;
}

/** Lists accounts, for administrators as all of these. Each rejects with a `ProblemError`. */
export async function listUsers(baseUrl: string, token: string, page: Page = {}): Promise<UsersPage> {
  return decode(await accountCall(baseUrl, 'GET', `users${query({ ...page })}`, token), (answer) => {
    const nextCursor = optional(answer, 'nextCursor', string);
    return { users: field(answer, 'users', array(readAccount)), ...(nextCursor !== undefined && { nextCursor }) };
  });
}

/** Disables an account, which ends all its sign-ins at once, or makes it an administrator's. */
export async function administerUser(
  baseUrl: string,
  token: string,
  userId: string,
  change: { readonly disabled?: boolean; readonly administrator?: boolean },
): Promise<AccountOfUser> {
  return decode(await accountCall(baseUrl, 'PATCH', pathOf(userId), token, change), (answer) =>
    readAccount(answer, 'user'),
  );
}

/** Erases an account for good. */
export async function eraseUser(baseUrl: string, token: string, userId: string): Promise<void> {
  await accountCall(baseUrl, 'DELETE', pathOf(userId), token);
}

/** Makes a link by which somebody chooses a new password. */
export async function makeResetLink(baseUrl: string, token: string, userId: string): Promise<OneTimeLink> {
  return readLink(await accountCall(baseUrl, 'POST', `${pathOf(userId)}/reset-link`, token));
}

/** Makes a link by which one person registers. */
export async function inviteUser(baseUrl: string, token: string): Promise<OneTimeLink> {
  return readLink(await accountCall(baseUrl, 'POST', 'users/invitations', token));
}

/** Reads what was done to accounts. */
export async function readAccountEvents(baseUrl: string, token: string, page: Page = {}): Promise<AccountEventsPage> {
  return decode(await accountCall(baseUrl, 'GET', `users/audit${query({ ...page })}`, token), (answer) => {
    const nextCursor = optional(answer, 'nextCursor', string);
    return { entries: field(answer, 'entries', array(readEvent)), ...(nextCursor !== undefined && { nextCursor }) };
  });
}

function pathOf(userId: string): string {
  return `users/${encodeURIComponent(userId)}`;
}

function readAccount(value: unknown, where: string): AccountOfUser {
  const account = object(value, where);
  return {
    ...readUser(value, where),
    disabled: field(account, 'disabled', boolean),
    createdAt: field(account, 'createdAt', string),
  };
}

function readLink(value: unknown): OneTimeLink {
  return decode(value, (answer) => ({ link: field(answer, 'link', string), expiresAt: field(answer, 'expiresAt', string) }));
}

function readEvent(value: unknown, where: string): AccountEvent {
  const entry = object(value, where);
  return {
    at: field(entry, 'at', string),
    actor: field(entry, 'actor', string),
    action: field(entry, 'action', string),
    subject: field(entry, 'subject', string),
    detail: field(entry, 'detail', string),
  };
}
