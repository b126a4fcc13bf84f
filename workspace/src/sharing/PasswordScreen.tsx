import { isProblem, type Problem } from '@chorale/client';
import { useEffect, useState, type FormEvent } from 'react';
import { inLanguage } from '../app/language';
import { messages } from '../app/messages';
import { Link } from '../app/router';
import { Button } from '../ui/Button';
import { TextField } from '../ui/Field';
import { Mark } from '../ui/Icon';

const english = {
  title: (name: string | undefined) => (name === undefined ? 'This session has a password' : `“${name}” has a password`),
  lead: 'Whoever invited you knows it. You are asked only once.',
  label: 'Password of the session',
  enter: 'Enter',
  wrong: 'This is not the password. Try again.',
  wait: (seconds: number) => `Too many wrong ones. Try again in ${seconds} s.`,
};

const german: typeof english = {
  title: (name) => (name === undefined ? 'Diese Sitzung hat ein Passwort' : `„${name}“ hat ein Passwort`),
  lead: 'Wer Sie eingeladen hat, kennt es. Sie werden nur einmal gefragt.',
  label: 'Passwort der Sitzung',
  enter: 'Hinein',
  wrong: 'Das ist nicht das Passwort. Versuchen Sie es noch einmal.',
  wait: (seconds) => `Zu oft falsch. Versuchen Sie es in ${seconds} s wieder.`,
};

export const passwordCatalogues = { en: english, de: german };
const text = inLanguage(passwordCatalogues);
const LONGEST = 128;

/** Whether what keeps somebody out is that the session's password is not known yet. */
export function asksForPassword(problem: Problem): boolean {
  return ['password-required', 'wrong-password', 'too-many-requests'].some((slug) => isProblem(problem, slug));
}

interface PasswordScreenProps {
  readonly sessionName: string | undefined;
  /** What the last attempt came to. */
  readonly problem: Problem;
  readonly onPassword: (password: string) => void;
}

/** Asks for a session's password. */
export function PasswordScreen({ sessionName, problem, onPassword }: PasswordScreenProps) {
  const [typed, setTyped] = useState('');
  const wait = useCountdown(isProblem(problem, 'too-many-requests') ? (problem.retryAfter ?? 1) : 0);
  const error = wait > 0 ? text.wait(wait) : isProblem(problem, 'wrong-password') ? text.wrong : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed !== '' && wait === 0) onPassword(typed);
  };
  return (
    <main className="screen" data-testid="password-screen" data-problem={problem.type} data-wait={wait}>
      <form className="screen-body password-form" onSubmit={submit} noValidate>
        <Mark size={48} />
        <h1>{text.title(sessionName)}</h1>
        <p>{text.lead}</p>
        <TextField label={text.label} type="password" error={error} maxLength={LONGEST} autoFocus value={typed} onChange={(event) => setTyped(event.currentTarget.value)} data-testid="session-password" />
        <div className="screen-actions">
          <Link href="/" className="button button-quiet">
            <span>{messages.toStart}</span>
          </Link>
          <Button tone="primary" type="submit" disabled={typed === '' || wait > 0} data-testid="password-enter">
            {text.enter}
          </Button>
        </div>
      </form>
    </main>
  );
}

function useCountdown(seconds: number): number {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    if (left === 0) return undefined;
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  return left;
}
