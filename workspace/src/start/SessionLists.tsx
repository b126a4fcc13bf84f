import { useState } from 'react';
import { messages } from '../app/messages';
import { Icon } from '../ui/Icon';
import { PublicSessions } from './PublicSessions';
import { RecentSessions } from './RecentSessions';
import { usePublicSessions } from './usePublicSessions';
import { useRecentSessions } from './useRecentSessions';

const text = messages.start;

/** The ways back, and the ways to others: what one visited and what is open to everybody, searched together. */
export function SessionLists() {
  const [query, setQuery] = useState('');
  const recent = useRecentSessions();
  const open = usePublicSessions(query);
  const searchable = recent.sessions.length + open.sessions.length > 0;
  return (
    <div className="start-lists">
      {searchable && (
        <label className="search" data-testid="search">
          <Icon name="search" size={18} />
          <input
            type="search"
            className="input"
            aria-label={text.search}
            placeholder={text.searchPlaceholder}
            autoComplete="off"
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
            data-testid="search-field"
          />
        </label>
      )}
      <RecentSessions recent={recent} query={query} />
      <PublicSessions open={open} query={query} />
    </div>
  );
}
