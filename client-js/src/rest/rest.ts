import { DocumentDraft, type DocumentView } from '../document/document.js';
import { readCommittedChange, readSnapshot } from '../protocol/decode.js';
import type { Action, ChatMessage, CommittedChange, Guest, PolicySettings, Role, SessionInfo } from '../protocol/frame.js';
import {
  field,
  readChatMessage,
  readSessionInfo,
  string,
  integer,
  boolean,
  array,
  object,
  optional,
  type Fields,
} from '../protocol/read.js';
import { call, decode, query } from './call.js';
import { callerHeaders, type Caller } from './caller.js';

export type SessionKind = 'scene' | 'parameters' | 'canvas' | 'bench';
export type Visibility = 'private' | 'link' | 'public';

export interface CreateSessionRequest {
  readonly name: string;
  readonly kind: SessionKind;
  readonly maxUsers?: number;
  readonly visibility?: Visibility;
  /** How conflicts are settled; the default of the kind where absent. */
  readonly conflictPolicy?: PolicySettings;
  /** Who creates it: with a secret they are its OWNER. */
  readonly guest?: Guest;
  /** Asked of those who are no members yet. */
  readonly password?: string;
  /** What those are who come by the link or with the password; COLLABORATOR where absent. */
  readonly defaultRole?: 'COLLABORATOR' | 'VIEWER';
  /** What roles may do otherwise than by default (docs/permissions.md). */
  readonly permissions?: Readonly<Partial<Record<Role, readonly Action[]>>>;
}

/** What the owner changes; the rest stays, and a null password is none any more. */
export type SessionSettings = Partial<Omit<CreateSessionRequest, 'kind' | 'guest' | 'password'>> & {
  readonly password?: string | null;
};

/** A document as it was at a revision. */
export interface DocumentAt {
  readonly document: DocumentView;
  /** The document's hash, as {@link documentHash} computes it. */
  readonly hash: string;
}

export interface ChangesPage {
  readonly changes: readonly CommittedChange[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

/** Which changes: from and to are inclusive revisions. */
export interface ChangesQuery {
  readonly from?: number;
  readonly to?: number;
  /** One user's only. */
  readonly user?: string;
  /** Those of one element only. */
  readonly element?: string;
  readonly limit?: number;
  readonly cursor?: string;
  /** `main` where absent. */
  readonly branch?: string;
}

export interface ChatPage {
  /** The newest first. */
  readonly messages: readonly ChatMessage[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

export interface CreatedSession {
  readonly sessionId: string;
  readonly joinUrl: string;
  readonly createdAt: string;
  /** Whoever holds it may close the session; it is told only once. */
  readonly ownerKey: string;
}

/** A session as REST tells of it. */
export interface SessionSummary extends SessionInfo {
  /** The path of its picture on the server, another one whenever the picture changes; absent where there is none. */
  readonly thumbnail?: string;
}

export interface SessionDetails extends SessionSummary {
  /** Whether nobody takes part any more; archived ones are closed too. */
  readonly closed: boolean;
  /** Whether its owner can bring it back. */
  readonly archived: boolean;
  readonly visibility: string;
  /** How many are present. */
  readonly participants: number;
}

export interface SessionPage {
  readonly sessions: readonly SessionSummary[];
  readonly nextCursor?: string;
}

/** Creates a session, which belongs to the caller with an account. Like all of these, rejects with a `ProblemError`. */
export async function createSession(
  baseUrl: string,
  request: CreateSessionRequest,
  caller: Caller = {},
): Promise<CreatedSession> {
  const body = await call(baseUrl, '', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...callerHeaders(caller) },
    body: JSON.stringify(request),
  });
  return decode(body, (answer) => ({
    sessionId: field(answer, 'sessionId', string),
    joinUrl: field(answer, 'joinUrl', string),
    createdAt: field(answer, 'createdAt', string),
    ownerKey: field(answer, 'ownerKey', string),
  }));
}

/** Reads a session, closed or not. One that is for members only asks who calls, here and below. */
export async function readSession(baseUrl: string, sessionId: string, caller?: Caller): Promise<SessionDetails> {
  const body = await call(baseUrl, `/${encodeURIComponent(sessionId)}`, as(caller));
  return decode(body, (answer) => ({
    ...readSummary(answer, 'session'),
    closed: field(answer, 'closed', boolean),
    archived: optional(answer, 'archived', boolean) ?? false,
    visibility: field(answer, 'visibility', string),
    participants: field(answer, 'participants', integer),
  }));
}

/** Lists the public sessions that are open, or those that are archived, newest first; the last page has no `nextCursor`. */
export async function listSessions(
  baseUrl: string,
  { archived, ...page }: { readonly limit?: number; readonly cursor?: string; readonly archived?: boolean } = {},
  caller?: Caller,
): Promise<SessionPage> {
  const body = await call(baseUrl, query({ ...page, archived: archived ? 'true' : undefined }), as(caller));
  return decode(body, (answer) => ({ sessions: field(answer, 'sessions', array(readSummary)), ...cursor(answer) }));
}

/** Changes a session's settings; everybody in it is told. The caller is the owner key, or who may do so. */
export async function updateSession(
  baseUrl: string,
  sessionId: string,
  caller: string | Caller,
  settings: SessionSettings,
): Promise<SessionInfo> {
  const body = await call(baseUrl, `/${encodeURIComponent(sessionId)}`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json', ...callerHeaders(caller) },
    body: JSON.stringify(settings),
  });
  return decode(body, (answer) => readSessionInfo(answer, 'session'));
}

/** Reads the document as it is, or as it was at a revision or a time. */
export async function readDocument(
  baseUrl: string,
  sessionId: string,
  moment: { readonly revision?: number; readonly at?: Date; readonly branch?: string } = {},
  caller?: Caller,
): Promise<DocumentAt> {
  const path = `/${encodeURIComponent(sessionId)}/document${query({ ...moment, at: moment.at?.toISOString() })}`;
  return decode(await call(baseUrl, path, as(caller)), (answer) => ({
    document: DocumentDraft.of(readSnapshot(answer, 'answer')).finish(),
    hash: field(answer, 'hash', string),
  }));
}

/** Reads what was committed, the oldest first. */
export async function readChanges(
  baseUrl: string,
  sessionId: string,
  which: ChangesQuery = {},
  caller?: Caller,
): Promise<ChangesPage> {
  const body = await call(baseUrl, `/${encodeURIComponent(sessionId)}/changes${query({ ...which })}`, as(caller));
  return decode(body, (answer) => ({ changes: field(answer, 'changes', array(readCommittedChange)), ...cursor(answer) }));
}

/** Reads what was said, the newest first. */
export async function readChat(
  baseUrl: string,
  sessionId: string,
  page: { readonly limit?: number; readonly cursor?: string } = {},
  caller?: Caller,
): Promise<ChatPage> {
  const body = await call(baseUrl, `/${encodeURIComponent(sessionId)}/chat${query({ ...page })}`, as(caller));
  return decode(body, (answer) => ({ messages: field(answer, 'messages', array(readChatMessage)), ...cursor(answer) }));
}

/** Closes a session for everybody. */
export async function closeSession(baseUrl: string, sessionId: string, caller: string | Caller): Promise<void> {
  await call(baseUrl, `/${encodeURIComponent(sessionId)}`, {
    method: 'DELETE',
    headers: callerHeaders(caller),
  });
}

function as(caller: Caller | undefined): RequestInit {
  return caller ? { headers: callerHeaders(caller) } : {};
}

function readSummary(value: unknown, where: string): SessionSummary {
  const thumbnail = optional(object(value, where), 'thumbnail', string);
  return { ...readSessionInfo(value, where), ...(thumbnail !== undefined && { thumbnail }) };
}

function cursor(answer: Fields): { readonly nextCursor?: string } {
  const nextCursor = optional(answer, 'nextCursor', string);
  return nextCursor === undefined ? {} : { nextCursor };
}
