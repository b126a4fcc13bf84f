import { readAccountEvents, type AccountEvent } from '@chorale/client/account';
import { useCallback, useEffect, useState } from 'react';
import { named } from '../start/named';
import { Button } from '../ui/Button';
import { FormError } from './FormError';
import { accountMessages, atMoment } from './messages';
import { account } from './present';
import { Search } from './Search';
import { useDoing } from './useDoing';

const text = accountMessages.admin;
const PAGE = 100;

/** What was done to accounts, the newest first. */
export function AccountEvents({ names }: { readonly names: ReadonlyMap<string, string> }) {
  const [events, setEvents] = useState<readonly AccountEvent[]>([]);
  const [cursor, setCursor] = useState<string>();
  const [query, setQuery] = useState('');
  const { busy, failure, run } = useDoing();

  const read = useCallback(async (from: string | undefined) => {
    const page = await readAccountEvents(window.location.origin, await account.token(), { limit: PAGE, ...(from !== undefined && { cursor: from }) });
    setEvents((known) => [...(from === undefined ? [] : known), ...page.entries]);
    setCursor(page.nextCursor);
  }, []);
  // As the page comes up, and not whenever what it does changes.
  const [first] = useState(() => () => run(() => read(undefined)));
  useEffect(() => void first(), [first]);

  const nameOf = (userId: string) => (userId === '' ? text.events.nobody : (names.get(userId) ?? userId));
  const lines = events.map((event) => {
    const deed = text.deeds[event.action] ?? event.action;
    return { event, deed, name: `${deed} ${event.detail} ${nameOf(event.actor)} ${nameOf(event.subject)}` };
  });
  const found = named(lines, query);
  return (
    <>
      <div className="people-tools">
        <Search label={text.events.search} placeholder={text.events.searchPlaceholder} value={query} onChange={setQuery} testId="events-search" />
      </div>
      <FormError>{failure}</FormError>
      <div className="events">
        <table className="events-table" data-testid="account-events">
          <thead>
            <tr>
              <th scope="col">{text.events.when}</th>
              <th scope="col">{text.events.what}</th>
              <th scope="col">{text.events.who}</th>
              <th scope="col">{text.events.whom}</th>
            </tr>
          </thead>
          <tbody>
            {found.map(({ event, deed }, index) => (
              <tr key={`${event.at} ${index}`} data-action={event.action}>
                <td>{atMoment(event.at)}</td>
                <td>
                  {deed}
                  {event.detail !== '' && <span className="events-detail">{event.detail}</span>}
                </td>
                <td>{nameOf(event.actor)}</td>
                <td>{nameOf(event.subject)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {found.length === 0 && !busy && <p className="account-none">{text.events.none}</p>}
      {cursor !== undefined && (
        <Button disabled={busy} onClick={() => void run(() => read(cursor))}>
          {text.more}
        </Button>
      )}
    </>
  );
}
