import { updateSession, type SessionSettings, type Visibility } from '@chorale/client';
import { readAccess, type AccessSettings } from '@chorale/client/access';
import { useState, type FormEvent } from 'react';
import { messages } from '../app/messages';
import { Button } from '../ui/Button';
import { TextField } from '../ui/Field';
import { Choice } from './Choice';
import { sharingMessages as text } from './messages';
import { Failure, Read } from './Parts';
import { rightsWords } from './rightsWords';
import { useManaged, useReading } from './useManaged';
import { useManages } from './useRights';

const VISIBILITIES = ['private', 'link', 'public'] as const satisfies readonly Visibility[];
const DEFAULT_ROLES = ['COLLABORATOR', 'VIEWER'] as const;
const SHORTEST_PASSWORD = 4;
const LONGEST_PASSWORD = 128;
const MOST_PEOPLE = 1000;

/** Who gets in at all, and what they are then. */
export function AccessTab() {
  const { reading, again } = useReading((caller, id) => readAccess(window.location.origin, id, caller));
  return (
    <Read reading={reading} again={again}>
      {(settings) => <Settings settings={settings} again={again} />}
    </Read>
  );
}

function Settings({ settings, again }: { readonly settings: AccessSettings; readonly again: () => void }) {
  const may = useManages('SETTINGS');
  const { busy, failure, run } = useManaged();
  // What one chose is shown while the server is asked.
  const [wanted, setWanted] = useState<SessionSettings>({});
  const { visibility, defaultRole } = { ...settings, ...wanted };
  const change = async (part: SessionSettings) => {
    setWanted(part);
    const done = await run((caller, id) => updateSession(window.location.origin, id, caller, part));
    if (done === undefined) setWanted({});
    again();
    return done !== undefined;
  };
  return (
    <fieldset className="share-fields" disabled={!may} data-busy={busy} data-testid="share-access">
      {!may && <p className="field-hint share-lead">{text.readOnly}</p>}
      <fieldset className="visibilities" data-testid="visibility" data-value={settings.visibility}>
        <legend className="field-label">{text.visibility}</legend>
        {VISIBILITIES.map((each) => (
          <label key={each} className="visibility">
            <input type="radio" name="visibility" checked={visibility === each} onChange={() => void change({ visibility: each })} data-testid={`visibility-${each}`} />
            <span>
              <strong>{text.visibilities[each]?.title}</strong>
              <span>{text.visibilities[each]?.detail}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <Password isSet={settings.password} may={may} onChange={(password) => change({ password })} />
      <div className="share-pair">
        <Choice
          label={text.role}
          value={defaultRole}
          testId="default-role"
          onChange={(role) => void change({ defaultRole: role === 'VIEWER' ? 'VIEWER' : 'COLLABORATOR' })}
        >
          {DEFAULT_ROLES.map((role) => (
            <option key={role} value={role}>
              {rightsWords.roles[role]}
            </option>
          ))}
        </Choice>
        <MaxUsers key={settings.maxUsers} value={settings.maxUsers} onChange={(maxUsers) => void change({ maxUsers })} />
      </div>
      <Failure reason={failure} />
    </fieldset>
  );
}

function MaxUsers({ value, onChange }: { readonly value: number; readonly onChange: (value: number) => void }) {
  const [typed, setTyped] = useState(String(value));
  const number = Number(typed);
  const isBad = !(Number.isInteger(number) && number >= 1 && number <= MOST_PEOPLE);
  const commit = () => {
    if (!isBad && number !== value) onChange(number);
  };
  return (
    <TextField
      label={text.maxUsers}
      error={isBad ? text.maxUsersInvalid : undefined}
      inputMode="numeric"
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
      }}
      data-testid="max-users"
    />
  );
}

interface PasswordProps {
  readonly isSet: boolean;
  readonly may: boolean;
  /** Null takes it away; answers whether that was done. */
  readonly onChange: (password: string | null) => Promise<boolean>;
}

function Password({ isSet, may, onChange }: PasswordProps) {
  const [typed, setTyped] = useState<string>();
  const isBad = typed === undefined || typed.length < SHORTEST_PASSWORD || typed.length > LONGEST_PASSWORD;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!isBad && (await onChange(typed))) setTyped(undefined);
  };
  if (typed !== undefined) {
    return (
      <form className="share-password" onSubmit={(event) => void submit(event)} noValidate>
        <TextField label={text.passwordNew} hint={text.passwordHint} type="password" maxLength={LONGEST_PASSWORD} autoFocus value={typed} onChange={(event) => setTyped(event.currentTarget.value)} data-testid="new-password" />
        <div className="share-row-actions">
          <Button onClick={() => setTyped(undefined)}>{messages.cancel}</Button>
          <Button tone="primary" type="submit" disabled={isBad} data-testid="save-password">
            {text.passwordSet}
          </Button>
        </div>
      </form>
    );
  }
  return (
    <div className="share-line" data-testid="password-state" data-set={isSet}>
      <span>
        <strong className="field-label">{text.password}</strong>
        <span className="field-hint">{isSet ? text.passwordOn : text.passwordOff}</span>
      </span>
      {may && (
        <span className="share-row-actions">
          {isSet && (
            <Button onClick={() => void onChange(null)} data-testid="remove-password">
              {text.passwordRemove}
            </Button>
          )}
          <Button icon="key" onClick={() => setTyped('')} data-testid="set-password">
            {isSet ? text.passwordChange : text.passwordSet}
          </Button>
        </span>
      )}
    </div>
  );
}
