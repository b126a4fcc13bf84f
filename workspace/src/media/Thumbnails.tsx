import type { Session } from '@chorale/client';
import { putThumbnail } from '@chorale/client/assets';
import { useLayoutEffect } from 'react';
import { callerFor } from '../account/caller';
import { MAIN } from '../branches/address';
import { useWorkspace } from '../session/WorkspaceContext';
import { sceneLinkOf } from './sceneLink';
import { isPhotographer, ThumbnailKeeper } from './thumbnailKeeper';

/** Whoever only looks changes nothing about a session, its picture neither. */
const editorsIn = ({ participants }: Session) => [...participants.values()].filter(({ role }) => role !== 'VIEWER');

/** Keeps the session's picture up to date while one is in it, and when one leaves. Shows nothing. */
export function Thumbnails() {
  const workspace = useWorkspace();
  // A layout effect ends while the scene still stands: the last picture is taken then.
  useLayoutEffect(() => {
    const { session } = workspace;
    const keeper = new ThumbnailKeeper({
      revision: () => session.document.revision,
      // The session's picture is that of main.
      isMine: () => session.branch === MAIN && session.state === 'online' && session.self?.permissions?.includes('EDIT') !== false && isPhotographer(editorsIn(session), session.self?.participantId),
      capture: async () => sceneLinkOf(workspace)?.photograph(),
      put: async (picture) => putThumbnail(window.location.origin, session.sessionId, await callerFor(session.sessionId), picture),
    });
    const stop = session.on('document', () => keeper.changed());
    const hidden = () => {
      if (document.visibilityState === 'hidden') keeper.leave();
    };
    document.addEventListener('visibilitychange', hidden);
    return () => {
      stop();
      document.removeEventListener('visibilitychange', hidden);
      keeper.leave();
    };
  }, [workspace]);
  return null;
}
