import { readSession } from '@chorale/client';
import { useEffect, useState } from 'react';
import { callerFor } from '../account/caller';

/** Whether a session that nobody takes part in any more can be brought back; undefined until that is known. */
export function useArchived(sessionId: string, closed: boolean): boolean | undefined {
  const [archived, setArchived] = useState<boolean>();
  useEffect(() => {
    if (!closed) return undefined;
    let current = true;
    callerFor(sessionId)
      .then((caller) => readSession(window.location.origin, sessionId, caller))
      .then(
        (details) => current && setArchived(details.archived),
        () => current && setArchived(false),
      );
    return () => {
      current = false;
    };
  }, [sessionId, closed]);
  return closed ? archived : false;
}
