import { readChanges } from '@chorale/client';
import { useEffect, useState } from 'react';
import { callerFor } from '../account/caller';
import { useWorkspace } from '../session/WorkspaceContext';
import { withChanges, type LastWrites } from './lastWriters';

/** So many of the newest revisions are searched for who wrote before one came. */
const SEARCHED = 1000;
const NOTHING: LastWrites = new Map();

/** Who wrote the element's properties last: as changes come, and from the history before. */
export function useLastWriters(elementId: string): LastWrites {
  const { session, isPast } = useWorkspace();
  const [writes, setWrites] = useState(NOTHING);
  useEffect(() => {
    // What was written later says nothing about the past.
    setWrites(NOTHING);
    if (isPast) return undefined;
    let left = false;
    const stop = session.on('changes', (changes) => setWrites((known) => withChanges(known, elementId, changes)));
    const from = Math.max(1, session.document.revision - SEARCHED + 1);
    const read = async () => readChanges(window.location.origin, session.sessionId, { branch: session.branch, element: elementId, from, limit: SEARCHED }, await callerFor(session.sessionId));
    read().then(
      ({ changes }) => {
        if (!left) setWrites((known) => withChanges(known, elementId, changes));
      },
      // Without a connection nobody knows; what comes later is heard.
      () => undefined,
    );
    return () => {
      left = true;
      stop();
    };
  }, [session, isPast, elementId]);
  return writes;
}
