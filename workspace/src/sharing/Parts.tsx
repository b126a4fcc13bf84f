import type { ReactNode } from 'react';
import { messages } from '../app/messages';
import { Button } from '../ui/Button';
import { Spinner } from '../ui/Spinner';
import { sharingMessages as text } from './messages';
import type { Reading } from './useManaged';

/** What went wrong with what one did last. */
export function Failure({ reason }: { readonly reason: string | undefined }) {
  if (reason === undefined) return null;
  return (
    <p className="form-error" role="alert" data-testid="share-error">
      <strong>{text.failed}</strong> {reason}
    </p>
  );
}

interface ReadProps<T> {
  readonly reading: Reading<T>;
  readonly again: () => void;
  readonly children: (value: T) => ReactNode;
}

/** What is read from the server, once it is there. */
export function Read<T>({ reading, again, children }: ReadProps<T>) {
  if (reading.status === 'read') return children(reading.value);
  if (reading.status === 'reading') return <div className="share-reading"><Spinner label={text.loading} /></div>;
  return (
    <div className="share-reading">
      <p className="form-error" role="alert">
        <strong>{text.loadFailed}</strong> {reading.reason}
      </p>
      <Button onClick={again}>{messages.retry}</Button>
    </div>
  );
}
