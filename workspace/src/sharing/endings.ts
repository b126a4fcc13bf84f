import { isProblem, type Problem } from '@chorale/client';
import { inLanguage } from '../app/language';

/** Why somebody is not in a session, or no longer. */
export interface Ending {
  readonly title: string;
  readonly detail: string;
  readonly note?: string | undefined;
  /** Whether trying again is pointless. */
  readonly over: boolean;
  /** Whether the session itself is no more. */
  readonly gone?: boolean;
  /** What trying again is called. */
  readonly retry?: string;
}

const english = {
  kicked: { title: 'A moderator sent you away', detail: 'You may come back. What you made is still there.', retry: 'Come back' },
  banned: { title: 'You are banned from this session', detail: 'A moderator does not let you in. Ask whoever manages it if you think that is a mistake.' },
  bannedNote: 'If it was for some time only, this page works again after that.',
  revoked: { title: 'You take no part in this session any more', detail: 'Somebody who manages it changed who may be here. Ask them for an invitation.' },
  private: { title: 'This session is by invitation only', detail: 'Ask somebody who is in it for an invitation, and follow its link.' },
  invitation: { title: 'This invitation does not work', detail: 'It expired, was used up or was taken back. Ask for a new one.', retry: 'Try without it' },
  unknown: { title: 'Nobody knows who you are here', detail: 'This browser keeps no identity for you, so you cannot become a member. Allow it to store data, or sign in.' },
  words: { title: 'This name does not work here', detail: 'It has a word that this server does not take. Choose another name on the start page.' },
  again: 'Try again',
};

const german: typeof english = {
  kicked: { title: 'Die Moderation hat Sie hinausgeschickt', detail: 'Sie können zurückkommen. Was Sie gemacht haben, ist noch da.', retry: 'Zurückkommen' },
  banned: { title: 'Sie sind von dieser Sitzung ausgeschlossen', detail: 'Die Moderation lässt Sie nicht herein. Fragen Sie, wer sie verwaltet, falls das ein Irrtum ist.' },
  bannedNote: 'War das nur für einige Zeit, geht diese Seite danach wieder.',
  revoked: { title: 'Sie nehmen an dieser Sitzung nicht mehr teil', detail: 'Wer sie verwaltet, hat geändert, wer hier sein darf. Bitten Sie um eine Einladung.' },
  private: { title: 'In diese Sitzung kommt man nur mit Einladung', detail: 'Bitten Sie jemanden, der darin ist, um eine Einladung, und folgen Sie deren Link.' },
  invitation: { title: 'Diese Einladung gilt nicht', detail: 'Sie ist abgelaufen, aufgebraucht oder zurückgenommen. Bitten Sie um eine neue.', retry: 'Ohne sie versuchen' },
  unknown: { title: 'Hier ist nicht bekannt, wer Sie sind', detail: 'Dieser Browser merkt sich nicht, wer Sie sind, deshalb können Sie nicht Mitglied werden. Erlauben Sie ihm, Daten zu speichern, oder melden Sie sich an.' },
  words: { title: 'Dieser Name geht hier nicht', detail: 'Er hat ein Wort, das dieser Server nicht annimmt. Wählen Sie auf der Startseite einen anderen.' },
  again: 'Noch einmal versuchen',
};

export const endingCatalogues = { en: english, de: german };

/** How a session ends for who may not be in it; undefined where that is not why. */
export function accessEndingOf(problem: Problem): Ending | undefined {
  const text = inLanguage(endingCatalogues);
  const is = (slug: string) => isProblem(problem, slug);
  if (is('kicked')) return { ...text.kicked, over: false };
  if (is('banned') || (is('forbidden') && problem.detail?.includes('banned') === true)) return { ...text.banned, note: text.bannedNote, over: false };
  if (is('revoked')) return { ...text.revoked, over: false };
  if (is('invitation-invalid')) return { ...text.invitation, over: false };
  if (is('forbidden')) return { ...text.private, over: false };
  if (is('unauthenticated')) return { ...text.unknown, over: true };
  return is('unsuitable-words') ? { ...text.words, over: true } : undefined;
}
