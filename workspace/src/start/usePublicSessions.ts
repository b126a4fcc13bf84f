import { isProblem, listSessions, ProblemError, type SessionPage, type SessionSummary } from '@chorale/client';
import { useCallback, useEffect, useState } from 'react';
import { caller } from '../account/caller';
import { account } from '../account/present';
import { named } from './named';

const PAGE = 10;
/** So many pages are read for one search by themselves. */
const MOST_PAGES = 20;

export interface Open {
  readonly sessions: readonly SessionSummary[];
  /** Reads the next page; undefined on the last one. */
  readonly more: (() => void) | undefined;
}

interface Pages {
  readonly sessions: readonly SessionSummary[];
  readonly cursor: string | undefined;
  readonly read: number;
}

/** The sessions that are open to everybody, page by page; a search reads on until it has found enough. */
export function usePublicSessions(query: string): Open {
  const [{ sessions, cursor, read }, setPages] = useState<Pages>({ sessions: [], cursor: undefined, read: 0 });

  const readPage = useCallback(async (from: string | undefined, isLeft: () => boolean) => {
    // An old or unreachable server only means that this section stays as it is.
    const page = await readFrom({ limit: PAGE, ...(from !== undefined && { cursor: from }) }).catch(() => undefined);
    if (page === undefined || isLeft()) return;
    const shown = page.sessions.filter(({ kind }) => kind === 'scene' || kind === 'parameters');
    setPages((known) => ({
      sessions: [...known.sessions, ...shown.filter((next) => known.sessions.every(({ sessionId }) => sessionId !== next.sessionId))],
      cursor: page.nextCursor,
      read: known.read + 1,
    }));
  }, []);

  const searching = query.trim() !== '' && read < MOST_PAGES && named(sessions, query).length < PAGE;
  const wanted = read === 0 || (searching && cursor !== undefined);
  useEffect(() => {
    if (!wanted) return undefined;
    let left = false;
    void readPage(cursor, () => left);
    return () => {
      left = true;
    };
  }, [wanted, cursor, readPage]);

  return { sessions, more: cursor === undefined ? undefined : () => void readPage(cursor, () => false) };
}

/** A page as whoever is asking; where only people with an account may ask, the page hears of it. */
async function readFrom(page: { readonly limit: number; readonly cursor?: string }): Promise<SessionPage> {
  const who = await caller();
  try {
    return await listSessions(window.location.origin, page, who);
  } catch (failure) {
    if (who.token === undefined && failure instanceof ProblemError && isProblem(failure.problem, 'unauthenticated')) account.need();
    throw failure;
  }
}
