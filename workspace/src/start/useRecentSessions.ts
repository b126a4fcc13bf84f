import { ProblemError, readSession, type SessionDetails } from '@chorale/client';
import { useEffect, useState } from 'react';
import { callerFor } from '../account/caller';
import { browserStorage } from '../app/storage';
import { forgetOwnerKey } from './ownerKeys';
import { forgetVisit, readRecent, refreshRecent, type RecentSession } from './recentSessions';

export interface Recent {
  readonly sessions: readonly RecentSession[];
  /** What the server says about a session now, by its id, where it has said so. */
  readonly known: ReadonlyMap<string, SessionDetails>;
  readonly forget: (sessionId: string) => void;
}

/** The sessions that this browser visited, with what the server says about them now. */
export function useRecentSessions(): Recent {
  const [sessions, setSessions] = useState(() => readRecent(browserStorage));
  const [known, setKnown] = useState<ReadonlyMap<string, SessionDetails>>(new Map());

  useEffect(() => {
    let left = false;
    for (const { sessionId, closed } of readRecent(browserStorage)) {
      if (closed) continue;
      void lookUp(sessionId).then((found) => {
        if (left || found === undefined) return;
        refreshRecent(browserStorage, sessionId, found === 'gone' ? { closed: true } : { name: found.name, closed: found.closed });
        setSessions(readRecent(browserStorage));
        if (found !== 'gone') setKnown((before) => new Map(before).set(sessionId, found));
      });
    }
    return () => {
      left = true;
    };
  }, []);

  const forget = (sessionId: string) => {
    forgetVisit(browserStorage, sessionId);
    forgetOwnerKey(browserStorage, sessionId);
    setSessions(readRecent(browserStorage));
  };
  return { sessions, known, forget };
}

/** What the server says: the session, that it has none such, or (undefined) nothing for now. */
async function lookUp(sessionId: string): Promise<SessionDetails | 'gone' | undefined> {
  try {
    return await readSession(window.location.origin, sessionId, await callerFor(sessionId));
  } catch (failure) {
    return failure instanceof ProblemError && (failure.problem.status === 404 || failure.problem.status === 410) ? 'gone' : undefined;
  }
}
