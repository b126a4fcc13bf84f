import type { JsonObject, JsonValue } from '../protocol/json.js';
import type { ProblemError } from '../protocol/problem.js';
import { array, boolean, field, integer, json, object, oneOf, present, shape, string, type Reader } from '../protocol/read.js';
import { decode, query } from './call.js';
import type { Caller } from './caller.js';
import { readDifference, type Difference } from './differences.js';
import { get, send } from './inSession.js';

/** Who did something, and what they were called then. */
export interface Contributor {
  readonly userId: string;
  readonly name: string;
}

const STATUSES = ['open', 'merged', 'closed'] as const;
export type MergeRequestStatus = (typeof STATUSES)[number];

const VERDICTS = ['APPROVED', 'CHANGES_REQUESTED'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Who was asked to look at a merge request, and what they found. */
export interface Reviewer extends Contributor {
  /** Absent while they have not said. */
  readonly verdict?: Verdict;
  readonly at?: string;
  /** Whether the source was changed since: then the verdict does not count any more. */
  readonly stale?: boolean;
}

/** The wish to bring one branch into its parent or its child. */
export interface MergeRequest {
  /** `m` and a number. */
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly title: string;
  readonly description?: string;
  readonly author: Contributor;
  readonly status: MergeRequestStatus;
  readonly createdAt: string;
  /** Absent where one of the branches is gone, as may be */
  readonly head?: { readonly source: number; readonly target: number };
  /** what the two had in common last. */
  readonly base?: { readonly branch: string; readonly revision: number };
  readonly reviewers: readonly Reviewer[];
  /** Those that count, */
  readonly approvals: number;
  /** of those that are needed. */
  readonly requiredApprovals: number;
  /** Conflicts that nobody decided. */
  readonly openConflicts: number;
  /** How many cells the source has otherwise than the base. */
  readonly differences: number;
  readonly mergeable: boolean;
  /** Slugs of the problems that merging it would have now. */
  readonly blockers: readonly string[];
  readonly merged?: { readonly revision: number; readonly by: Contributor; readonly at: string };
}

export interface MergeRequestPage {
  /** The newest first. */
  readonly mergeRequests: readonly MergeRequest[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

/** What everybody is told when a merge request is new or different. */
export type MergeRequestNews = Pick<MergeRequest, 'id' | 'source' | 'target' | 'title' | 'status'>;

export interface NewMergeRequest {
  readonly source: string;
  /** The source's parent where absent. */
  readonly target?: string;
  /** 1 to 120 characters. */
  readonly title: string;
  readonly description?: string;
  /** Users who are asked to look at it. */
  readonly reviewers?: readonly string[];
}

/** What may be changed about a merge request; what is left out stays. */
export interface MergeRequestSettings {
  readonly title?: string;
  readonly description?: string;
  readonly reviewers?: readonly string[];
  readonly status?: 'open' | 'closed';
}

const CHOICES = ['OURS', 'THEIRS', 'AVERAGE', 'VALUE'] as const;
/** Ours is what the target has, theirs what the source has. */
export type MergeChoice = (typeof CHOICES)[number];

/** Which of an element's cells, as in a {@link Difference}. */
export interface MergeCell {
  readonly element: string;
  readonly cell: string;
  readonly name?: string;
  readonly item?: string;
}

/** Something that both branches have otherwise than before. */
export interface MergeConflict extends MergeCell {
  readonly elementType: string;
  /** `BOTH_CHANGED`, `BOTH_MOVED`, `DELETED_AND_EDITED`, `MISSING` or `CYCLE`; others may come. */
  readonly reason: string;
  /** Absent where it was not there. */
  readonly base?: JsonValue;
  /** Absent where the target does not have it. */
  readonly ours?: JsonValue;
  /** Absent where the source does not have it. */
  readonly theirs?: JsonValue;
  /** Those that it can be ended by. */
  readonly choices: readonly MergeChoice[];
  /** What somebody chose; absent while nobody did, and again once a value changed. */
  readonly choice?: ChosenMerge;
}

export interface ChosenMerge {
  readonly choice: MergeChoice;
  readonly value?: JsonValue;
  readonly by: Contributor;
  readonly at: string;
}

/** How a conflict is to end; with the values that were looked at, so that nobody decides about others. */
export interface MergeDecision extends MergeCell {
  readonly choice: MergeChoice;
  /** With the choice `VALUE`, and with it only. */
  readonly value?: JsonValue;
  readonly ours?: JsonValue;
  readonly theirs?: JsonValue;
}

export interface MergeComment {
  readonly commentId: string;
  readonly author: Contributor;
  readonly text: string;
  readonly at: string;
}

export interface MergeCommentPage {
  readonly comments: readonly MergeComment[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

export interface MergeDiff {
  readonly differences: readonly Difference[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

/** What became of a merge or a cherry-pick: one change, which can be undone. */
export interface Merged {
  readonly changeId: string;
  readonly revision: number;
}

/** Takes one change of another branch over. */
export interface CherryPick {
  readonly changeId: string;
  readonly from: string;
  /** Where to; `main` where absent. */
  readonly branch?: string;
  /** How the conflicts end, after an answer {@link conflictsIn}. */
  readonly choices?: readonly MergeDecision[];
}

interface Page {
  readonly limit?: number;
  readonly cursor?: string;
}

const readContributor: Reader<Contributor> = shape({ userId: string, name: string });

const readReviewer: Reader<Reviewer> = shape(
  { userId: string, name: string },
  { verdict: oneOf(VERDICTS), at: string, stale: boolean },
);

const readBody: Reader<MergeRequest> = shape(
  {
    id: string,
    source: string,
    target: string,
    title: string,
    author: readContributor,
    status: oneOf(STATUSES),
    createdAt: string,
    reviewers: array(readReviewer),
    approvals: integer,
    requiredApprovals: integer,
    openConflicts: integer,
    differences: integer,
    mergeable: boolean,
    blockers: array(string),
  },
  {
    description: string,
    head: shape({ source: integer, target: integer }),
    base: shape({ branch: string, revision: integer }),
    merged: shape({ revision: integer, by: readContributor, at: string }),
  },
);

const readNews: Reader<MergeRequestNews> = shape({
  id: string,
  source: string,
  target: string,
  title: string,
  status: oneOf(STATUSES),
});

const readPlainChoice = shape({ choice: oneOf(CHOICES), by: readContributor, at: string });

const readPlainConflict = shape(
  { element: string, elementType: string, cell: string, reason: string },
  { name: string, item: string, choice: readChoice },
);

const readComment: Reader<MergeComment> = shape({ commentId: string, author: readContributor, text: string, at: string });

const readMerged = shape({ changeId: string, revision: integer });

/** What an event `mergeRequest` of a session tells. */
export function mergeRequestIn(news: JsonObject): MergeRequestNews {
  return decode(news, (frame) => field(frame, 'mergeRequest', readNews));
}

/** The conflicts that a refusal `merge-conflicts` names; none where it names none. */
export function conflictsIn(failure: ProblemError): readonly MergeConflict[] {
  const { answer } = failure;
  const tells = typeof answer === 'object' && answer !== null && 'conflicts' in answer;
  return tells ? decode(answer, readConflicts) : [];
}

/** Asks for a merge. Like all of these, rejects with a `ProblemError`: `unrelated-branches`, … */
export async function createMergeRequest(
  baseUrl: string,
  sessionId: string,
  caller: Caller,
  request: NewMergeRequest,
): Promise<MergeRequest> {
  return asRequest(await send('POST', baseUrl, sessionId, '/merge-requests', caller, request));
}

export async function listMergeRequests(
  baseUrl: string,
  sessionId: string,
  caller: Caller,
  page: Page & { readonly status?: MergeRequestStatus } = {},
): Promise<MergeRequestPage> {
  const body = await get(baseUrl, sessionId, `/merge-requests${query({ ...page })}`, caller);
  return decode(body, (answer) => shape({ mergeRequests: array(readBody) }, { nextCursor: string })(answer, 'answer'));
}

export async function readMergeRequest(baseUrl: string, sessionId: string, caller: Caller, id: string): Promise<MergeRequest> {
  return asRequest(await get(baseUrl, sessionId, pathOf(id), caller));
}

/** Changes what a merge request says, closes it or opens it again. */
export async function updateMergeRequest(
  baseUrl: string,
  sessionId: string,
  caller: Caller,
  id: string,
  settings: MergeRequestSettings,
): Promise<MergeRequest> {
  return asRequest(await send('PATCH', baseUrl, sessionId, pathOf(id), caller, settings));
}

/** What the source has that the base has not. */
export async function readMergeDiff(
  baseUrl: string,
  sessionId: string,
  caller: Caller,
  id: string,
  page: Page = {},
): Promise<MergeDiff> {
  const body = await get(baseUrl, sessionId, pathOf(id, `/diff${query({ ...page })}`), caller);
  return decode(body, (answer) => shape({ differences: array(readDifference) }, { nextCursor: string })(answer, 'answer'));
}

export async function readMergeConflicts(
  baseUrl: string,
  sessionId: string,
  caller: Caller,
  id: string,
): Promise<readonly MergeConflict[]> {
  return decode(await get(baseUrl, sessionId, pathOf(id, '/conflicts'), caller), readConflicts);
}

/** Decides conflicts; `conflict-stale` where a value is another one meanwhile. Answers all conflicts as they are then. */
export async function decideMergeConflicts(
  baseUrl: string,
  sessionId: string,
  caller: Caller,
  id: string,
  choices: readonly MergeDecision[],
): Promise<readonly MergeConflict[]> {
  const body = await send('PUT', baseUrl, sessionId, pathOf(id, '/choices'), caller, { choices });
  return decode(body, readConflicts);
}

export async function commentMergeRequest(
  baseUrl: string,
  sessionId: string,
  caller: Caller,
  id: string,
  text: string,
): Promise<MergeComment> {
  const body = await send('POST', baseUrl, sessionId, pathOf(id, '/comments'), caller, { text });
  return decode(body, (answer) => readComment(answer, 'comment'));
}

export async function listMergeComments(
  baseUrl: string,
  sessionId: string,
  caller: Caller,
  id: string,
  page: Page = {},
): Promise<MergeCommentPage> {
  const body = await get(baseUrl, sessionId, pathOf(id, `/comments${query({ ...page })}`), caller);
  return decode(body, (answer) => shape({ comments: array(readComment) }, { nextCursor: string })(answer, 'answer'));
}

/** Says what one found; not for one's own request. */
export async function reviewMergeRequest(
  baseUrl: string,
  sessionId: string,
  caller: Caller,
  id: string,
  review: { readonly verdict: Verdict; readonly text?: string },
): Promise<void> {
  await send('POST', baseUrl, sessionId, pathOf(id, '/reviews'), caller, review);
}

/** Merges, as one change of the target: `merge-conflicts`, `approvals-missing`, `branch-protected`, … where that cannot be. */
export async function mergeMergeRequest(baseUrl: string, sessionId: string, caller: Caller, id: string): Promise<Merged> {
  const body = await send('POST', baseUrl, sessionId, pathOf(id, '/merge'), caller, {});
  return decode(body, (answer) => readMerged(answer, 'merged'));
}

/** Takes one change over; `merge-conflicts` where it meets others, see {@link conflictsIn}. */
export async function cherryPick(baseUrl: string, sessionId: string, caller: Caller, pick: CherryPick): Promise<Merged> {
  const body = await send('POST', baseUrl, sessionId, '/cherry-picks', caller, pick);
  return decode(body, (answer) => readMerged(answer, 'picked'));
}

function asRequest(body: unknown): MergeRequest {
  return decode(body, (answer) => readBody(answer, 'mergeRequest'));
}

function readConflicts(answer: Readonly<Record<string, unknown>>): readonly MergeConflict[] {
  return field(answer, 'conflicts', array(readConflict));
}

function readConflict(value: unknown, where: string): MergeConflict {
  const fields = object(value, where);
  const known = array(string)(fields['choices'], `${where}.choices`);
  return {
    ...readPlainConflict(value, where),
    ...valuesOf(fields, 'base', 'ours', 'theirs'),
    // What newer servers offer besides is not offered here.
    choices: CHOICES.filter((choice) => known.includes(choice)),
  };
}

function readChoice(value: unknown, where: string): ChosenMerge {
  return { ...readPlainChoice(value, where), ...valuesOf(object(value, where), 'value') };
}

/** The values that are there; null is one like every other. */
function valuesOf<N extends string>(fields: Readonly<Record<string, unknown>>, ...names: readonly N[]): { readonly [K in N]?: JsonValue } {
  const found = names.flatMap((name): [string, JsonValue][] => {
    const value = present(fields, name, json);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(found) as { readonly [K in N]?: JsonValue };
}

function pathOf(id: string, rest = ''): string {
  return `/merge-requests/${encodeURIComponent(id)}${rest}`;
}
