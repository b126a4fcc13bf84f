import { inLanguage } from '../app/language';

const english = {
  /** What one may not do. */
  not: {
    create: 'You may not add anything here',
    createProperty: (property: string) => `You may not give new objects a ${property}`,
    edit: (what: string) => `You may not change ${what}`,
    moveOut: (name: string) => `You may not take ${name} away from where it is`,
    moveIn: (name: string) => `You may not move ${name} there`,
    delete: (name: string) => `You may not delete ${name}`,
    constrain: (name: string) => `You may not change the constraints of ${name}`,
    resolve: 'You may not decide this conflict',
    lock: (name: string) => `You may not lock ${name}`,
    chat: 'You may not write here',
    other: 'You may not do this',
    nothing: 'You may not edit in this session',
  },
  /** Why not. */
  because: {
    frozen: 'Editing is paused for everyone until a moderator lets it go on.',
    role: 'You are here to look. Whoever manages this session can give you another role.',
    rule: 'A rule of this session says so. Whoever manages it can change that.',
    gone: 'You take no part in this session any more.',
  },
  badge: {
    viewer: 'View only',
    viewerDetail: 'You can look around, follow others and chat.',
    partly: 'You edit a part of this',
    frozen: 'Editing is paused',
    frozenDetail: 'A moderator paused editing for everyone. It goes on when they say so.',
    frozenManager: 'You paused editing for the others. You can still edit.',
    resume: 'Let everyone edit',
  },
  became: {
    VIEWER: 'You can now look, but not edit',
    COLLABORATOR: 'You can edit now',
    ADMIN: 'You help to manage this session now',
  } as Readonly<Record<string, string>>,
  chat: {
    muted: 'You are muted',
    mutedDetail: 'A moderator does not let you write for now. You can go on reading.',
    mutedFailed: 'You are muted. Nobody got this.',
    slow: (seconds: number) => `Slow mode: one message every ${seconds} s`,
    wait: (seconds: number) => `Slow mode: the next one in ${seconds} s`,
    words: 'Words in it are not welcome on this server',
  },
  share: 'Share…',
  moderation: 'Moderation…',
  roles: { OWNER: 'Owner', ADMIN: 'Admin', COLLABORATOR: 'Can edit', VIEWER: 'Can view' } as Readonly<Record<string, string>>,
};

export type RightsWords = typeof english;

const german: RightsWords = {
  not: {
    create: 'Sie dürfen hier nichts hinzufügen',
    createProperty: (property) => `Sie dürfen Neuem dies nicht geben: ${property}`,
    edit: (what) => `Sie dürfen dies nicht ändern: ${what}`,
    moveOut: (name) => `Sie dürfen ${name} nicht von dort wegnehmen`,
    moveIn: (name) => `Sie dürfen ${name} nicht dorthin bringen`,
    delete: (name) => `Sie dürfen ${name} nicht löschen`,
    constrain: (name) => `Sie dürfen die Bedingungen von ${name} nicht ändern`,
    resolve: 'Sie dürfen diesen Konflikt nicht entscheiden',
    lock: (name) => `Sie dürfen ${name} nicht sperren`,
    chat: 'Sie dürfen hier nicht schreiben',
    other: 'Sie dürfen das nicht tun',
    nothing: 'Sie dürfen in dieser Sitzung nichts ändern',
  },
  because: {
    frozen: 'Das Bearbeiten ruht für alle, bis die Moderation es wieder erlaubt.',
    role: 'Sie sind zum Zuschauen hier. Wer die Sitzung verwaltet, kann Ihnen eine andere Rolle geben.',
    rule: 'Eine Regel dieser Sitzung sagt das. Wer sie verwaltet, kann das ändern.',
    gone: 'Sie nehmen an dieser Sitzung nicht mehr teil.',
  },
  badge: {
    viewer: 'Nur ansehen',
    viewerDetail: 'Sie können sich umsehen, anderen folgen und schreiben.',
    partly: 'Sie bearbeiten einen Teil davon',
    frozen: 'Das Bearbeiten ruht',
    frozenDetail: 'Die Moderation hat es für alle angehalten. Es geht weiter, sobald sie es sagt.',
    frozenManager: 'Sie haben das Bearbeiten für die anderen angehalten. Sie selbst können weitermachen.',
    resume: 'Alle wieder lassen',
  },
  became: {
    VIEWER: 'Sie können jetzt zusehen, aber nichts ändern',
    COLLABORATOR: 'Sie können jetzt bearbeiten',
    ADMIN: 'Sie verwalten diese Sitzung jetzt mit',
  },
  chat: {
    muted: 'Sie sind stummgeschaltet',
    mutedDetail: 'Die Moderation lässt Sie gerade nicht schreiben. Lesen können Sie weiter.',
    mutedFailed: 'Sie sind stummgeschaltet. Niemand hat das bekommen.',
    slow: (seconds) => `Langsamer Modus: eine Nachricht alle ${seconds} s`,
    wait: (seconds) => `Langsamer Modus: die nächste in ${seconds} s`,
    words: 'Es enthält Wörter, die dieser Server nicht annimmt',
  },
  share: 'Teilen …',
  moderation: 'Moderation …',
  roles: { OWNER: 'Besitz', ADMIN: 'Verwaltung', COLLABORATOR: 'Bearbeitet', VIEWER: 'Sieht zu' },
};

export const rightsCatalogues = { en: english, de: german };

/** What people are told about what they may not do. */
export const rightsWords: RightsWords = inLanguage(rightsCatalogues);
