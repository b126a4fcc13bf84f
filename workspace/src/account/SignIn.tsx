import { login, register, requestPasswordReset } from '@chorale/client/account';
import { useState, type FormEvent, type ReactNode } from 'react';
import { cleanName, NAME_LENGTH, readIdentity } from '../app/identity';
import { browserStorage } from '../app/storage';
import { Button } from '../ui/Button';
import { TextField } from '../ui/Field';
import { FormError } from './FormError';
import { accountMessages as text } from './messages';
import { PasswordField } from './PasswordField';
import { account } from './present';
import { useDoing } from './useDoing';

type Mode = 'sign-in' | 'register' | 'forgotten';

interface SignInProps {
  /** Above the form, where there is something to say before. */
  readonly children?: ReactNode;
  readonly onDone?: (() => void) | undefined;
}

/** Signing in, and what one does who cannot yet: making an account, or asking for another password. */
export function SignIn({ children, onDone }: SignInProps) {
  const [mode, setMode] = useState<Mode>('sign-in');
  const [name, setName] = useState('');
  return (
    <section className="card account-card" data-testid="sign-in" data-mode={mode}>
      {children}
      {mode === 'sign-in' && <SignInForm name={name} onName={setName} onMode={setMode} onDone={onDone} />}
      {mode === 'register' && (
        <>
          <h2>{text.register.title}</h2>
          <RegisterForm onDone={onDone} />
          <p className="account-other">
            {text.register.toSignInLead} <TextButton onClick={() => setMode('sign-in')}>{text.register.toSignIn}</TextButton>
          </p>
        </>
      )}
      {mode === 'forgotten' && <ForgottenForm name={name} onName={setName} onBack={() => setMode('sign-in')} />}
    </section>
  );
}

interface NameProps {
  readonly name: string;
  readonly onName: (name: string) => void;
}

function SignInForm({ name, onName, onMode, onDone }: NameProps & { readonly onMode: (mode: Mode) => void; readonly onDone: SignInProps['onDone'] }) {
  const [password, setPassword] = useState('');
  const { busy, failure, run } = useDoing();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const done = await run(() => account.changing(() => login(window.location.origin, { login: name.trim(), password })));
    if (done) onDone?.();
  };
  return (
    <>
      <h2>{text.signIn.title}</h2>
      <form className="account-form" onSubmit={(event) => void submit(event)}>
        <LoginField label={text.signIn.login} name={name} onName={onName} autoFocus />
        <PasswordField
          label={text.signIn.password}
          autoComplete="current-password"
          value={password}
          required
          onChange={(event) => setPassword(event.currentTarget.value)}
          data-testid="account-password"
        />
        <FormError>{failure}</FormError>
        <Button tone="primary" type="submit" className="button-large" disabled={busy} data-testid="sign-in-submit">
          {busy ? text.signIn.busy : text.signIn.submit}
        </Button>
      </form>
      <p className="account-other">
        {text.signIn.registerLead}{' '}
        <TextButton onClick={() => onMode('register')} testId="to-register">
          {text.signIn.toRegister}
        </TextButton>
      </p>
      <p className="account-other">
        <TextButton onClick={() => onMode('forgotten')} testId="to-forgotten">
          {text.signIn.toForgotten}
        </TextButton>
      </p>
    </>
  );
}

/** Makes an account; with an invitation where nobody may do so without. */
export function RegisterForm({ invitation, onDone }: { readonly invitation?: string; readonly onDone?: (() => void) | undefined }) {
  const [guest] = useState(() => readIdentity(browserStorage));
  const [called, setCalled] = useState(guest?.name ?? '');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const { busy, failure, run } = useDoing();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const others = cleanName(called);
    const request = {
      login: name.trim(),
      password,
      ...(others !== '' && { name: others }),
      ...(guest && { color: guest.color }),
      ...(invitation !== undefined && { invitation }),
    };
    const done = await run(() => account.changing(() => register(window.location.origin, request)));
    if (done) onDone?.();
  };
  return (
    <form className="account-form" onSubmit={(event) => void submit(event)} data-testid="register">
      <TextField
        label={text.register.name}
        hint={text.register.nameHint}
        value={called}
        maxLength={NAME_LENGTH}
        required
        autoFocus
        autoComplete="name"
        onChange={(event) => setCalled(event.currentTarget.value)}
        data-testid="register-name"
      />
      <LoginField label={text.register.login} hint={text.register.loginHint} name={name} onName={setName} />
      <PasswordField
        label={text.signIn.password}
        hint={text.register.passwordHint}
        autoComplete="new-password"
        value={password}
        required
        onChange={(event) => setPassword(event.currentTarget.value)}
        data-testid="account-password"
      />
      <FormError>{failure}</FormError>
      <Button tone="primary" type="submit" className="button-large" disabled={busy} data-testid="register-submit">
        {busy ? text.register.busy : text.register.submit}
      </Button>
    </form>
  );
}

function ForgottenForm({ name, onName, onBack }: NameProps & { readonly onBack: () => void }) {
  const [sent, setSent] = useState(false);
  const { busy, failure, run } = useDoing();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await run(() => requestPasswordReset(window.location.origin, name.trim()))) setSent(true);
  };
  return (
    <>
      <h2>{sent ? text.forgotten.sent : text.forgotten.title}</h2>
      <p className="account-lead" role={sent ? 'status' : undefined}>
        {sent ? text.forgotten.sentDetail : text.forgotten.detail}
      </p>
      {!sent && (
        <form className="account-form" onSubmit={(event) => void submit(event)}>
          <LoginField label={text.signIn.login} name={name} onName={onName} autoFocus />
          <FormError>{failure}</FormError>
          <Button tone="primary" type="submit" className="button-large" disabled={busy} data-testid="forgotten-submit">
            {text.forgotten.submit}
          </Button>
        </form>
      )}
      <p className="account-other">
        <TextButton onClick={onBack}>{text.forgotten.back}</TextButton>
      </p>
    </>
  );
}

function LoginField({ label, hint, name, onName, autoFocus = false }: NameProps & { readonly label: string; readonly hint?: string; readonly autoFocus?: boolean }) {
  return (
    <TextField
      label={label}
      hint={hint}
      value={name}
      required
      maxLength={64}
      autoFocus={autoFocus}
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      onChange={(event) => onName(event.currentTarget.value)}
      data-testid="account-login"
    />
  );
}

function TextButton({ onClick, children, testId }: { readonly onClick: () => void; readonly children: string; readonly testId?: string }) {
  return (
    <button type="button" className="text-button" onClick={onClick} data-testid={testId}>
      {children}
    </button>
  );
}
