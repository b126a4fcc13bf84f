import { changePassword, eraseMe, exportMe, updateMe, type User } from '@chorale/client/account';
import { Suspense, useState, type FormEvent } from 'react';
import { PARTICIPANT_COLORS } from '../app/colors';
import { cleanName, NAME_LENGTH } from '../app/identity';
import { chooseLanguage, chosenLanguage, LANGUAGES } from '../app/language';
import { Link, navigate } from '../app/router';
import { PEOPLE_PATH } from '../app/routes';
import { chooseTheme, useChosenTheme } from '../app/theme';
import { Avatar } from '../presence/Avatar';
import { Contacts, ProfileLook } from '../profile';
import { profileMessages } from '../profile/messages';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { TextField } from '../ui/Field';
import { Swatches } from '../ui/Swatches';
import { ApiKeys } from './ApiKeys';
import { Choice } from './Choice';
import { FormError } from './FormError';
import { accountMessages } from './messages';
import { PasswordField } from './PasswordField';
import { account } from './present';
import { Section } from './Section';
import { useDoing } from './useDoing';

const text = accountMessages.own;
const origin = () => window.location.origin;

/** One's own account: how others see one, and everything that one may do about it. */
export function OwnAccount({ user }: { readonly user: User }) {
  return (
    <div data-testid="own-account">
      <header className="account-head">
        <Avatar name={user.name} color={user.color} picture={user.picture} />
        <div className="account-who">
          <h1>{user.name}</h1>
          <p>
            {user.login}
            {user.administrator && <span className="badge">{text.administrator}</span>}
          </p>
        </div>
        <div className="account-actions">
          {user.administrator && (
            <Link href={PEOPLE_PATH} className="button button-quiet" data-testid="people-link">
              <span>{text.people}</span>
            </Link>
          )}
          <SignOut />
        </div>
      </header>
      <Profile key={user.userId} user={user} />
      <Section title={profileMessages.look} detail={profileMessages.lookDetail} testId="appearance">
        <Suspense fallback={null}>
          <ProfileLook key={user.userId} token={account.token} user={user} onChange={(changed) => account.become(changed)} />
        </Suspense>
      </Section>
      <Section title={profileMessages.contacts} detail={profileMessages.contactsDetail} testId="contacts">
        <Suspense fallback={null}>
          <Contacts token={account.token} />
        </Suspense>
      </Section>
      <Look />
      {user.login !== undefined && <Password />}
      <ApiKeys administrator={user.administrator} />
      <Everywhere />
      <Data user={user} />
      <Erase user={user} />
    </div>
  );
}

function SignOut() {
  const { busy, failure, run } = useDoing();
  const leave = async () => {
    if (await run(() => account.signOut())) navigate('/');
  };
  return (
    <>
      <Button disabled={busy} onClick={() => void leave()} data-testid="sign-out">
        {accountMessages.signOut}
      </Button>
      <FormError>{failure}</FormError>
    </>
  );
}

function Profile({ user }: { readonly user: User }) {
  const [name, setName] = useState(user.name);
  const [color, setColor] = useState(user.color);
  const [saved, setSaved] = useState(false);
  const { busy, failure, run } = useDoing();
  const changed = cleanName(name) !== user.name || color !== user.color;
  const colors = PARTICIPANT_COLORS.some((each) => each === user.color) ? PARTICIPANT_COLORS : [user.color, ...PARTICIPANT_COLORS];
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const done = await run(async () => {
      await account.change((_, token) => updateMe(origin(), token, { name: cleanName(name), color }));
    });
    setSaved(done);
  };
  return (
    <Section title={text.profile.title} detail={text.profile.detail} testId="profile">
      <form className="account-form" onSubmit={(event) => void submit(event)}>
        <TextField
          label={text.profile.name}
          value={name}
          maxLength={NAME_LENGTH}
          required
          autoComplete="name"
          onChange={(event) => setName(event.currentTarget.value)}
          data-testid="profile-name"
        />
        <div className="field">
          <span className="field-label">{text.profile.color}</span>
          <Swatches label={text.profile.color} colors={colors} value={color} onChange={setColor} testId="profile-colors" />
        </div>
        <FormError>{failure}</FormError>
        <div className="account-actions">
          <Button tone="primary" type="submit" disabled={busy || !changed || cleanName(name) === ''} data-testid="profile-save">
            {text.profile.save}
          </Button>
          <span role="status" className="account-done">
            {saved && !changed ? text.profile.saved : ''}
          </span>
        </div>
      </form>
    </Section>
  );
}

const THEMES = ['system', 'light', 'dark'] as const;
const SPEECHES = ['system', ...LANGUAGES] as const;

function Look() {
  const theme = useChosenTheme();
  const language = chosenLanguage();
  return (
    <Section title={text.look.title} detail={text.look.detail} testId="look">
      <Choice label={text.look.language} options={SPEECHES} names={text.look.languages} value={language} onChange={chooseLanguage} testId="account-language" />
      <Choice label={text.look.theme} options={THEMES} names={text.look.themes} value={theme} onChange={chooseTheme} testId="account-theme" />
    </Section>
  );
}

function Password() {
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const [changed, setChanged] = useState(false);
  const { busy, failure, run } = useDoing();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const done = await run(async () => {
      const token = await account.token();
      await account.changing(() => changePassword(origin(), token, { currentPassword, newPassword }));
    });
    setChanged(done);
    if (!done) return;
    setCurrent('');
    setNew('');
  };
  return (
    <Section title={text.password.title} detail={text.password.detail} testId="password">
      <form className="account-form" onSubmit={(event) => void submit(event)}>
        <PasswordField label={text.password.present} autoComplete="current-password" value={currentPassword} required onChange={(event) => setCurrent(event.currentTarget.value)} data-testid="current-password" />
        <PasswordField
          label={accountMessages.newPassword}
          hint={accountMessages.register.passwordHint}
          autoComplete="new-password"
          value={newPassword}
          required
          onChange={(event) => setNew(event.currentTarget.value)}
          data-testid="new-password"
        />
        <FormError>{failure}</FormError>
        <div className="account-actions">
          <Button type="submit" disabled={busy} data-testid="password-submit">
            {text.password.submit}
          </Button>
        </div>
        <p role="status" className="account-done">
          {changed && text.password.changed}
        </p>
      </form>
    </Section>
  );
}

function Everywhere() {
  const { busy, failure, run } = useDoing();
  const leave = async () => {
    if (await run(() => account.signOut({ everywhere: true }))) navigate('/');
  };
  return (
    <Section title={text.signIns.title} detail={text.signIns.detail} testId="sign-ins">
      <FormError>{failure}</FormError>
      <div className="account-actions">
        <Button disabled={busy} onClick={() => void leave()} data-testid="sign-out-everywhere">
          {accountMessages.signOutEverywhere}
        </Button>
      </div>
    </Section>
  );
}

function Data({ user }: { readonly user: User }) {
  const { busy, failure, run } = useDoing();
  const download = () =>
    run(async () => {
      const kept = await exportMe(origin(), await account.token());
      const url = URL.createObjectURL(new Blob([JSON.stringify(kept, null, 2)], { type: 'application/json' }));
      const link = document.createElement('a');
      link.href = url;
      link.download = `chorale-${user.userId}.json`;
      link.click();
      // The browser reads it after the click.
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    });
  return (
    <Section title={text.data.title} detail={text.data.detail} testId="data">
      <FormError>{failure}</FormError>
      <div className="account-actions">
        <Button icon="download" disabled={busy} onClick={() => void download()} data-testid="data-download">
          {text.data.download}
        </Button>
      </div>
    </Section>
  );
}

function Erase({ user }: { readonly user: User }) {
  const [asking, setAsking] = useState(false);
  return (
    <Section title={text.erase.title} detail={text.erase.detail} testId="erase">
      <div className="account-actions">
        <Button tone="danger" onClick={() => setAsking(true)} data-testid="erase-open">
          {text.erase.open}
        </Button>
      </div>
      {asking && <EraseDialog word={user.login ?? user.name} onCancel={() => setAsking(false)} />}
    </Section>
  );
}

function EraseDialog({ word, onCancel }: { readonly word: string; readonly onCancel: () => void }) {
  const [typed, setTyped] = useState('');
  const [mismatch, setMismatch] = useState(false);
  const { busy, failure, run } = useDoing();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim().toLowerCase() !== word.toLowerCase()) {
      setMismatch(true);
      return;
    }
    const done = await run(async () => {
      await eraseMe(origin(), await account.token());
      account.leave(false);
    });
    if (done) navigate('/');
  };
  return (
    <Dialog title={text.erase.dialogTitle} onDismiss={onCancel} testId="erase-dialog">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <ul className="account-consequences">
          {text.erase.consequences.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
        <TextField
          label={text.erase.confirm(word)}
          error={mismatch ? text.erase.mismatch(word) : undefined}
          value={typed}
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setMismatch(false);
          }}
          data-testid="erase-word"
        />
        <FormError>{failure}</FormError>
        <div className="dialog-actions">
          <Button onClick={onCancel}>{accountMessages.cancel}</Button>
          <Button tone="danger" type="submit" disabled={busy} data-testid="erase-submit">
            {text.erase.submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
