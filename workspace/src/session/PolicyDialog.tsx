import { browserStorage } from '../app/storage';
import { PolicyEditor } from '../conflicts/PolicyEditor';
import { ownerKeyOf } from '../start/ownerKeys';
import { useWorkspace } from './WorkspaceContext';

/** Whether this person may change how the session settles conflicts: this browser made it, and has its key. */
export function useMayEditPolicy(): boolean {
  const { session } = useWorkspace();
  return ownerKeyOf(browserStorage, session.sessionId) !== undefined;
}

/** Shows the session's owner how conflicts are settled, and lets them decide it otherwise. */
export function PolicyDialog({ onClose }: { readonly onClose: () => void }) {
  const workspace = useWorkspace();
  const ownerKey = ownerKeyOf(browserStorage, workspace.session.sessionId);
  return ownerKey === undefined ? null : <PolicyEditor ownerKey={ownerKey} onClose={onClose} />;
}
