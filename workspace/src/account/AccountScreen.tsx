import { resetPassword } from '@chorale/client/account';
import { lazy, Suspense, useEffect, useState, type FormEvent } from 'react';
import { messages } from '../app/messages';
import { dropFragment, Link, navigate } from '../app/router';
import { ACCOUNT_PATH, wayBack, type AccountPage } from '../app/routes';
import { Button } from '../ui/Button';
import { Screen } from '../ui/Screen';
import { AccountFrame } from './AccountFrame';
import { entryMessages } from './entryMessages';
import { FormError } from './FormError';
import type { AccountLink } from './links';
import { accountMessages as text } from './messages';
import { OwnAccount } from './OwnAccount';
import { PasswordField } from './PasswordField';
import { account, useStanding } from './present';
import { RegisterForm, SignIn } from './SignIn';
import { useDoing } from './useDoing';

const PeoplePage = lazy(() => import('./PeoplePage').then(({ PeoplePage: page }) => ({ default: page })));

/** Everything about accounts that has a page: one's own, everybody's, and where links of administrators lead. */
export function AccountScreen({ page, link }: { readonly page: AccountPage; readonly link?: AccountLink }) {
  const { user } = useStanding();
  const title = link ? messages.product : page === 'people' ? text.admin.title : user ? text.own.title : text.signIn.title;
  useEffect(() => {
    document.title = link ? messages.product : `${title} · ${messages.product}`;
  }, [title, link]);
  if (link?.purpose === 'reset') return <Reset token={link.token} />;
  if (link) return <Invited key={link.token} link={link} />;
  if (!user) {
    return (
      <AccountFrame narrow>
        <h1 className="visually-hidden">{text.signIn.title}</h1>
        <SignIn onDone={() => page === 'own' && navigate(wayBack(window.location.search))} />
      </AccountFrame>
    );
  }
  if (page === 'people' && user.administrator) {
    return (
      <AccountFrame>
        <Suspense fallback={null}>
          <PeoplePage />
        </Suspense>
      </AccountFrame>
    );
  }
  if (page === 'people') return <Screen testId="unknown-page" title={messages.unknownPage.title} detail={messages.unknownPage.detail} />;
  return (
    <AccountFrame>
      <OwnAccount user={user} />
    </AccountFrame>
  );
}

/** Where the link of an administrator leads, or the one that a new server prints. */
function Invited({ link }: { readonly link: AccountLink }) {
  const [before] = useState(account.user);
  const { user } = useStanding();
  const { busy, failure, run } = useDoing();
  if (before && user) {
    return (
      <AccountFrame narrow>
        <section className="card account-card">
          <h1>{text.register.already(user.name)}</h1>
          <p className="account-lead">{text.register.alreadyDetail}</p>
          <FormError>{failure}</FormError>
          <div className="account-actions">
            <Link href="/" className="button button-primary">
              <span>{text.toStart}</span>
            </Link>
            <Button disabled={busy} onClick={() => void run(() => account.signOut())}>
              {text.signOut}
            </Button>
          </div>
        </section>
      </AccountFrame>
    );
  }
  const setup = link.purpose === 'setup';
  return (
    <AccountFrame narrow>
      <section className="card account-card">
        <h1>{setup ? text.register.setupTitle : text.register.invitedTitle}</h1>
        <p className="account-lead">{setup ? text.register.setupDetail : text.register.invitedDetail}</p>
        <RegisterForm invitation={link.token} onDone={dropFragment} />
      </section>
    </AccountFrame>
  );
}

/** Where a reset link leads. */
function Reset({ token }: { readonly token: string }) {
  const [password, setPassword] = useState('');
  const [done, setDone] = useState(false);
  const { busy, failure, run } = useDoing();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const changed = await run(() => resetPassword(window.location.origin, token, password));
    if (!changed) return;
    setDone(true);
    // Whoever was signed in here with this account is not any more.
    if (account.user) account.renew().catch(() => undefined);
  };
  if (done) {
    return (
      <AccountFrame narrow>
        <section className="card account-card" data-testid="reset-done">
          <h1>{text.reset.done}</h1>
          <p className="account-lead" role="status">
            {text.reset.doneDetail}
          </p>
          <Link href={ACCOUNT_PATH} className="button button-primary button-large" data-testid="reset-sign-in">
            <span>{entryMessages.signIn}</span>
          </Link>
        </section>
      </AccountFrame>
    );
  }
  return (
    <AccountFrame narrow>
      <section className="card account-card">
        <h1>{text.reset.title}</h1>
        <p className="account-lead">{text.reset.detail}</p>
        <form className="account-form" onSubmit={(event) => void submit(event)}>
          <PasswordField
            label={text.newPassword}
            hint={text.register.passwordHint}
            autoComplete="new-password"
            value={password}
            required
            autoFocus
            onChange={(event) => setPassword(event.currentTarget.value)}
            data-testid="account-password"
          />
          <FormError>{failure}</FormError>
          <Button tone="primary" type="submit" className="button-large" disabled={busy} data-testid="reset-submit">
            {text.reset.submit}
          </Button>
        </form>
      </section>
    </AccountFrame>
  );
}
