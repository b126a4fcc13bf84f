import type { Workspace } from '../session/workspace';
import { historyMessages } from './messages';

/** Shows the session as it was in the place of how it is; at a revision, else at the newest one. */
export function lookBack({ live }: Workspace, revision?: number): void {
  const { past } = live.store.getState();
  if (past) {
    if (revision !== undefined) past.seek(revision);
    return;
  }
  import('./lookingBack').then(
    ({ LookingBack }) => LookingBack.begin(live, revision),
    // The page is older than the server, or there is no connection.
    () => live.notify({ tone: 'danger', about: 'timeline', title: historyMessages.timelineFailed }),
  );
}
