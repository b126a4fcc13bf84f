import { createSession, ProblemError } from '@chorale/client';
import { useState, type FormEvent } from 'react';
import { messages } from '../app/messages';
import { navigate } from '../app/router';
import { sessionPath } from '../app/routes';
import { browserStorage } from '../app/storage';
import { Button } from '../ui/Button';
import { Switch, TextField } from '../ui/Field';
import { rememberOwnerKey } from './ownerKeys';
import { rememberVisit } from './recentSessions';

const text = messages.start;
const MOST_PEOPLE = 1000;

type Creation = { readonly status: 'editing' } | { readonly status: 'creating' } | { readonly status: 'failed'; readonly reason: string };

export function NewSession() {
  const [name, setName] = useState('');
  const [people, setPeople] = useState('');
  const [listed, setListed] = useState(false);
  const [creation, setCreation] = useState<Creation>({ status: 'editing' });
  const maxUsers = people.trim() === '' ? undefined : Number(people);
  const peopleInvalid = maxUsers !== undefined && !(Number.isInteger(maxUsers) && maxUsers >= 1 && maxUsers <= MOST_PEOPLE);

  const create = async () => {
    setCreation({ status: 'creating' });
    const sessionName = name.trim() || text.defaultName;
    try {
      const created = await createSession(window.location.origin, {
        name: sessionName,
        kind: 'scene',
        visibility: listed ? 'public' : 'link',
        ...(maxUsers !== undefined && { maxUsers }),
      });
      rememberOwnerKey(browserStorage, created.sessionId, created.ownerKey);
      rememberVisit(browserStorage, created.sessionId, sessionName, Date.now());
      navigate(sessionPath(created.sessionId));
    } catch (failure) {
      const reason = failure instanceof ProblemError && failure.problem.status < 500 ? (failure.problem.detail ?? failure.problem.title) : text.unreachable;
      setCreation({ status: 'failed', reason });
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!peopleInvalid && creation.status !== 'creating') void create();
  };

  return (
    <form className="card new-session" onSubmit={submit} aria-label={text.newSession} data-testid="new-session" noValidate>
      <h2>{text.newSession}</h2>
      <TextField label={text.name} placeholder={text.namePlaceholder} value={name} maxLength={120} onChange={(event) => setName(event.currentTarget.value)} data-testid="new-session-name" />
      <TextField
        label={text.maxUsers}
        hint={text.maxUsersHint}
        error={peopleInvalid ? text.maxUsersInvalid : undefined}
        value={people}
        inputMode="numeric"
        onChange={(event) => setPeople(event.currentTarget.value)}
        data-testid="new-session-max-users"
      />
      <Switch label={text.listed} hint={text.listedHint} checked={listed} onChange={setListed} testId="new-session-public" />
      {creation.status === 'failed' && (
        <p className="form-error" role="alert" data-testid="new-session-error">
          <strong>{text.failed}</strong> {creation.reason}
        </p>
      )}
      <Button tone="primary" type="submit" className="button-large" disabled={creation.status === 'creating' || peopleInvalid} data-testid="new-session-create">
        {creation.status === 'creating' ? text.creating : text.create}
      </Button>
    </form>
  );
}
