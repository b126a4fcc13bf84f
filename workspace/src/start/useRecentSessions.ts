import { ProblemError, readSession, type SessionDetails } from '@chorale/client';
import { useEffect, useState } from 'react';
import { browserStorage } from '../app/storage';
import { forgetOwnerKey } from './ownerKeys';
import { forgetVisit, readRecent, refreshRecent, type RecentSession } from './recentSessions';

export interface Recent {
  readonly sessions: readonly RecentSession[];
  /** How many people are in a session, by its id, where the server has said so. */
  readonly people: ReadonlyMap<string, number>;
  readonly forget: (sessionId: string) => void;
}

/** The sessions that this browser visited, with what the server says about them now. */
export function useRecentSessions(): Recent {
  const [sessions, setSessions] = useState(() => readRecent(browserStorage));
  const [people, setPeople] = useState<ReadonlyMap<string, number>>(new Map());

  useEffect(() => {
    let left = false;
    for (const { sessionId, closed } of readRecent(browserStorage)) {
      if (closed) continue;
      void lookUp(sessionId).then((found) => {
        if (left || found === undefined) return;
        refreshRecent(browserStorage, sessionId, found === 'gone' ? { closed: true } : { name: found.name, closed: found.closed });
        setSessions(readRecent(browserStorage));
        if (found !== 'gone') setPeople((known) => new Map(known).set(sessionId, found.participants));
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
  return { sessions, people, forget };
}

/** What the server says: the session, that it has none such, or (undefined) nothing for now. */
async function lookUp(sessionId: string): Promise<SessionDetails | 'gone' | undefined> {
  try {
    return await readSession(window.location.origin, sessionId);
  } catch (failure) {
    return failure instanceof ProblemError && (failure.problem.status === 404 || failure.problem.status === 410) ? 'gone' : undefined;
  }
}
