import type { Grant, Guest, Role } from '../protocol/frame.js';
import {
  array,
  boolean,
  field,
  integer,
  number,
  object,
  optional,
  readGrant,
  string,
  type Fields,
} from '../protocol/read.js';
import { call, decode, query } from './call.js';
import { asCaller, callerHeaders, type Caller } from './caller.js';
import { get } from './inSession.js';

export { firstDenied, may, mayEdit, type Denied, type Judged } from '../session/may.js';

/** Who gets into a session, and what they are there. */
export interface AccessSettings {
  /** A `Visibility`, or a word of a newer server. */
  readonly visibility: string;
  readonly maxUsers: number;
  /** What those are who come by the link or with the password. */
  readonly defaultRole: string;
  /** Whether those who are no members are asked for a password. */
  readonly password: boolean;
  /** What each {@link Role} may do where no grant says otherwise; absent where the server does not tell. */
  readonly permissions?: Readonly<Record<string, readonly string[]>>;
}

/** Somebody whose role is written down. */
export interface Member {
  readonly userId: string;
  /** A {@link Role}. */
  readonly role: string;
  readonly name: string;
  readonly since: string;
}

export interface Invitation {
  readonly id: string;
  readonly role: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  /** How many may follow it. */
  readonly uses: number;
  /** How many did. */
  readonly used: number;
}

/** An invitation just made: the token and the address that holds it are told only now. */
export interface IssuedInvitation extends Invitation {
  readonly token: string;
  readonly url: string;
}

/** A ban or a mute. */
export interface Sanction {
  readonly id: number;
  readonly kind: string;
  readonly userId?: string;
  /** Whether it is about an address, which is not told. */
  readonly address: boolean;
  /** Absent where it has no end. */
  readonly until?: string;
  readonly reason: string;
  readonly since: string;
}

export interface ModerationState {
  readonly frozen: boolean;
  readonly slowModeSeconds: number;
  readonly sanctions: readonly Sanction[];
}

/** What somebody told the moderators: about a user, an element or a chat message. */
export interface Report {
  readonly id: number;
  readonly reporter: string;
  readonly userId?: string;
  readonly element?: string;
  readonly messageId?: string;
  readonly reason: string;
  readonly at: string;
}

export interface ReportPage {
  /** The newest first. */
  readonly reports: readonly Report[];
  readonly nextCursor?: string;
}

/** One thing that was done to a session. */
export interface AuditEntry {
  /** Its place in the server's one chain. */
  readonly number: number;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: string;
  readonly hash: string;
}

export interface AuditPage {
  /** The newest first. */
  readonly entries: readonly AuditEntry[];
  readonly nextCursor?: string;
}

/** Reads who gets in. Like all of these, rejects with a `ProblemError`. */
export async function readAccess(baseUrl: string, sessionId: string, caller: Caller): Promise<AccessSettings> {
  return decode(await get(baseUrl, sessionId, '', caller), (answer) => {
    const permissions = optional(answer, 'permissions', readPermissions);
    return {
      visibility: field(answer, 'visibility', string),
      maxUsers: field(answer, 'maxUsers', integer),
      defaultRole: field(answer, 'defaultRole', string),
      password: field(answer, 'password', boolean),
      ...(permissions && { permissions }),
    };
  });
}

/** Puts a session away: read as before, not written to, and brought back by {@link bringBackSession}. */
export async function archiveSession(baseUrl: string, sessionId: string, caller: Caller): Promise<void> {
  await call(baseUrl, `/${encodeURIComponent(sessionId)}/archive`, { method: 'PUT', headers: callerHeaders(caller) });
}

/** Opens an archived session again, with everything that was in it. */
export async function bringBackSession(baseUrl: string, sessionId: string, caller: Caller): Promise<void> {
  await call(baseUrl, `/${encodeURIComponent(sessionId)}/archive`, { method: 'DELETE', headers: callerHeaders(caller) });
}

/** Reads the members. Like all of these, rejects with a `ProblemError`. */
export async function listMembers(baseUrl: string, sessionId: string, caller: Caller): Promise<readonly Member[]> {
  const body = await get(baseUrl, sessionId, '/members', caller);
  return decode(body, (answer) => field(answer, 'members', array(readMember)));
}

/** Gives somebody a role; with `transfer` and OWNER the calling owner becomes ADMIN by it. */
export async function putMember(
  baseUrl: string,
  sessionId: string,
  caller: Caller,
  userId: string,
  member: { readonly role: Role; readonly name?: string; readonly transfer?: boolean },
): Promise<Member> {
  const body = await send(baseUrl, sessionId, 'PUT', `/members/${encodeURIComponent(userId)}`, caller, member);
  return decode(body, (answer) => readMember(answer, 'member'));
}

/** Takes somebody out, oneself too. */
export async function removeMember(baseUrl: string, sessionId: string, caller: Caller, userId: string): Promise<void> {
  await send(baseUrl, sessionId, 'DELETE', `/members/${encodeURIComponent(userId)}`, caller);
}

export async function readGrants(baseUrl: string, sessionId: string, caller: Caller): Promise<readonly Grant[]> {
  return decode(await get(baseUrl, sessionId, '/grants', caller), (answer) => field(answer, 'grants', array(readGrant)));
}

/** Puts grants in place of those that are there. */
export async function putGrants(
  baseUrl: string,
  sessionId: string,
  caller: Caller,
  grants: readonly Grant[],
): Promise<readonly Grant[]> {
  const body = await send(baseUrl, sessionId, 'PUT', '/grants', caller, { grants });
  return decode(body, (answer) => field(answer, 'grants', array(readGrant)));
}

export async function createInvitation(
  baseUrl: string,
  sessionId: string,
  caller: Caller,
  invitation: { readonly role?: Role; readonly expiresInSeconds?: number; readonly uses?: number } = {},
): Promise<IssuedInvitation> {
  const body = await send(baseUrl, sessionId, 'POST', '/invitations', caller, invitation);
  return decode(body, (answer) => ({
    ...readInvitation(answer, 'invitation'),
    token: field(answer, 'token', string),
    url: field(answer, 'url', string),
  }));
}

export async function listInvitations(baseUrl: string, sessionId: string, caller: Caller): Promise<readonly Invitation[]> {
  const body = await get(baseUrl, sessionId, '/invitations', caller);
  return decode(body, (answer) => field(answer, 'invitations', array(readInvitation)));
}

export async function revokeInvitation(baseUrl: string, sessionId: string, caller: Caller, id: string): Promise<void> {
  await send(baseUrl, sessionId, 'DELETE', `/invitations/${encodeURIComponent(id)}`, caller);
}

/** Makes somebody a member without a connection; `connect({ invitation })` does the same. */
export async function acceptInvitation(
  baseUrl: string,
  sessionId: string,
  who: Guest | Caller,
  token: string,
): Promise<void> {
  await send(baseUrl, sessionId, 'POST', '/invitations/accept', asCaller(who), { token });
}

/** Sends somebody away, who may come again. */
export async function kick(baseUrl: string, sessionId: string, caller: Caller, userId: string): Promise<void> {
  await send(baseUrl, sessionId, 'POST', '/moderation/kick', caller, { userId });
}

/** Keeps somebody out, for some seconds or without end; with their address, also under other names. */
export async function ban(
  baseUrl: string,
  sessionId: string,
  caller: Caller,
  whom: {
    readonly userId?: string;
    readonly address?: string;
    readonly withAddress?: boolean;
    readonly seconds?: number;
    readonly reason?: string;
  },
): Promise<void> {
  await send(baseUrl, sessionId, 'POST', '/moderation/ban', caller, whom);
}

/** Lets somebody come again; a ban of an address by the id of the {@link Sanction}. */
export async function unban(
  baseUrl: string,
  sessionId: string,
  caller: Caller,
  whom: { readonly userId?: string; readonly address?: string; readonly sanction?: number },
): Promise<void> {
  await send(baseUrl, sessionId, 'POST', '/moderation/unban', caller, whom);
}

/** Keeps somebody from chatting, for some seconds or without end. */
export async function mute(
  baseUrl: string,
  sessionId: string,
  caller: Caller,
  userId: string,
  seconds?: number,
): Promise<void> {
  await send(baseUrl, sessionId, 'POST', '/moderation/mute', caller, { userId, ...(seconds !== undefined && { seconds }) });
}

export async function unmute(baseUrl: string, sessionId: string, caller: Caller, userId: string): Promise<void> {
  await send(baseUrl, sessionId, 'POST', '/moderation/unmute', caller, { userId });
}

/** Lets nobody below ADMIN edit, or everybody again who may. */
export async function setFrozen(baseUrl: string, sessionId: string, caller: Caller, frozen: boolean): Promise<void> {
  await send(baseUrl, sessionId, 'POST', `/moderation/${frozen ? 'freeze' : 'unfreeze'}`, caller, {});
}

/** Lets each say something once in so many seconds only; 0 ends it. */
export async function setSlowMode(baseUrl: string, sessionId: string, caller: Caller, seconds: number): Promise<void> {
  await send(baseUrl, sessionId, 'POST', '/moderation/slow-mode', caller, { seconds });
}

export async function readModeration(baseUrl: string, sessionId: string, caller: Caller): Promise<ModerationState> {
  return decode(await get(baseUrl, sessionId, '/moderation', caller), (answer) => ({
    frozen: field(answer, 'frozen', boolean),
    slowModeSeconds: field(answer, 'slowModeSeconds', number),
    sanctions: field(answer, 'sanctions', array(readSanction)),
  }));
}

/** Deletes the live elements that a user created; each of the changes can be undone by the caller. */
export async function removeContent(
  baseUrl: string,
  sessionId: string,
  caller: Caller,
  userId: string,
): Promise<{ readonly elements: number; readonly changeIds: readonly string[] }> {
  const body = await send(baseUrl, sessionId, 'POST', '/moderation/remove-content', caller, { userId });
  return decode(body, (answer) => ({
    elements: field(answer, 'elements', integer),
    changeIds: field(answer, 'changeIds', array(string)),
  }));
}

/** Undoes a change of the caller's own that was made over REST, as those of {@link removeContent}. */
export async function undoChange(baseUrl: string, sessionId: string, caller: Caller, changeId: string): Promise<void> {
  const { guest } = caller;
  const who = caller.token === undefined && guest ? { guest } : {};
  await send(baseUrl, sessionId, 'POST', `/changes/${encodeURIComponent(changeId)}/undo`, caller, who);
}

/** Tells the moderators about a user, an element or a chat message. */
export async function report(
  baseUrl: string,
  sessionId: string,
  who: Guest | Caller,
  what: { readonly userId?: string; readonly element?: string; readonly messageId?: string; readonly reason: string },
): Promise<Report> {
  const body = await send(baseUrl, sessionId, 'POST', '/reports', asCaller(who), what);
  return decode(body, (answer) => readReport(answer, 'report'));
}

export async function listReports(
  baseUrl: string,
  sessionId: string,
  caller: Caller,
  page: { readonly limit?: number; readonly cursor?: string } = {},
): Promise<ReportPage> {
  const body = await get(baseUrl, sessionId, `/reports${query({ ...page })}`, caller);
  return decode(body, (answer) => ({ reports: field(answer, 'reports', array(readReport)), ...cursor(answer) }));
}

/** Reads what was done to the session. */
export async function readAudit(
  baseUrl: string,
  sessionId: string,
  caller: Caller,
  page: { readonly limit?: number; readonly cursor?: string } = {},
): Promise<AuditPage> {
  const body = await get(baseUrl, sessionId, `/audit${query({ ...page })}`, caller);
  return decode(body, (answer) => ({ entries: field(answer, 'entries', array(readEntry)), ...cursor(answer) }));
}

function send(
  baseUrl: string,
  sessionId: string,
  method: 'PUT' | 'POST' | 'DELETE',
  path: string,
  caller: Caller,
  content?: object,
): Promise<unknown> {
  return call(baseUrl, `/${encodeURIComponent(sessionId)}${path}`, {
    method,
    headers: { ...(content && { 'Content-Type': 'application/json' }), ...callerHeaders(caller) },
    ...(content && { body: JSON.stringify(content) }),
  });
}

function readPermissions(value: unknown, where: string): Readonly<Record<string, readonly string[]>> {
  const byRole = object(value, where);
  return Object.fromEntries(Object.keys(byRole).map((role) => [role, field(byRole, role, array(string))]));
}

function readMember(value: unknown, where: string): Member {
  const member = object(value, where);
  return {
    userId: field(member, 'userId', string),
    role: field(member, 'role', string),
    name: field(member, 'name', string),
    since: field(member, 'since', string),
  };
}

function readInvitation(value: unknown, where: string): Invitation {
  const invitation = object(value, where);
  return {
    id: field(invitation, 'id', string),
    role: field(invitation, 'role', string),
    createdAt: field(invitation, 'createdAt', string),
    expiresAt: field(invitation, 'expiresAt', string),
    uses: field(invitation, 'uses', integer),
    used: field(invitation, 'used', integer),
  };
}

function readSanction(value: unknown, where: string): Sanction {
  const sanction = object(value, where);
  const userId = optional(sanction, 'userId', string);
  const until = optional(sanction, 'until', string);
  return {
    id: field(sanction, 'id', integer),
    kind: field(sanction, 'kind', string),
    ...(userId !== undefined && { userId }),
    address: field(sanction, 'address', boolean),
    ...(until !== undefined && { until }),
    reason: field(sanction, 'reason', string),
    since: field(sanction, 'since', string),
  };
}

function readReport(value: unknown, where: string): Report {
  const told = object(value, where);
  const userId = optional(told, 'userId', string);
  const element = optional(told, 'element', string);
  const messageId = optional(told, 'messageId', string);
  return {
    id: field(told, 'id', integer),
    reporter: field(told, 'reporter', string),
    ...(userId !== undefined && { userId }),
    ...(element !== undefined && { element }),
    ...(messageId !== undefined && { messageId }),
    reason: field(told, 'reason', string),
    at: field(told, 'at', string),
  };
}

function readEntry(value: unknown, where: string): AuditEntry {
  const entry = object(value, where);
  return {
    number: field(entry, 'number', integer),
    at: field(entry, 'at', string),
    actor: field(entry, 'actor', string),
    action: field(entry, 'action', string),
    subject: field(entry, 'subject', string),
    detail: field(entry, 'detail', string),
    hash: field(entry, 'hash', string),
  };
}

function cursor(answer: Fields): { readonly nextCursor?: string } {
  const nextCursor = optional(answer, 'nextCursor', string);
  return nextCursor === undefined ? {} : { nextCursor };
}
