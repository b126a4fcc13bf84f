import { ProblemError, readSession, type SessionDetails } from '@chorale/client';
import { useEffect, useState } from 'react';
import { messages, relativeTime } from '../app/messages';
import { browserStorage } from '../app/storage';
import { IconButton } from '../ui/Button';
import { Illustration } from './Illustration';
import { forgetOwnerKey, ownerKeyOf } from './ownerKeys';
import { forgetVisit, readRecent, refreshRecent } from './recentSessions';
import { SessionRow } from './SessionRow';

const text = messages.start;

export function RecentSessions() {
  const [recent, setRecent] = useState(() => readRecent(browserStorage));
  const [people, setPeople] = useState<ReadonlyMap<string, number>>(new Map());

  useEffect(() => {
    let left = false;
    for (const { sessionId, closed } of readRecent(browserStorage)) {
      if (closed) continue;
      void lookUp(sessionId).then((found) => {
        if (left || found === undefined) return;
        refreshRecent(browserStorage, sessionId, found === 'gone' ? { closed: true } : { name: found.name, closed: found.closed });
        setRecent(readRecent(browserStorage));
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
    setRecent(readRecent(browserStorage));
  };

  return (
    <section aria-labelledby="recent-title" className="list-section">
      <h2 id="recent-title">{text.recent}</h2>
      {recent.length === 0 ? (
        <div className="empty" data-testid="recent-empty">
          <Illustration />
          <p className="empty-title">{text.recentEmpty}</p>
          <p>{text.recentEmptyDetail}</p>
        </div>
      ) : (
        <ul className="session-list" data-testid="recent-sessions">
          {recent.map(({ sessionId, name, visitedAt, closed }) => {
            const present = people.get(sessionId);
            const details = [relativeTime(visitedAt, Date.now()), !closed && present !== undefined && messages.start.people(present)];
            return (
              <SessionRow key={sessionId} sessionId={sessionId} name={name} closed={closed} live={!closed && (present ?? 0) > 0} details={details.filter((part) => part !== false)} badge={ownerKeyOf(browserStorage, sessionId) !== undefined && !closed ? text.owner : undefined}>
                <IconButton icon="close" label={text.forget(name)} hint="none" className="icon-button-small" onClick={() => forget(sessionId)} data-testid="recent-forget" />
              </SessionRow>
            );
          })}
        </ul>
      )}
    </section>
  );
}

/** What the server says: the session, that it has none such, or (undefined) nothing for now. */
async function lookUp(sessionId: string): Promise<SessionDetails | 'gone' | undefined> {
  try {
    return await readSession(window.location.origin, sessionId);
  } catch (failure) {
    return failure instanceof ProblemError && (failure.problem.status === 404 || failure.problem.status === 410) ? 'gone' : undefined;
  }
}
