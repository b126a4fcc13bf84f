import { isProblem, ProblemError } from '@chorale/client';
import { revert, undoChange, type RevisionName } from '@chorale/client/history';
import { callerFor } from '../account/caller';
import { messages } from '../app/messages';
import type { Workspace } from '../session/workspace';
import { historyMessages } from './messages';

const text = historyMessages;

/** Makes everything what it was, for everybody, and tells so with a way back. Rejects where the server refuses. */
export async function goBack(workspace: Workspace, to: RevisionName, name: string): Promise<void> {
  const { session } = workspace;
  const { sessionId, branch } = session;
  const before = session.document.revision;
  const { changeId, revision } = await revert(window.location.origin, sessionId, await callerFor(sessionId), to, undefined, branch);
  if (revision <= before) {
    workspace.notify({ tone: 'neutral', about: 'version', title: text.same(name) });
    return;
  }
  workspace.notify({ tone: 'neutral', about: 'version', title: text.gone(name), action: { label: text.undo, run: () => undo(workspace, changeId) } });
}

function undo(workspace: Workspace, changeId: string): void {
  const { sessionId, branch } = workspace.session;
  void callerFor(sessionId)
    .then((caller) => undoChange(window.location.origin, sessionId, caller, changeId, branch))
    .then(
      () => workspace.notify({ tone: 'neutral', about: 'version', title: text.undone }),
      (reason: unknown) => workspace.notify({ tone: 'danger', about: 'version', title: text.notUndone, detail: reasonOf(reason) }),
    );
}

/** Why something failed, as people read it. */
export function reasonOf(failure: unknown): string {
  if (!(failure instanceof ProblemError) || failure.problem.status >= 500) return messages.start.unreachable;
  if (isProblem(failure.problem, 'version-name-taken')) return text.taken;
  return failure.problem.detail ?? failure.problem.title;
}
