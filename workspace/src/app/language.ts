import { browserStorage } from './storage';

export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

const KEY = 'chorale.language';

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((each) => each === value);
}

/** What was chosen on this device. */
export function chosenLanguage(): Language | 'system' {
  const chosen = browserStorage.read(KEY);
  return isLanguage(chosen) ? chosen : 'system';
}

/** What the person chose, else the first of the browser's languages that there is a catalogue for. */
function preferred(): Language {
  const chosen = chosenLanguage();
  if (chosen !== 'system') return chosen;
  const offered = typeof navigator === 'undefined' ? [] : navigator.languages;
  return offered.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en';
}

/** The page's language. Chosen once for a page: another choice loads it anew. */
export const language: Language = preferred();

type Listener = (next: Language | 'system') => Promise<void>;
const listeners = new Set<Listener>();

/** Lets somebody hear of each choice, before the page is loaded anew: that waits for them. */
export function onLanguageChoice(listener: Listener): void {
  listeners.add(listener);
}

/** Remembers the choice and loads the page in that language; the session's seat and unsent edits outlive it. */
export function chooseLanguage(next: Language | 'system'): void {
  void Promise.allSettled([...listeners].map((heard) => heard(next))).then(() => {
    remember(next);
    window.location.reload();
  });
}

/** A choice that was made elsewhere. The page is loaded anew where it is in another language, and storage keeps the choice. */
export function followLanguage(next: Language | 'system'): void {
  remember(next);
  if (chosenLanguage() === next && preferred() !== language) window.location.reload();
}

function remember(choice: Language | 'system'): void {
  if (choice === 'system') browserStorage.remove(KEY);
  else browserStorage.write(KEY, choice);
}

/** The catalogue of the page's language. English gives the shape. */
export function inLanguage<M>(catalogues: Readonly<Record<Language, M>>): M {
  return catalogues[language];
}
