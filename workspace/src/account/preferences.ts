import { updateMe, type User } from '@chorale/client/account';
import { chosenLanguage, followLanguage, isLanguage, onLanguageChoice, type Language } from '../app/language';
import { chosenTheme, followTheme, onThemeChoice, type Theme } from '../app/theme';
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
  const { user } = account;
  if (!user) return;
  const preferences = { ...user.preferences, ...chosen };
  const { language } = chosen;
  // What can be seen at once is chosen at once; another language waits, since it loads the page anew.
  if (language === undefined) account.become({ ...user, preferences });
  const locale = language === 'system' ? navigator.language : language;
  const answer = await updateMe(window.location.origin, await account.token(), { preferences, ...(locale !== undefined && { locale }) });
  // Whoever chose again meanwhile means that.
  if (account.user) account.become(language === undefined ? { ...answer, preferences: account.user.preferences } : answer);
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
  if (theme !== undefined && theme !== chosenTheme()) followTheme(theme);
  if (language !== undefined && language !== chosenLanguage()) followLanguage(language);
}
