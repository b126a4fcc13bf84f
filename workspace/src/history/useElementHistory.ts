import { readChanges, type CommittedChange, type Session } from '@chorale/client';
import { readBlame, type Blame } from '@chorale/client/history';
import { useEffect, useState } from 'react';
import { callerFor } from '../account/caller';
import { reasonOf } from './goBack';

/** So many changes are read together, and so often at most. */
const PAGE = 1000;
const PAGES = 5;
/** While somebody drags, the history is not read for each step. */
const SETTLED_MS = 350;

/** What is known of an element's history. */
export interface ElementPast {
  readonly cells: readonly Blame[];
  /** The newest first. */
  readonly changes: readonly CommittedChange[];
}

/** A branch of a session. */
export type Place = Pick<Session, 'sessionId' | 'branch'>;

export type Reading = { readonly status: 'reading' } | { readonly status: 'failed'; readonly reason: string } | ({ readonly status: 'read' } & ElementPast);

/**
 * Reads who wrote what of an element, up to a revision; what was read before stays until the new answer is there.
 *
 * @param stamp anything that is another one when the element is
 */
export function useElementHistory({ sessionId, branch }: Place, element: string, revision: number | undefined, stamp: unknown): Reading {
  const [reading, setReading] = useState<Reading>({ status: 'reading' });
  useEffect(() => {
    let isGone = false;
    const wait = setTimeout(() => {
      readHistory({ sessionId, branch }, element, revision).then(
        (past) => {
          if (!isGone) setReading({ status: 'read', ...past });
        },
        (reason: unknown) => {
          if (!isGone) setReading({ status: 'failed', reason: reasonOf(reason) });
        },
      );
    }, SETTLED_MS);
    return () => {
      isGone = true;
      clearTimeout(wait);
    };
  }, [sessionId, branch, element, revision, stamp]);
  return reading;
}

async function readHistory(place: Place, element: string, revision: number | undefined): Promise<ElementPast> {
  const [cells, changes] = await Promise.all([cellsOf(place, element, revision), changesOf(place, element)]);
  return { cells, changes };
}

async function cellsOf({ sessionId, branch }: Place, element: string, revision: number | undefined): Promise<readonly Blame[]> {
  const caller = await callerFor(sessionId);
  const cells: Blame[] = [];
  let cursor: string | undefined;
  do {
    const page = await readBlame(window.location.origin, sessionId, caller, {
      element,
      branch,
      ...(revision !== undefined && { revision }),
      ...(cursor !== undefined && { cursor }),
    });
    cells.push(...page.cells);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return cells;
}

async function changesOf({ sessionId, branch }: Place, element: string): Promise<readonly CommittedChange[]> {
  const caller = await callerFor(sessionId);
  const changes: CommittedChange[] = [];
  let cursor: string | undefined;
  let pages = 0;
  do {
    const page = await readChanges(window.location.origin, sessionId, { element, branch, limit: PAGE, ...(cursor !== undefined && { cursor }) }, caller);
    changes.push(...page.changes);
    cursor = page.nextCursor;
    pages += 1;
  } while (cursor !== undefined && pages < PAGES);
  return changes.reverse();
}
