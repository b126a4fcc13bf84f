import { ACCOUNT_KEY } from './account';
import { followPreferences } from './preferences';
import { account } from './present';

/** Looks whether the sign-in of an earlier visit still counts, and goes along with what happens in other tabs. */
export function startAccount(): void {
  window.addEventListener('storage', (event) => {
    if (event.key === ACCOUNT_KEY || event.key === null) account.reread();
  });
  followPreferences(account);
  // What comes of it everybody hears from the account; without a connection the sign-in stays as it was.
  if (account.user) account.token().catch(() => undefined);
}
