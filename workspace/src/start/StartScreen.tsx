import { useEffect } from 'react';
import { messages } from '../app/messages';
import { Link } from '../app/router';
import { LanguageChoice } from '../ui/LanguageChoice';
import { Mark } from '../ui/Icon';
import { ThemeToggle } from '../ui/ThemeToggle';
import { NewSession } from './NewSession';
import { SessionLists } from './SessionLists';

export function StartScreen() {
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
        </div>
      </header>
      <main className="start-main">
        <section className="start-intro">
          <h1>{messages.start.headline}</h1>
          <p className="start-lead">{messages.start.lead}</p>
          <NewSession />
        </section>
        <SessionLists />
      </main>
    </div>
  );
}
