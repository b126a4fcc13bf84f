import { inLanguage } from '../app/language';

const english = {
  follow: (name: string) => `Follow ${name}’s view`,
  unfollow: (name: string) => `Stop following ${name}’s view`,
  following: (name: string) => `You follow ${name}’s view`,
  followsYou: 'Follows your view',
  looksBack: 'looks at how it was',
  speaking: 'Speaks',
  away: 'away',
  offline: 'offline',
  stop: 'Stop',
  stopLeading: 'End',
  bring: 'Bring everyone to me',
  endBring: 'Let everyone go again',
  leading: (following: number, others: number) =>
    others === 0 ? 'Nobody else is here who could follow' : following === others ? (others === 1 ? 'The other person follows your view' : 'Everyone follows your view') : `${following} of ${others} follow your view`,
  leadingDetail: 'The others can decline.',
  invited: (name: string) => `${name} wants to show you something`,
  invitedDetail: 'Your view follows in a moment, unless you move it yourself.',
  secondsLeft: (seconds: number) => `in ${seconds} s`,
  accept: 'Follow now',
  decline: 'Stay here',
  laser: 'Point with the laser',
  laserOff: 'Switch the laser off',
  turnOff: 'Turn off',
  laserOn: 'Your laser is on',
  laserHow: 'Drag over the scene to show the others something.',
  andMore: (count: number) => `+${count}`,
  commands: {
    stay: 'Stop following, or decline to',
    bring: 'Bring everyone to my view, or let them go',
    laser: 'Point with the laser (hold)',
  },
};

export type PresenceMessages = typeof english;

const german: PresenceMessages = {
  follow: (name) => `Der Ansicht von ${name} folgen`,
  unfollow: (name) => `Der Ansicht von ${name} nicht mehr folgen`,
  following: (name) => `Sie folgen der Ansicht von ${name}`,
  followsYou: 'Folgt Ihrer Ansicht',
  looksBack: 'sieht, wie es war',
  speaking: 'Spricht',
  away: 'abwesend',
  offline: 'getrennt',
  stop: 'Beenden',
  stopLeading: 'Beenden',
  bring: 'Alle zu mir holen',
  endBring: 'Alle wieder gehen lassen',
  leading: (following, others) =>
    others === 0 ? 'Niemand sonst ist hier, der folgen könnte' : following === others ? (others === 1 ? 'Die andere Person folgt Ihrer Ansicht' : 'Alle folgen Ihrer Ansicht') : `${following} von ${others} folgen Ihrer Ansicht`,
  leadingDetail: 'Die anderen können ablehnen.',
  invited: (name) => `${name} möchte Ihnen etwas zeigen`,
  invitedDetail: 'Gleich folgt Ihre Ansicht, wenn Sie sie nicht selbst bewegen.',
  secondsLeft: (seconds) => `in ${seconds} s`,
  accept: 'Jetzt folgen',
  decline: 'Hier bleiben',
  laser: 'Mit dem Laser zeigen',
  laserOff: 'Laser ausschalten',
  turnOff: 'Ausschalten',
  laserOn: 'Ihr Laser ist an',
  laserHow: 'Ziehen Sie über die Szene, um den anderen etwas zu zeigen.',
  andMore: (count) => `+${count}`,
  commands: {
    stay: 'Nicht mehr folgen oder ablehnen',
    bring: 'Alle zu meiner Ansicht holen oder gehen lassen',
    laser: 'Mit dem Laser zeigen (halten)',
  },
};

export const presenceCatalogues = { en: english, de: german };

/** What people are told about each other. */
export const presenceMessages: PresenceMessages = inLanguage(presenceCatalogues);
