import { messages, relativeTime } from '../app/messages';
import { browserStorage } from '../app/storage';
import { IconButton } from '../ui/Button';
import { Illustration } from './Illustration';
import { named } from './named';
import { ownerKeyOf } from './ownerKeys';
import { SessionRow } from './SessionRow';
import type { Recent } from './useRecentSessions';

const text = messages.start;

export function RecentSessions({ recent: { sessions, known, forget }, query }: { readonly recent: Recent; readonly query: string }) {
  const found = named(sessions, query);
  return (
    <section aria-labelledby="recent-title" className="list-section">
      <h2 id="recent-title">{text.recent}</h2>
      {sessions.length === 0 ? (
        <div className="empty" data-testid="recent-empty">
          <Illustration />
          <p className="empty-title">{text.recentEmpty}</p>
          <p>{text.recentEmptyDetail}</p>
        </div>
      ) : (
        <ul className="session-list" data-testid="recent-sessions">
          {found.map(({ sessionId, name, visitedAt, closed }) => {
            const details = known.get(sessionId);
            const present = details?.participants;
            const said = [relativeTime(visitedAt, Date.now()), !closed && present !== undefined && text.people(present)];
            return (
              <SessionRow
                key={sessionId}
                sessionId={sessionId}
                name={name}
                kind={details?.kind}
                thumbnail={details?.thumbnail}
                isPrivate={details?.visibility === 'private'}
                closed={closed}
                live={!closed && (present ?? 0) > 0}
                details={said.filter((part) => part !== false)}
                badge={ownerKeyOf(browserStorage, sessionId) !== undefined && !closed ? text.owner : undefined}
              >
                <IconButton icon="close" label={text.forget(name)} hint="none" className="icon-button-small" onClick={() => forget(sessionId)} data-testid="recent-forget" />
              </SessionRow>
            );
          })}
          {found.length === 0 && <li className="list-none">{text.noMatch(query.trim())}</li>}
        </ul>
      )}
    </section>
  );
}
