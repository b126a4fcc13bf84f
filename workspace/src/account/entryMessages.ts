import { inLanguage } from '../app/language';

const en = {
  signIn: 'Sign in',
  account: (name: string) => `Your account: ${name}`,
  insteadOfGuest: 'Sign in instead',
  insteadOfGuestDetail: 'With an account you are the same person on every device.',
  keep: 'This is how your account shows you, in every session.',
  keepFailed: 'Your name and colour were not saved. Check your connection and try again.',
  needed: { title: 'Sign in to begin', detail: 'This server is for people with an account. Sign in to start sessions and to see those that are here.' },
  ended: {
    title: 'You are signed out',
    detail: 'You signed out elsewhere, or your sign-in was ended. Sign in to come back to this session.',
    pending: (count: number) =>
      count === 1
        ? '1 edit was not sent. It is kept on this device, and is sent when you sign in here again.'
        : `${count} edits were not sent. They are kept on this device, and are sent when you sign in here again.`,
    asGuest: 'Go on as a guest',
  },
};

const de: typeof en = {
  signIn: 'Anmelden',
  account: (name) => `Ihr Konto: ${name}`,
  insteadOfGuest: 'Stattdessen anmelden',
  insteadOfGuestDetail: 'Mit einem Konto sind Sie auf jedem Gerät dieselbe Person.',
  keep: 'So zeigt Sie Ihr Konto, in jeder Sitzung.',
  keepFailed: 'Name und Farbe wurden nicht gespeichert. Prüfen Sie die Verbindung und versuchen Sie es noch einmal.',
  needed: { title: 'Melden Sie sich an', detail: 'Dieser Server ist für Personen mit einem Konto. Melden Sie sich an, um Sitzungen zu beginnen und die zu sehen, die es hier gibt.' },
  ended: {
    title: 'Sie sind abgemeldet',
    detail: 'Sie haben sich anderswo abgemeldet, oder Ihre Anmeldung wurde beendet. Melden Sie sich an, um in diese Sitzung zurückzukommen.',
    pending: (count) =>
      count === 1
        ? '1 Änderung wurde nicht gesendet. Sie ist auf diesem Gerät aufgehoben und wird gesendet, wenn Sie sich hier wieder anmelden.'
        : `${count} Änderungen wurden nicht gesendet. Sie sind auf diesem Gerät aufgehoben und werden gesendet, wenn Sie sich hier wieder anmelden.`,
    asGuest: 'Als Gast weitermachen',
  },
};

/** What pages say about accounts that are no pages of accounts. */
export const entryMessages = inLanguage({ en, de });
