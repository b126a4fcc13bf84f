import { inLanguage } from '../app/language';

const english = {
  archive: 'Archive instead',
  archiveDetail: 'Archived, it can be brought back with everything in it. Closed, it cannot.',
  archived: 'This session is archived',
  archivedDetail: 'Everything in it is kept. Its owner can bring it back.',
  bringBack: 'Bring it back',
  ownersOnly: 'Only its owner can bring it back.',
  failed: (why: string) => `That did not work: ${why}`,
  unreachable: 'The server cannot be reached.',
};

const german: typeof english = {
  archive: 'Stattdessen archivieren',
  archiveDetail: 'Archiviert lässt sie sich mit allem darin zurückholen, geschlossen nicht.',
  archived: 'Diese Sitzung ist archiviert',
  archivedDetail: 'Alles darin bleibt erhalten. Wem sie gehört, kann sie zurückholen.',
  bringBack: 'Zurückholen',
  ownersOnly: 'Nur wem die Sitzung gehört, kann sie zurückholen.',
  failed: (why) => `Das ging nicht: ${why}`,
  unreachable: 'Der Server ist nicht zu erreichen.',
};

export const archiveMessages = inLanguage({ en: english, de: german });
