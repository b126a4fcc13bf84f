import type { ReactNode } from 'react';
import { messages } from '../app/messages';
import { Link } from '../app/router';
import { Mark } from '../ui/Icon';
import { LanguageChoice } from '../ui/LanguageChoice';
import { ThemeToggle } from '../ui/ThemeToggle';
import { AccountButton } from './AccountButton';
import { useStanding } from './present';

/** What the pages of accounts have around them. */
export function AccountFrame({ children, narrow = false }: { readonly children: ReactNode; readonly narrow?: boolean }) {
  const { user } = useStanding();
  return (
    <div className="account-page" data-testid="account-page">
      <header className="start-header">
        <Link href="/" className="brand" aria-label={messages.home} data-testid="account-home">
          <Mark size={30} />
          <span>{messages.product}</span>
        </Link>
        <div className="start-tools">
          <LanguageChoice />
          <ThemeToggle />
          {user && <AccountButton />}
        </div>
      </header>
      <main className={narrow ? 'account-narrow' : 'account-wide'}>{children}</main>
    </div>
  );
}
