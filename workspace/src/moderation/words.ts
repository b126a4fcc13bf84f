import { inLanguage } from '../app/language';

const english = {
  menu: (name: string) => `What to do about ${name}`,
  role: (name: string) => `Role of ${name}`,
  roleLabel: 'Role',
  mute: 'Mute in chat…',
  kick: 'Send away…',
  ban: 'Ban…',
  remove: 'Remove what they made…',
  report: 'Report to the moderators…',
  above: 'Only those above somebody do that',
};

export type ModerationWords = typeof english;

const german: ModerationWords = {
  menu: (name) => `Was ${name} angeht`,
  role: (name) => `Rolle von ${name}`,
  roleLabel: 'Rolle',
  mute: 'Im Chat stummschalten …',
  kick: 'Hinausschicken …',
  ban: 'Ausschließen …',
  remove: 'Alles von dieser Person entfernen …',
  report: 'Der Moderation melden …',
  above: 'Das tut nur, wer darüber steht',
};

export const moderationWordCatalogues = { en: english, de: german };

/** What the menu of a person says. */
export const moderationWords: ModerationWords = inLanguage(moderationWordCatalogues);
