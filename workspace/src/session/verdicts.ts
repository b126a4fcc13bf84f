import type { Conflict, Operation, Overwritten, Problem, SyncReport } from '@chorale/client';
import { isProblem } from '@chorale/client';
import { messages } from '../app/messages';
import { concerns } from '../conflicts/choices';
import { isBeginning } from '../parameters/parameterSet';
import { joined, reportOf } from '../report/syncReport';
import { denialTold, readDenial } from '../sharing/denial';
import type { Workspace } from './workspace';
import { changeText, elementName, registerName, valueText } from './wording';

/** Tells what the server and the others did with one's edits. */
export class Verdicts {
  /** Conflicts that were one's own to decide, so that one is told how they end. */
  private readonly concerning = new Set<string>();
  /** Elements whose deletion was told already, with a way back. */
  private readonly toldDeleted = new Set<string>();

  constructor(private readonly workspace: Workspace) {}

  /** Whether one was told that an element is deleted; asked once. */
  toldOf(id: string): boolean {
    return this.toldDeleted.delete(id);
  }

  conflictsChanged(open: ReadonlyMap<string, Conflict>): void {
    const userId = this.workspace.session.self?.userId;
    for (const conflict of open.values()) if (concerns(conflict, userId)) this.concerning.add(conflict.id);
  }

  conflictEnded({ id, status, resolution, element, path, current }: Conflict): void {
    const { workspace } = this;
    if (status === 'OPEN' || !this.concerning.delete(id)) return;
    if (resolution === undefined || resolution.userId === workspace.session.self?.userId) return;
    const { document } = workspace.session;
    const name = workspace.acquaintance(resolution.userId).name;
    const [what, value] = [registerName(document, element, path), valueText(current.value, path)];
    const { chose, choseAverage, superseded } = messages.conflict;
    const told = status === 'SUPERSEDED' ? superseded : resolution.choice === 'AVERAGE' ? choseAverage : chose;
    workspace.notify({ tone: 'neutral', about: `conflict ${element} ${path.join()}`, title: told(name, value, what) });
  }

  refused(changeId: string, problem: Problem, operations: readonly Operation[]): void {
    const { workspace } = this;
    const { session } = workspace;
    // Somebody else began the session in the same moment: what they began with is the same.
    if (isBeginning(operations)) {
      session.dismissRefused(changeId);
      return;
    }
    const decision = operations.find((operation) => operation.op === 'resolve');
    if (decision) {
      session.dismissRefused(changeId);
      workspace.takeUp(decision.conflict);
      const stale = isProblem(problem, 'conflict-stale');
      workspace.notify({ tone: 'neutral', title: stale ? messages.conflict.stale : messages.conflict.faster });
      return;
    }
    const edit = changeText(session.document, operations);
    if (isProblem(problem, 'forbidden')) {
      const { title, detail } = denialTold(readDenial(problem, session.self), session.document);
      workspace.notify({ tone: 'danger', about: `refused ${changeId}`, title, detail: `${edit}. ${detail}` });
      return;
    }
    const held = isProblem(problem, 'locked') ? operations.flatMap((each) => ('id' in each ? [each.id] : [])).find((id) => workspace.foreignLock(id)) : undefined;
    const lock = held === undefined ? undefined : workspace.foreignLock(held);
    const isBy = lock && held !== undefined ? messages.lock.isBy(elementName(session.document, held), workspace.acquaintance(lock.userId, lock.name).name) : undefined;
    workspace.notify({ tone: 'danger', title: isBy ?? branchRefusal(problem) ?? problem.title, detail: edit });
  }

  overwritten(overwritten: Overwritten): void {
    const { workspace } = this;
    const { code, element, path, by, restoring } = overwritten;
    const { document } = workspace.session;
    const name = workspace.acquaintance(by.userId).name;
    const deleted = code === 'EDIT_DELETED' || path === undefined;
    if (deleted) this.toldDeleted.add(element);
    const { toast } = messages;
    workspace.notify({
      tone: 'neutral',
      about: `overwritten ${element} ${path?.join() ?? ''}`,
      title: deleted ? toast.deletedYours(name, elementName(document, element)) : toast.overwrote(name, registerName(document, element, path)),
      ...(restoring.length > 0 && {
        action: { label: deleted ? toast.bringBack : toast.restoreMine, run: () => workspace.restoreMine(overwritten) },
      }),
    });
  }

  synced(report: SyncReport): void {
    const { workspace } = this;
    if (report.conflicted.length + report.refused.length === 0) {
      workspace.notify({ tone: 'neutral', about: 'synced', title: messages.synced.all(report.sent) });
      return;
    }
    const { document, self } = workspace.session;
    const next = reportOf(report, document, (userId) => workspace.acquaintance(userId).name, self);
    workspace.store.setState(({ report: earlier }) => ({ report: joined(earlier, next) }));
  }
}

/** That the branch takes no edits from anybody, if that is why. */
function branchRefusal(problem: Problem): string | undefined {
  if (isProblem(problem, 'branch-archived')) return messages.lock.branchArchived;
  return isProblem(problem, 'branch-protected') ? messages.lock.branchProtected : undefined;
}
