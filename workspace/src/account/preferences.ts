import { updateMe, type User } from '@chorale/client/account';
import { followLanguage, isLanguage, onLanguageChoice, type Language } from '../app/language';
import { followTheme, onThemeChoice, type Theme } from '../app/theme';
import type { Account } from './account';

/** How somebody wants pages to be, on all their devices. */
export interface Preferences {
  readonly theme: Theme | 'system';
  readonly language: Language | 'system';
}

/** What an account says; undefined where nothing was ever chosen there. */
export function preferencesOf({ preferences }: Pick<User, 'preferences'>): Partial<Preferences> {
  const { theme, language } = preferences;
  return {
    ...((theme === 'light' || theme === 'dark' || theme === 'system') && { theme }),
    ...((language === 'system' || isLanguage(language)) && { language }),
  };
}

/** Keeps choices with the account, where somebody is signed in. What other applications keep there stays. */
export async function keepPreferences(account: Account, chosen: Partial<Preferences>): Promise<void> {
  if (!account.user) return;
  const { language } = chosen;
  const locale = language === 'system' ? navigator.language : language;
  await account.change((user, token) =>
    updateMe(window.location.origin, token, { preferences: { ...user.preferences, ...chosen }, ...(locale !== undefined && { locale }) }),
  );
}

/** Makes the page as its person wants it, and their account remember what they choose on the page. */
export function followPreferences(account: Account): void {
  apply(account.user);
  account.store.subscribe(({ user }) => apply(user));
  // That it is kept is a convenience: the choice counts on this device whatever becomes of that.
  onThemeChoice((theme) => void keepPreferences(account, { theme }).catch(() => undefined));
  onLanguageChoice((language) =>
    keepPreferences(account, { language }).catch(() => {
      if (account.user) account.become({ ...account.user, preferences: { ...account.user.preferences, language } });
    }),
  );
}

function apply(user: User | undefined): void {
  if (!user) return;
  const { theme, language } = preferencesOf(user);
  // Another tab may have remembered the choice already: what counts is how this page is.
  if (theme !== undefined) followTheme(theme);
  if (language !== undefined) followLanguage(language);
}
