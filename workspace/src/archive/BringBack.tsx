import { bringBackSession } from '@chorale/client/access';
import { useState } from 'react';
import { callerFor } from '../account/caller';
import { Button } from '../ui/Button';
import { archiveMessages as text } from './messages';
import { reasonOf } from './reason';

/** Opens an archived session again, for whoever it belongs to. */
export function BringBack({ sessionId, onDone }: { readonly sessionId: string; readonly onDone: () => void }) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const bringBack = async () => {
    setBusy(true);
    try {
      await bringBackSession(window.location.origin, sessionId, await callerFor(sessionId));
      onDone();
    } catch (problem) {
      setFailure(reasonOf(problem));
      setBusy(false);
    }
  };
  return (
    <>
      <Button tone="primary" disabled={busy} onClick={() => void bringBack()} data-testid="bring-back">
        {text.bringBack}
      </Button>
      {failure !== undefined && (
        <p className="form-error" role="alert">
          {failure}
        </p>
      )}
    </>
  );
}
