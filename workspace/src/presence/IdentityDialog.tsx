import { useState, type FormEvent } from 'react';
import { PARTICIPANT_COLORS } from '../app/colors';
import { cleanName, NAME_LENGTH, saveIdentity, suggestedColor, type Identity } from '../app/identity';
import { messages } from '../app/messages';
import { Link } from '../app/router';
import { browserStorage } from '../app/storage';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { TextField } from '../ui/Field';
import { Swatches } from '../ui/Swatches';
import { Avatar } from './Avatar';

const text = messages.identity;

interface IdentityDialogProps {
  readonly identity: Identity | undefined;
  readonly sessionName: string | undefined;
  readonly onDone: (identity: Identity) => void;
  readonly onCancel?: () => void;
}

/** Asks once who this browser is; `identity` is what there was before. */
export function IdentityDialog({ identity, sessionName, onDone, onCancel }: IdentityDialogProps) {
  const [name, setName] = useState(identity?.name ?? '');
  const [color, setColor] = useState(identity?.color ?? suggestedColor);
  const [missing, setMissing] = useState(false);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (cleanName(name) === '') setMissing(true);
    else onDone(saveIdentity(browserStorage, name, color));
  };

  return (
    <Dialog title={identity ? text.titleEdit : text.title} onDismiss={onCancel} testId="identity-dialog">
      <form onSubmit={submit} className="identity" noValidate>
        <p className="dialog-lead">
          {!identity && sessionName && `${text.joining(sessionName)} `}
          {text.detail}
        </p>
        <div className="identity-preview" aria-hidden="true">
          <Avatar name={cleanName(name) || text.namePlaceholder} color={color} />
          <span className="identity-tag" style={{ borderColor: color }}>
            {cleanName(name) || text.namePlaceholder}
          </span>
        </div>
        <TextField
          label={text.name}
          value={name}
          placeholder={text.namePlaceholder}
          maxLength={NAME_LENGTH}
          autoFocus
          error={missing ? text.nameMissing : undefined}
          onChange={(event) => {
            setName(event.currentTarget.value);
            setMissing(false);
          }}
          data-testid="identity-name"
        />
        <div className="field">
          <span className="field-label">{text.color}</span>
          <Swatches label={text.color} colors={PARTICIPANT_COLORS} value={color} onChange={setColor} testId="identity-colors" />
        </div>
        <div className="dialog-actions">
          {onCancel ? (
            <Button onClick={onCancel}>{messages.cancel}</Button>
          ) : (
            <Link href="/" className="button button-quiet">
              <span>{messages.toStart}</span>
            </Link>
          )}
          <Button tone="primary" type="submit" data-testid="identity-join">
            {identity ? text.save : text.join}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
