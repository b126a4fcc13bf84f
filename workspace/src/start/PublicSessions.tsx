import { messages, relativeTime } from '../app/messages';
import { Button } from '../ui/Button';
import { named } from './named';
import { SessionRow } from './SessionRow';
import type { Open } from './usePublicSessions';

const text = messages.start;

export function PublicSessions({ open: { sessions, more }, query }: { readonly open: Open; readonly query: string }) {
  if (sessions.length === 0 && more === undefined) return null;
  const found = named(sessions, query);
  return (
    <section aria-labelledby="public-title" className="list-section">
      <h2 id="public-title">{text.publicSessions}</h2>
      <p className="list-hint">{text.publicHint}</p>
      <ul className="session-list" data-testid="public-sessions">
        {found.map(({ sessionId, name, kind, thumbnail, createdAt, maxUsers }) => (
          <SessionRow
            key={sessionId}
            sessionId={sessionId}
            name={name}
            kind={kind}
            thumbnail={thumbnail}
            closed={false}
            live={false}
            details={[...(kind === 'parameters' ? [text.kinds.parameters] : []), relativeTime(Date.parse(createdAt), Date.now()), text.room(maxUsers)]}
          />
        ))}
        {found.length === 0 && <li className="list-none">{text.noMatch(query.trim())}</li>}
      </ul>
      {more && (
        <Button className="list-more" onClick={more} data-testid="public-more">
          {text.more}
        </Button>
      )}
    </section>
  );
}
