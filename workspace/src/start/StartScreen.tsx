import { useEffect } from 'react';
import { AccountButton } from '../account/AccountButton';
import { entryMessages } from '../account/entryMessages';
import { useStanding } from '../account/present';
import { messages } from '../app/messages';
import { Link } from '../app/router';
import { ACCOUNT_PATH } from '../app/routes';
import { LanguageChoice } from '../ui/LanguageChoice';
import { Mark } from '../ui/Icon';
import { ThemeToggle } from '../ui/ThemeToggle';
import { NewSession } from './NewSession';
import { SessionLists } from './SessionLists';

export function StartScreen() {
  const { user, needed = false } = useStanding();
  useEffect(() => {
    document.title = messages.product;
  }, []);
  return (
    <div className="start" data-testid="start">
      <header className="start-header">
        <Link href="/" className="brand" aria-label={messages.home}>
          <Mark size={30} />
          <span>{messages.product}</span>
        </Link>
        <div className="start-tools">
          <LanguageChoice />
          <ThemeToggle />
          <AccountButton />
        </div>
      </header>
      <main className="start-main">
        <section className="start-intro">
          <h1>{messages.start.headline}</h1>
          <p className="start-lead">{messages.start.lead}</p>
          {!user && needed ? <Needed /> : <NewSession />}
        </section>
        {/* What one may see depends on who one is. */}
        <SessionLists key={user?.userId ?? ''} />
      </main>
    </div>
  );
}

/** In the place of what only people with an account may do. */
function Needed() {
  return (
    <section className="card new-session" data-testid="sign-in-needed">
      <h2>{entryMessages.needed.title}</h2>
      <p>{entryMessages.needed.detail}</p>
      <Link href={ACCOUNT_PATH} className="button button-primary button-large">
        <span>{entryMessages.signIn}</span>
      </Link>
    </section>
  );
}
