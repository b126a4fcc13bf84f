import { inLanguage } from '../app/language';

/** What everybody reads of branches before they open anything. */
const english = {
  main: 'main',
  menu: 'Branches…',
  command: 'Show branches',
  requestsCommand: 'Show proposals',
  newCommand: 'Try something out on a branch of your own',
  mainCommand: 'Go to main',
  chip: (name: string) => `You are on the branch “${name}”. Show all branches`,
  onMain: 'Branches: you are on main',
  going: (name: string) => `Going to “${name}”…`,
  notThere: (name: string) => `You cannot go to “${name}”`,
  goneTitle: 'This branch is not there',
  goneDetail: 'It was deleted, or the link has a mistake in it. The session itself is still there.',
  toMain: 'Go to main',
};

const german: typeof english = {
  main: 'main',
  menu: 'Zweige …',
  command: 'Zweige zeigen',
  requestsCommand: 'Vorschläge zeigen',
  newCommand: 'Auf einem eigenen Zweig etwas ausprobieren',
  mainCommand: 'Zu main wechseln',
  chip: (name) => `Sie sind auf dem Zweig „${name}“. Alle Zweige zeigen`,
  onMain: 'Zweige: Sie sind auf main',
  going: (name) => `Wechsel zu „${name}“ …`,
  notThere: (name) => `Sie können nicht zu „${name}“ gehen`,
  goneTitle: 'Diesen Zweig gibt es nicht',
  goneDetail: 'Er wurde gelöscht, oder im Link ist ein Fehler. Die Sitzung selbst ist noch da.',
  toMain: 'Zu main gehen',
};

export const branchMessages = inLanguage({ en: english, de: german });
