import { inLanguage, language } from '../language';
import { german } from './de';
import { english, type Messages } from './en';

export type { Messages };

/** Everything that people read, in the page's language. */
export const messages: Messages = inLanguage({ en: english, de: german });

const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });

export function relativeTime(from: number, now: number): string {
  const minutes = Math.round((from - now) / 60_000);
  if (minutes > -1) return messages.justNow;
  if (minutes > -60) return relative.format(minutes, 'minute');
  if (minutes > -60 * 24) return relative.format(Math.round(minutes / 60), 'hour');
  return relative.format(Math.round(minutes / 60 / 24), 'day');
}
