import { inLanguage } from '../app/language';

const english = {
  lastWriters: 'Who wrote it last',
  changes: 'Everything that was done to it',
  reading: 'Reading its history',
  failed: 'Its history could not be read',
  before: (what: string) => `Look at it before: ${what}`,
  look: (what: string) => `Look at it then: ${what}`,
  by: (name: string, when: string) => `${name}, ${when}`,
  there: 'Made or brought back',
  gone: 'Deleted',
  place: 'Place in the tree',
  entries: (name: string) => `Entries of ${name}`,
  more: 'Show earlier ones',
  deletedTitle: 'Deleted elements',
  deletedLead: 'What was deleted is kept. What you bring back is there for everybody, with all that was in it; you can undo that.',
  deletedBy: (name: string, when: string) => `deleted by ${name}, ${when}`,
  none: 'Nothing is deleted.',
  bringBack: 'Bring back',
  bringBackLabel: (name: string) => `Bring ${name} back`,
  lookBefore: 'Look at it',
  close: 'Close',
};

export type BlameMessages = typeof english;

const german: BlameMessages = {
  lastWriters: 'Wer es zuletzt schrieb',
  changes: 'Alles, was daran getan wurde',
  reading: 'Der Verlauf wird gelesen',
  failed: 'Der Verlauf ließ sich nicht lesen',
  before: (what) => `Ansehen, wie es vorher war: ${what}`,
  look: (what) => `Ansehen, wie es da war: ${what}`,
  by: (name, when) => `${name}, ${when}`,
  there: 'Angelegt oder zurückgeholt',
  gone: 'Gelöscht',
  place: 'Platz im Baum',
  entries: (name) => `Einträge von ${name}`,
  more: 'Frühere zeigen',
  deletedTitle: 'Gelöschte Elemente',
  deletedLead: 'Was gelöscht wurde, bleibt erhalten. Was Sie zurückholen, ist für alle wieder da, mit allem, was darin war; rückgängig machen lässt sich das auch.',
  deletedBy: (name, when) => `gelöscht von ${name}, ${when}`,
  none: 'Nichts ist gelöscht.',
  bringBack: 'Zurückholen',
  bringBackLabel: (name) => `${name} zurückholen`,
  lookBefore: 'Ansehen',
  close: 'Schließen',
};

export const blameMessages = inLanguage({ en: english, de: german });
