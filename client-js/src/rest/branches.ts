import type { JsonObject } from '../protocol/json.js';
import { array, boolean, field, integer, optional, shape, string, type Reader } from '../protocol/read.js';
import { decode, query } from './call.js';
import type { Caller } from './caller.js';
import { get, remove, send } from './inSession.js';

/** Somebody who is on a branch at this moment. */
export interface BranchPerson {
  readonly participantId: string;
  readonly userId: string;
  readonly name: string;
  readonly color: string;
}

/** A line of revisions of its own, which began as a revision of its parent. */
export interface Branch {
  /** `main` is there always. */
  readonly name: string;
  /** Absent for `main`. */
  readonly parent?: string;
  /** The parent's revision that it began with; its own go on from there. */
  readonly forkRevision: number;
  readonly head: number;
  readonly description?: string;
  readonly createdBy?: { readonly userId: string; readonly name: string };
  readonly createdAt: string;
  /** Since when nobody edits it, RFC 3339. */
  readonly archivedAt?: string;
  /** Changes come in through merge requests only, and these need so many approvals. */
  readonly protection?: { readonly approvals: number };
  readonly people: readonly BranchPerson[];
  /** Its changes that the parent does not have, */
  readonly ahead: number;
  /** and the parent's that it does not have. */
  readonly behind: number;
}

export interface BranchPage {
  readonly branches: readonly Branch[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

export interface NewBranch {
  /** 1 to 64 characters: a letter, then letters, digits, space, `.`, `_` and `-`; not like a version's id. */
  readonly name: string;
  readonly description?: string;
  /** The branch that it begins from; `main` where absent. */
  readonly from?: string;
  /** That branch's revision, or a version's id; its newest one where absent. */
  readonly revision?: number | string;
}

/** What may be changed about a branch; what is left out stays. */
export interface BranchSettings {
  readonly description?: string;
  readonly archived?: boolean;
  /** Null takes the protection away. */
  readonly protection?: { readonly approvals: number } | null;
}

const readPerson: Reader<BranchPerson> = shape({ participantId: string, userId: string, name: string, color: string });

const readBranchBody: Reader<Branch> = shape(
  { name: string, forkRevision: integer, head: integer, createdAt: string, people: array(readPerson), ahead: integer, behind: integer },
  {
    parent: string,
    description: string,
    createdBy: shape({ userId: string, name: string }),
    archivedAt: string,
    protection: shape({ approvals: integer }),
  },
);

/** What an event `branch` of a session tells: a branch as it is now, or was until it was deleted. */
export function branchIn(news: JsonObject): { readonly branch: Branch; readonly deleted: boolean } {
  return decode(news, (frame) => ({
    branch: field(frame, 'branch', readBranchBody),
    deleted: optional(frame, 'deleted', boolean) ?? false,
  }));
}

/** Makes a branch. Like all of these, rejects with a `ProblemError`: `branch-name-taken`, `limit-exceeded`, … */
export async function createBranch(baseUrl: string, sessionId: string, caller: Caller, branch: NewBranch): Promise<Branch> {
  return decode(await send('POST', baseUrl, sessionId, '/branches', caller, branch), asBranch);
}

/** Lists the branches, those that are archived where asked for. */
export async function listBranches(
  baseUrl: string,
  sessionId: string,
  caller: Caller,
  { archived = false, ...page }: { readonly archived?: boolean; readonly limit?: number; readonly cursor?: string } = {},
): Promise<BranchPage> {
  const body = await get(baseUrl, sessionId, `/branches${query({ archived: archived ? 'true' : undefined, ...page })}`, caller);
  return decode(body, (answer) => shape({ branches: array(readBranchBody) }, { nextCursor: string })(answer, 'answer'));
}

export async function readBranch(baseUrl: string, sessionId: string, caller: Caller, name: string): Promise<Branch> {
  return decode(await get(baseUrl, sessionId, pathOf(name), caller), asBranch);
}

/** Archives or protects a branch, or says something else about it. */
export async function updateBranch(
  baseUrl: string,
  sessionId: string,
  caller: Caller,
  name: string,
  settings: BranchSettings,
): Promise<Branch> {
  return decode(await send('PATCH', baseUrl, sessionId, pathOf(name), caller, settings), asBranch);
}

/** Deletes a branch; `branch-in-use` while anybody or anything needs it. */
export async function deleteBranch(baseUrl: string, sessionId: string, caller: Caller, name: string): Promise<void> {
  await remove(baseUrl, sessionId, pathOf(name), caller);
}

function asBranch(answer: Readonly<Record<string, unknown>>): Branch {
  return readBranchBody(answer, 'branch');
}

function pathOf(name: string): string {
  return `/branches/${encodeURIComponent(name)}`;
}
