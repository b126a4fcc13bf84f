import { ProblemError } from '@chorale/client';
import { updateMe } from '@chorale/client/account';
import { useState, type FormEvent } from 'react';
import { entryMessages } from '../account/entryMessages';
import { account, useStanding } from '../account/present';
import { PARTICIPANT_COLORS } from '../app/colors';
import { cleanName, NAME_LENGTH, saveIdentity, suggestedColor, type Appearance } from '../app/identity';
import { messages } from '../app/messages';
import { Link } from '../app/router';
import { accountPathBack } from '../app/routes';
import { browserStorage } from '../app/storage';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { TextField } from '../ui/Field';
import { Swatches } from '../ui/Swatches';
import { Avatar } from './Avatar';

const text = messages.identity;

interface IdentityDialogProps {
  readonly identity: Appearance | undefined;
  readonly sessionName: string | undefined;
  readonly onDone: (identity: Appearance) => void;
  readonly onCancel?: () => void;
}

/** Asks once who this browser is, or how one's account should show one; `identity` is what there was before. */
export function IdentityDialog({ identity, sessionName, onDone, onCancel }: IdentityDialogProps) {
  const [name, setName] = useState(identity?.name ?? '');
  const [color, setColor] = useState(identity?.color ?? suggestedColor);
  const [missing, setMissing] = useState(false);
  const [failure, setFailure] = useState<string>();
  const { user } = useStanding();

  const save = async () => {
    if (!user) {
      onDone(saveIdentity(browserStorage, name, color));
      return;
    }
    try {
      await account.change((_, token) => updateMe(window.location.origin, token, { name: cleanName(name), color }));
      onDone({ name: cleanName(name), color });
    } catch (problem) {
      setFailure(problem instanceof ProblemError && problem.problem.status === 422 ? problem.message : entryMessages.keepFailed);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (cleanName(name) === '') setMissing(true);
    else void save();
  };
  const colors = PARTICIPANT_COLORS.some((each) => each === identity?.color) || !identity ? PARTICIPANT_COLORS : [identity.color, ...PARTICIPANT_COLORS];

  return (
    <Dialog title={identity ? text.titleEdit : text.title} onDismiss={onCancel} testId="identity-dialog">
      <form onSubmit={submit} className="identity" noValidate>
        <p className="dialog-lead">
          {!identity && sessionName && `${text.joining(sessionName)} `}
          {user ? entryMessages.keep : text.detail}
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
          <Swatches label={text.color} colors={colors} value={color} onChange={setColor} testId="identity-colors" />
        </div>
        {failure !== undefined && (
          <p className="form-error" role="alert">
            {failure}
          </p>
        )}
        {!user && (
          <p className="identity-other">
            <Link href={accountPathBack(window.location.pathname + window.location.hash)} data-testid="identity-sign-in">
              {entryMessages.insteadOfGuest}
            </Link>{' '}
            {entryMessages.insteadOfGuestDetail}
          </p>
        )}
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
