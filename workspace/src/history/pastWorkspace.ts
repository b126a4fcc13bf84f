import type { ProblemError } from '@chorale/client';
import { pastSession, type Replay } from '@chorale/client/history';
import type { Acquaintance } from '../presence/acquaintances';
import { Workspace, type Notice } from '../session/workspace';
import { timelineMessages } from './timelineMessages';

/** One's seat at a session as it was: a selection of one's own, and nothing that can be changed. */
export class PastWorkspace extends Workspace {
  override readonly live: Workspace;

  constructor(live: Workspace, replay: Replay) {
    const { objectsOpen, selection } = live.store.getState();
    super(pastSession(live.session, replay), objectsOpen);
    this.live = live;
    this.selection.set(selection);
  }

  override acquaintance(userId: string | undefined, told?: string): Acquaintance {
    return this.live.acquaintance(userId, told);
  }

  override notify(notice: Omit<Notice, 'id'>): void {
    this.live.notify(notice);
  }

  override withdraw(about: string): void {
    this.live.withdraw(about);
  }

  override notifyProblem(title: string, problem: ProblemError['problem']): void {
    this.live.notifyProblem(title, problem);
  }

  /** Whatever one may do now: not here. */
  override tellDenied(): void {
    this.notify({ tone: 'neutral', about: 'past', title: timelineMessages.unchangeable, detail: timelineMessages.unchangeableDetail });
  }
}
