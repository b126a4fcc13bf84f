import { archiveSession } from '@chorale/client/access';
import { useState } from 'react';
import { callerFor } from '../account/caller';
import { Button } from '../ui/Button';
import { archiveMessages as text } from './messages';
import { reasonOf } from './reason';

/** What one may want who is about to close a session: to put it away, so that it can be brought back. */
export function ArchiveInstead({ sessionId }: { readonly sessionId: string }) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const archive = async () => {
    setBusy(true);
    try {
      // Everybody here is told, this page too: it goes on from there.
      await archiveSession(window.location.origin, sessionId, await callerFor(sessionId));
    } catch (problem) {
      setFailure(reasonOf(problem));
      setBusy(false);
    }
  };
  return (
    <div className="archive-instead">
      <p>{text.archiveDetail}</p>
      <Button disabled={busy} onClick={() => void archive()} data-testid="archive-confirm">
        {text.archive}
      </Button>
      {failure !== undefined && (
        <p className="form-error" role="alert">
          {text.failed(failure)}
        </p>
      )}
    </div>
  );
}
