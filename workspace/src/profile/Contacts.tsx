import { ProblemError } from '@chorale/client';
import { addContact, listContacts, listRecentPeople, removeContact, type Contact, type Person } from '@chorale/client/account';
import { useCallback, useEffect, useState, type FormEvent } from 'react';
import { Avatar } from '../presence/Avatar';
import { Button, IconButton } from '../ui/Button';
import { TextField } from '../ui/Field';
import '../styles/profile.css';
import { profileMessages as text } from './messages';
import { suggestions } from './suggestions';

interface ContactsProps {
  /** Gives an access token of whoever is signed in. */
  readonly token: () => Promise<string>;
  /** Those in the session that is open, to be added with one press; guests among them are left out. */
  readonly present?: readonly Person[];
  /** Where contacts are offered for something: each can be chosen then. */
  readonly onPick?: (person: Person) => void;
}

const NOBODY: readonly Person[] = [];

/** One's contacts, with those whom one may want to add. */
export function Contacts({ token, present = NOBODY, onPick }: ContactsProps) {
  const [contacts, setContacts] = useState<readonly Contact[] | 'loading' | 'unreachable'>('loading');
  const [recent, setRecent] = useState<readonly Person[]>(NOBODY);
  const [login, setLogin] = useState('');
  const [error, setError] = useState<string>();

  const load = useCallback(() => {
    setContacts('loading');
    token()
      .then(async (bearer) => Promise.all([listContacts(window.location.origin, bearer), listRecentPeople(window.location.origin, bearer)]))
      .then(
        ([theirs, met]) => {
          setContacts(theirs);
          setRecent(met);
        },
        () => setContacts('unreachable'),
      );
  }, [token]);
  useEffect(load, [load]);

  const add = async (who: { readonly login: string } | { readonly userId: string }) => {
    try {
      const added = await addContact(window.location.origin, await token(), who);
      setContacts((before) => (typeof before === 'string' ? before : [...before.filter(({ userId }) => userId !== added.userId), added].sort(byName)));
      setError(undefined);
      if ('login' in who) setLogin('');
    } catch (failure) {
      setError(reason(failure));
    }
  };
  const remove = async ({ userId }: Person) => {
    try {
      await removeContact(window.location.origin, await token(), userId);
      setContacts((before) => (typeof before === 'string' ? before : before.filter((each) => each.userId !== userId)));
    } catch (failure) {
      setError(reason(failure));
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (login.trim() !== '') void add({ login });
  };

  if (contacts === 'loading') return <p role="status">{text.loading}</p>;
  if (contacts === 'unreachable')
    return (
      <p role="alert" className="field-error">
        {text.unreachable} <Button onClick={load}>{text.again}</Button>
      </p>
    );
  const offered = suggestions(contacts, present, recent);
  return (
    <div className="contacts" data-testid="contacts">
      {contacts.length === 0 ? (
        <p className="profile-detail">{text.noContacts}</p>
      ) : (
        <ul className="contact-list" aria-label={text.contacts}>
          {contacts.map((contact) => (
            <li key={contact.userId} data-testid="contact" data-user-id={contact.userId}>
              <Face person={contact} />
              {onPick && (
                <Button onClick={() => onPick(contact)} aria-label={text.pick(contact.name)}>
                  {text.choose}
                </Button>
              )}
              <IconButton icon="close" label={text.removePerson(contact.name)} hint="none" onClick={() => void remove(contact)} />
            </li>
          ))}
        </ul>
      )}
      <form className="contact-add" onSubmit={submit} noValidate>
        <TextField
          label={text.login}
          value={login}
          error={error}
          autoCapitalize="none"
          spellCheck={false}
          maxLength={64}
          data-testid="contact-login"
          onChange={(event) => {
            setLogin(event.currentTarget.value);
            setError(undefined);
          }}
        />
        <Button type="submit" icon="plus" data-testid="contact-submit">
          {text.add}
        </Button>
      </form>
      <Suggested title={text.here} people={offered.here} onAdd={add} />
      <Suggested title={text.recent} people={offered.recent} onAdd={add} />
    </div>
  );
}

function Suggested({ title, people, onAdd }: { readonly title: string; readonly people: readonly Person[]; readonly onAdd: (who: { readonly userId: string }) => Promise<void> }) {
  if (people.length === 0) return null;
  return (
    <>
      <h3 className="profile-subheading">{title}</h3>
      <ul className="contact-list" aria-label={title}>
        {people.map((person) => (
          <li key={person.userId} data-testid="suggested" data-user-id={person.userId}>
            <Face person={person} />
            <IconButton icon="plus" label={text.addPerson(person.name)} hint="none" onClick={() => void onAdd({ userId: person.userId })} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Face({ person }: { readonly person: Person }) {
  return (
    <>
      <Avatar name={person.name} color={person.color} picture={person.picture} />
      <span className="contact-name">{person.name}</span>
    </>
  );
}

function byName(a: Person, b: Person): number {
  return a.name.localeCompare(b.name);
}

function reason(failure: unknown): string {
  if (!(failure instanceof ProblemError)) return text.unreachable;
  const { status } = failure.problem;
  if (status === 404) return text.unknownLogin;
  if (status === 413) return text.tooMany;
  return status < 500 ? (failure.problem.detail ?? failure.problem.title) : text.unreachable;
}
