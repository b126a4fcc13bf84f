import { closeSession, ProblemError } from '@chorale/client';
import { useState } from 'react';
import { messages } from '../app/messages';
import { ArchiveInstead } from '../archive/ArchiveInstead';
import { browserStorage } from '../app/storage';
import { actorIn } from '../sharing/manage';
import { forgetOwnerKey } from '../start/ownerKeys';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { useSessionName, useWorkspace } from './WorkspaceContext';

const text = messages.session;

/** Asks the owner once more before everybody has to leave. */
export function CloseDialog({ onCancel }: { readonly onCancel: () => void }) {
  const workspace = useWorkspace();
  const name = useSessionName() ?? text.untitled;
  const [closing, setClosing] = useState(false);
  const [failure, setFailure] = useState<string>();
  const { sessionId } = workspace.session;

  const close = async () => {
    setClosing(true);
    try {
      await closeSession(window.location.origin, sessionId, await actorIn(workspace));
      forgetOwnerKey(browserStorage, sessionId);
    } catch (problem) {
      setFailure(problem instanceof ProblemError ? (problem.problem.detail ?? problem.problem.title) : messages.start.unreachable);
      setClosing(false);
    }
  };
  return (
    <Dialog title={text.closeTitle} onDismiss={onCancel} testId="close-dialog">
      <p className="dialog-lead">{text.closeDetail(name)}</p>
      {failure !== undefined && (
        <p className="form-error" role="alert">
          <strong>{text.closeFailed}</strong> {failure}
        </p>
      )}
      <ArchiveInstead sessionId={sessionId} />
      <div className="dialog-actions">
        <Button onClick={onCancel} autoFocus>
          {messages.cancel}
        </Button>
        <Button tone="danger" disabled={closing} onClick={() => void close()} data-testid="close-confirm">
          {text.closeConfirm}
        </Button>
      </div>
    </Dialog>
  );
}
