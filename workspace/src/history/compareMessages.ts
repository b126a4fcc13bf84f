import { inLanguage } from '../app/language';
import type { MarkKind } from './marks';

const english = {
  title: 'What changed',
  since: (name: string) => `Since ${name}`,
  until: (revision: number) => `up to revision ${revision}`,
  untilNow: 'up to now',
  reading: 'Comparing',
  none: 'Nothing changed.',
  cut: 'There is more. Only the first changes are shown.',
  close: 'Stop comparing',
  legend: 'What the marks in the scene mean',
  kind: { created: 'new', deleted: 'deleted', moved: 'moved', changed: 'changed' } as Readonly<Record<MarkKind, string>>,
  frame: (name: string) => `Show ${name} in the scene`,
};

export type CompareMessages = typeof english;

const german: CompareMessages = {
  title: 'Was sich geändert hat',
  since: (name) => `Seit ${name}`,
  until: (revision) => `bis Revision ${revision}`,
  untilNow: 'bis jetzt',
  reading: 'Wird verglichen',
  none: 'Nichts hat sich geändert.',
  cut: 'Es gibt noch mehr. Nur die ersten Änderungen sind zu sehen.',
  close: 'Vergleich beenden',
  legend: 'Was die Zeichen in der Szene bedeuten',
  kind: { created: 'neu', deleted: 'gelöscht', moved: 'verschoben', changed: 'geändert' },
  frame: (name) => `${name} in der Szene zeigen`,
};

export const compareMessages = inLanguage({ en: english, de: german });
