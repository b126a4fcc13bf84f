import type { JsonObject } from '../protocol/json.js';
import { array, field, integer, object, optional, string } from '../protocol/read.js';
import { decode, query } from './call.js';
import type { Caller } from './caller.js';
import { readDifference, type Difference } from './differences.js';
import { get, send } from './inSession.js';

export { pastSession } from '../history/pastSession.js';
export { LONGEST_PAUSE_MS, Playback, SPEEDS, type Speed } from '../history/playback.js';
export { Replay, type Past, type ReplayEvents } from '../history/replay.js';
export {
  pastOf,
  readBlame,
  readTimeline,
  type Activity,
  type Blame,
  type BlamePage,
  type Share,
  type Timeline,
  type Writer,
} from './past.js';

/** A revision that somebody gave a name, for ever. */
export interface Version {
  /** `v` and a number. */
  readonly versionId: string;
  /** That the revision is of. */
  readonly branch: string;
  readonly revision: number;
  readonly name: string;
  readonly description?: string;
  readonly author: { readonly userId: string; readonly name: string };
  /** When it was named, RFC 3339; the revision may be older. */
  readonly createdAt: string;
}

export interface VersionPage {
  /** The newest first. */
  readonly versions: readonly Version[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

export interface DiffPage {
  readonly from: number;
  readonly to: number;
  /** By element. */
  readonly differences: readonly Difference[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

/** What a call names a revision by: its number, a version's id, a branch, or `name@number`. */
export type RevisionName = number | string;

/** What became of a revert. */
export interface Reverted {
  /** By which it can be undone; where nothing had to be done there is no such change. */
  readonly changeId: string;
  readonly revision: number;
}

/** What an event `version` of a session tells. */
export function versionIn(news: JsonObject): Version {
  return decode(news, (frame) => field(frame, 'version', readVersionBody));
}

/** Names a revision, the newest one where none is given. Like all of these, rejects with a `ProblemError`: `version-name-taken`, … */
export async function createVersion(
  baseUrl: string,
  sessionId: string,
  caller: Caller,
  version: { readonly name: string; readonly description?: string; readonly revision?: number; readonly branch?: string },
): Promise<Version> {
  return decode(await send('POST', baseUrl, sessionId, '/versions', caller, version), (answer) => readVersionBody(answer, 'version'));
}

export async function listVersions(
  baseUrl: string,
  sessionId: string,
  caller: Caller,
  page: { readonly limit?: number; readonly cursor?: string } = {},
): Promise<VersionPage> {
  const body = await get(baseUrl, sessionId, `/versions${query({ ...page })}`, caller);
  return decode(body, (answer) => {
    const nextCursor = optional(answer, 'nextCursor', string);
    return { versions: field(answer, 'versions', array(readVersionBody)), ...(nextCursor !== undefined && { nextCursor }) };
  });
}

export async function readVersion(baseUrl: string, sessionId: string, caller: Caller, versionId: string): Promise<Version> {
  const body = await get(baseUrl, sessionId, `/versions/${encodeURIComponent(versionId)}`, caller);
  return decode(body, (answer) => readVersionBody(answer, 'version'));
}

/** What differs between two revisions; the second one is the newest where it is not given. */
export async function readDiff(
  baseUrl: string,
  sessionId: string,
  caller: Caller,
  between: {
    readonly from: RevisionName;
    readonly to?: RevisionName;
    /** That a number is of; `main` where absent. */
    readonly branch?: string;
    readonly limit?: number;
    readonly cursor?: string;
  },
): Promise<DiffPage> {
  const body = await get(baseUrl, sessionId, `/diff${query({ ...between })}`, caller);
  return decode(body, (answer) => {
    const nextCursor = optional(answer, 'nextCursor', string);
    return {
      from: field(answer, 'from', integer),
      to: field(answer, 'to', integer),
      differences: field(answer, 'differences', array(readDifference)),
      ...(nextCursor !== undefined && { nextCursor }),
    };
  });
}

/** Makes a branch's document, or some elements of it, what it was: as one change, which can be undone. */
export async function revert(
  baseUrl: string,
  sessionId: string,
  caller: Caller,
  to: RevisionName,
  elements?: readonly string[],
  branch?: string,
): Promise<Reverted> {
  const body = await send('POST', baseUrl, sessionId, '/revert', caller, { to, elements, branch });
  return decode(body, readDone);
}

/** Undoes one of the caller's own changes. */
export async function undoChange(
  baseUrl: string,
  sessionId: string,
  caller: Caller,
  changeId: string,
  branch?: string,
): Promise<Reverted> {
  return decode(await send('POST', baseUrl, sessionId, `/changes/${encodeURIComponent(changeId)}/undo`, caller, { branch }), readDone);
}

function readDone(answer: Readonly<Record<string, unknown>>): Reverted {
  return { changeId: field(answer, 'changeId', string), revision: field(answer, 'revision', integer) };
}

function readVersionBody(value: unknown, where: string): Version {
  const version = object(value, where);
  const description = optional(version, 'description', string);
  const author = object(version['author'], `${where}.author`);
  return {
    versionId: field(version, 'versionId', string),
    branch: field(version, 'branch', string),
    revision: field(version, 'revision', integer),
    name: field(version, 'name', string),
    ...(description !== undefined && { description }),
    author: { userId: field(author, 'userId', string), name: field(author, 'name', string) },
    createdAt: field(version, 'createdAt', string),
  };
}

export * from './branches.js';
export type { Difference } from './differences.js';
export * from './mergeRequests.js';
