import { isProblem, ProblemError, type Caller } from '@chorale/client';
import { createMergeRequest, listMergeRequests, mergeMergeRequest, type MergeRequest } from '@chorale/client/history';
import { branchWords } from '../branches/dialogMessages';

/** What became of fetching what is new: it is there, or a proposal has conflicts that wait for a decision. */
export interface Fetched {
  readonly id: string;
  readonly merged: boolean;
}

/** Brings what is new in a branch's parent to it: at once where nothing is in the way, else as a proposal. */
export async function fetchNews(sessionId: string, caller: Caller, parent: string, branch: string): Promise<Fetched> {
  const request = await askedFor(sessionId, caller, parent, branch);
  if (!request.mergeable) return { id: request.id, merged: false };
  try {
    await mergeMergeRequest(window.location.origin, sessionId, caller, request.id);
    return { id: request.id, merged: true };
  } catch (failure) {
    // Somebody changed the same a moment ago: then that is what has to be looked at.
    if (failure instanceof ProblemError && isProblem(failure.problem, 'merge-conflicts')) return { id: request.id, merged: false };
    throw failure;
  }
}

async function askedFor(sessionId: string, caller: Caller, source: string, target: string): Promise<MergeRequest> {
  const title = branchWords.updateTitle(source, target);
  try {
    return await createMergeRequest(window.location.origin, sessionId, caller, { source, target, title });
  } catch (failure) {
    if (!(failure instanceof ProblemError) || !isProblem(failure.problem, 'merge-request-exists')) throw failure;
    const { mergeRequests } = await listMergeRequests(window.location.origin, sessionId, caller, { status: 'open' });
    const open = mergeRequests.find((request) => request.source === source && request.target === target);
    if (!open) throw failure;
    return open;
  }
}
