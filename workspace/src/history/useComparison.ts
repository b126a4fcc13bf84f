import type { DocumentView } from '@chorale/client';
import { pastOf, readDiff, type DiffPage, type RevisionName } from '@chorale/client/history';
import { useEffect, useRef, useState } from 'react';
import { callerFor } from '../account/caller';
import { reasonOf } from './goBack';

/** So many differences are read and shown, at most. */
const MOST_DIFFERENCES = 1000;
/** While somebody drags or one scrubs, nothing is compared. */
const SETTLED_MS = 400;

export type Comparison =
  | { readonly status: 'reading' }
  | { readonly status: 'failed'; readonly reason: string }
  | { readonly status: 'read'; readonly page: DiffPage; readonly before: DocumentView };

/** Compares a session with an earlier revision, again whenever it is at another one; the earlier answer stays until then. */
export function useComparison(session: { readonly sessionId: string; readonly branch: string }, from: RevisionName, revision: number): Comparison {
  const { sessionId, branch } = session;
  const [comparison, setComparison] = useState<Comparison>({ status: 'reading' });
  const known = useRef<{ readonly from: number; readonly document: DocumentView }>(undefined);
  useEffect(() => {
    let isGone = false;
    const read = async (): Promise<Comparison> => {
      const caller = await callerFor(sessionId);
      const page = await readDiff(window.location.origin, sessionId, caller, { from, to: revision, limit: MOST_DIFFERENCES, branch });
      if (known.current?.from !== page.from) {
        const document = await pastOf(window.location.origin, sessionId, () => callerFor(sessionId), branch).document(page.from);
        known.current = { from: page.from, document };
      }
      return { status: 'read', page, before: known.current.document };
    };
    const wait = setTimeout(() => {
      read().then(
        (next) => {
          if (!isGone) setComparison(next);
        },
        (reason: unknown) => {
          if (!isGone) setComparison({ status: 'failed', reason: reasonOf(reason) });
        },
      );
    }, SETTLED_MS);
    return () => {
      isGone = true;
      clearTimeout(wait);
    };
  }, [sessionId, branch, from, revision]);
  return comparison;
}
