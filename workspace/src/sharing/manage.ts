import { ProblemError, isProblem, type Caller, type Problem } from '@chorale/client';
import { callerFor } from '../account/caller';
import { messages } from '../app/messages';
import type { Workspace } from '../session/workspace';
import { denialTold, isManager, readDenial } from './denial';

/**
 * Who one is in what one does to a session: oneself where one manages it, so that the audit log and what can be undone are
 * one's own; else with the owner key of this browser.
 */
export async function actorIn(workspace: Workspace): Promise<Caller> {
  const { sessionId, self } = workspace.session;
  const { ownerKey, ...oneself } = await callerFor(sessionId);
  const known = oneself.token !== undefined || oneself.guest !== undefined;
  return ownerKey !== undefined && !(known && isManager(self)) ? { ...oneself, ownerKey } : oneself;
}

/** Does something to the session; false, and a notice, where the server does not take it. */
export async function manage(workspace: Workspace, act: (caller: Caller, sessionId: string) => Promise<unknown>): Promise<boolean> {
  try {
    await act(await actorIn(workspace), workspace.session.sessionId);
    return true;
  } catch (failure) {
    workspace.notify({ tone: 'danger', about: 'manage', title: messages.toast.refused, detail: failureText(workspace, failure) });
    return false;
  }
}

/** Why something was not done, in words. */
export function failureText(workspace: Workspace, failure: unknown): string {
  if (!(failure instanceof ProblemError)) return String(failure);
  return problemText(workspace, failure.problem);
}

function problemText({ session }: Workspace, problem: Problem): string {
  if (isProblem(problem, 'unreachable')) return messages.start.unreachable;
  if (!isProblem(problem, 'forbidden')) return problem.detail === undefined ? problem.title : `${problem.title} — ${problem.detail}`;
  const { title, detail } = denialTold(readDenial(problem, session.self), session.document);
  return `${title}. ${detail}`;
}
