import { ProblemError } from '@chorale/client';
import { listMembers, putMember } from '@chorale/client/access';
import { useEffect } from 'react';
import { browserStorage } from '../app/storage';
import type { Workspace } from '../session/workspace';
import { useConnectionState, useWorkspace } from '../session/WorkspaceContext';
import { ownerKeyOf } from '../start/ownerKeys';

/**
 * A session that was started before one had a name has no owner but its key, which this browser holds: whoever comes in with
 * it becomes the owner in person, as soon as they are in.
 */
export function useOwnersSeat(): void {
  const workspace = useWorkspace();
  const online = useConnectionState() === 'online';
  useEffect(() => {
    if (online) void takeOwnersSeat(workspace);
  }, [workspace, online]);
}

async function takeOwnersSeat({ session }: Workspace): Promise<void> {
  const { sessionId, self } = session;
  const ownerKey = ownerKeyOf(browserStorage, sessionId);
  // A server that tells no rights has none to give.
  if (ownerKey === undefined || self?.permissions === undefined || self.role === 'OWNER') return;
  const caller = { ownerKey };
  try {
    const members = await listMembers(window.location.origin, sessionId, caller);
    if (members.some(({ role }) => role === 'OWNER')) return;
    await putMember(window.location.origin, sessionId, caller, self.userId, { role: 'OWNER', name: self.name });
  } catch (failure) {
    // The key goes on to do what the owner may; the next connection tries again.
    if (!(failure instanceof ProblemError)) throw failure;
  }
}
