import { useState } from 'react';
import { copyText } from '../session/copyText';
import { Button } from '../ui/Button';

/** Something that is shown only now, to be copied. */
export function SecretField({ label, value, copy, copied, testId }: { readonly label: string; readonly value: string; readonly copy: string; readonly copied: string; readonly testId: string }) {
  const [done, setDone] = useState(false);
  return (
    <div className="secret">
      <input className="input" readOnly value={value} aria-label={label} onFocus={(event) => event.currentTarget.select()} data-testid={testId} />
      <Button icon={done ? 'check' : 'copy'} onClick={() => void copyText(value).then(setDone)} data-testid={`${testId}-copy`}>
        <span aria-live="polite">{done ? copied : copy}</span>
      </Button>
    </div>
  );
}
