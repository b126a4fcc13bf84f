import type { Problem } from '@chorale/client';
import type { StoreApi } from 'zustand/vanilla';
import { randomId } from '../app/ids';
import type { Notice, WorkspaceState } from './workspaceState';

const MOST_NOTICES = 3;

/** What one is told in passing. */
export class NoticeBoard {
  constructor(private readonly store: StoreApi<WorkspaceState>) {}

  notify(notice: Omit<Notice, 'id'>): void {
    const { about, title, detail } = notice;
    const shown = this.store.getState().notices.find((each) => about !== undefined && each.about === about);
    if (shown?.title === title && shown.detail === detail && notice.action === undefined) return;
    const id = randomId(6);
    const others = (notices: readonly Notice[]) => notices.filter((each) => about === undefined || each.about !== about);
    this.store.setState(({ notices }) => ({ notices: [...others(notices), { ...notice, id }].slice(-MOST_NOTICES) }));
  }

  notifyProblem(title: string, problem: Problem): void {
    this.notify({ tone: 'danger', title, detail: problem.detail ?? problem.title });
  }

  /** Takes back what was told about something, where it is over. */
  withdraw(about: string): void {
    const { notices } = this.store.getState();
    if (notices.some((notice) => notice.about === about)) this.store.setState({ notices: notices.filter((notice) => notice.about !== about) });
  }

  dismiss(id: string): void {
    this.store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
  }
}
