import { useEffect, useRef } from 'react';
import { useWorkspace } from '../session/WorkspaceContext';
import { rightsWords } from './rightsWords';
import { useRole } from './useRights';

/** Tells somebody whose role is another one now. */
export function useToldRole(): void {
  const workspace = useWorkspace();
  const role = useRole();
  const before = useRef(role);
  useEffect(() => {
    const earlier = before.current;
    before.current = role;
    const title = rightsWords.became[role];
    // Whoever began the session knows that it is theirs.
    if (earlier === '' || earlier === role || title === undefined) return;
    workspace.notify({ tone: 'neutral', about: 'role', title });
  }, [workspace, role]);
}
