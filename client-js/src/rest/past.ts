import { DocumentDraft } from '../document/document.js';
import type { Past } from '../history/replay.js';
import { readCommittedChange, readSnapshot } from '../protocol/decode.js';
import type { CommittedChange } from '../protocol/frame.js';
import { array, field, integer, object, optional, string } from '../protocol/read.js';
import { call, decode, query } from './call.js';
import { callerHeaders, type Caller } from './caller.js';
import { get } from './inSession.js';

/** Who did how much in a part of a history. */
export interface Share {
  readonly userId: string;
  /** The last name that the user had in the session. */
  readonly name?: string;
  readonly changes: number;
}

/** A part of a history. */
export interface Activity {
  /** Its first and its last revision. */
  readonly from: number;
  readonly to: number;
  /** When the last of them was committed, RFC 3339. */
  readonly at: string;
  readonly changes: number;
  /** Whoever did most comes first. */
  readonly users: readonly Share[];
}

/** A history from afar: what is drawn beside a scrubber. */
export interface Timeline {
  readonly from: number;
  readonly to: number;
  /** The newest revision when it was read. */
  readonly head: number;
  /** When the first and the last one was committed; absent where nothing happened. */
  readonly startAt?: string;
  readonly endAt?: string;
  /** The oldest first; parts in which nothing happened may be left out. */
  readonly buckets: readonly Activity[];
}

/** Who wrote a cell last. */
export interface Blame {
  readonly element: string;
  readonly elementType: string;
  /** As in a difference. */
  readonly cell: string;
  readonly name?: string;
  readonly item?: string;
  readonly by: Writer;
}

export interface Writer {
  readonly userId: string;
  readonly name?: string;
  readonly changeId: string;
  readonly revision: number;
  /** RFC 3339. */
  readonly at: string;
}

export interface BlamePage {
  readonly revision: number;
  readonly cells: readonly Blame[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

/** As many changes as one answer has at most. */
const MOST_CHANGES = 1000;

/** What a replay of a session's history reads from, over REST. */
export function pastOf(baseUrl: string, sessionId: string, callerOf: () => Promise<Caller>, branch?: string): Past {
  const read = async (path: string): Promise<unknown> => {
    return call(baseUrl, `/${encodeURIComponent(sessionId)}${path}`, { headers: callerHeaders(await callerOf()) });
  };
  return {
    async document(revision) {
      const body = await read(`/document${query({ revision, branch })}`);
      return decode(body, (answer) => DocumentDraft.of(readSnapshot(answer, 'answer')).finish());
    },
    async changes(from, to) {
      const changes: CommittedChange[] = [];
      let cursor: string | undefined;
      do {
        const body = await read(`/changes${query({ from, to, limit: MOST_CHANGES, cursor, branch })}`);
        const page = decode(body, (answer) => ({
          changes: field(answer, 'changes', array(readCommittedChange)),
          next: optional(answer, 'nextCursor', string),
        }));
        changes.push(...page.changes);
        cursor = page.next;
      } while (cursor !== undefined);
      return changes;
    },
  };
}

/** Reads who did how much when. Rejects with a `ProblemError`, as all of these. */
export async function readTimeline(
  baseUrl: string,
  sessionId: string,
  caller: Caller,
  which: { readonly branch?: string; readonly from?: number; readonly to?: number; readonly buckets?: number } = {},
): Promise<Timeline> {
  const body = await get(baseUrl, sessionId, `/timeline${query({ ...which })}`, caller);
  return decode(body, (answer) => {
    const [startAt, endAt] = [optional(answer, 'startAt', string), optional(answer, 'endAt', string)];
    return {
      from: field(answer, 'from', integer),
      to: field(answer, 'to', integer),
      head: field(answer, 'head', integer),
      ...(startAt !== undefined && { startAt }),
      ...(endAt !== undefined && { endAt }),
      buckets: field(answer, 'buckets', array(readActivity)),
    };
  });
}

/** Reads who wrote what last: of one element, or of the whole document in pages. */
export async function readBlame(
  baseUrl: string,
  sessionId: string,
  caller: Caller,
  which: {
    readonly branch?: string;
    readonly revision?: number | string;
    readonly element?: string;
    readonly limit?: number;
    readonly cursor?: string;
  } = {},
): Promise<BlamePage> {
  const body = await get(baseUrl, sessionId, `/blame${query({ ...which })}`, caller);
  return decode(body, (answer) => {
    const nextCursor = optional(answer, 'nextCursor', string);
    return {
      revision: field(answer, 'revision', integer),
      cells: field(answer, 'cells', array(readCell)),
      ...(nextCursor !== undefined && { nextCursor }),
    };
  });
}

function readActivity(value: unknown, where: string): Activity {
  const activity = object(value, where);
  return {
    from: field(activity, 'from', integer),
    to: field(activity, 'to', integer),
    at: field(activity, 'at', string),
    changes: field(activity, 'changes', integer),
    users: field(activity, 'users', array(readShare)),
  };
}

function readShare(value: unknown, where: string): Share {
  const share = object(value, where);
  const name = optional(share, 'name', string);
  return { userId: field(share, 'userId', string), ...(name !== undefined && { name }), changes: field(share, 'changes', integer) };
}

function readCell(value: unknown, where: string): Blame {
  const cell = object(value, where);
  const [name, item] = [optional(cell, 'name', string), optional(cell, 'item', string)];
  return {
    element: field(cell, 'element', string),
    elementType: field(cell, 'elementType', string),
    cell: field(cell, 'cell', string),
    ...(name !== undefined && { name }),
    ...(item !== undefined && { item }),
    by: readWriter(cell['by'], `${where}.by`),
  };
}

function readWriter(value: unknown, where: string): Writer {
  const by = object(value, where);
  const name = optional(by, 'name', string);
  return {
    userId: field(by, 'userId', string),
    ...(name !== undefined && { name }),
    changeId: field(by, 'changeId', string),
    revision: field(by, 'revision', integer),
    at: field(by, 'at', string),
  };
}
