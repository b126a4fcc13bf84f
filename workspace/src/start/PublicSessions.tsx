import { listSessions, type SessionInfo } from '@chorale/client';
import { useEffect, useState } from 'react';
import { messages, relativeTime } from '../app/messages';
import { Button } from '../ui/Button';
import { SessionRow } from './SessionRow';

const text = messages.start;
const PAGE = 10;

export function PublicSessions() {
  const [sessions, setSessions] = useState<readonly SessionInfo[]>([]);
  const [cursor, setCursor] = useState<string>();

  useEffect(() => {
    let left = false;
    // An old or unreachable server only means that this section stays away.
    listSessions(window.location.origin, { limit: PAGE }).then(
      (page) => {
        if (left) return;
        setSessions(page.sessions);
        setCursor(page.nextCursor);
      },
      () => undefined,
    );
    return () => {
      left = true;
    };
  }, []);

  const more = async () => {
    if (cursor === undefined) return;
    const page = await listSessions(window.location.origin, { limit: PAGE, cursor }).catch(() => undefined);
    if (page === undefined) return;
    setSessions((known) => [...known, ...page.sessions.filter((next) => known.every(({ sessionId }) => sessionId !== next.sessionId))]);
    setCursor(page.nextCursor);
  };

  const shown = sessions.filter(({ kind }) => kind === 'scene' || kind === 'parameters');
  if (shown.length === 0 && cursor === undefined) return null;
  return (
    <section aria-labelledby="public-title" className="list-section">
      <h2 id="public-title">{text.publicSessions}</h2>
      <p className="list-hint">{text.publicHint}</p>
      <ul className="session-list" data-testid="public-sessions">
        {shown.map(({ sessionId, name, kind, createdAt, maxUsers }) => (
          <SessionRow key={sessionId} sessionId={sessionId} name={name} closed={false} live={false} details={[...(kind === 'parameters' ? [text.kinds.parameters] : []), relativeTime(Date.parse(createdAt), Date.now()), text.room(maxUsers)]} />
        ))}
      </ul>
      {cursor !== undefined && (
        <Button className="list-more" onClick={() => void more()} data-testid="public-more">
          {text.more}
        </Button>
      )}
    </section>
  );
}
