import type { Command } from './command';

const SECTIONS = ['edit', 'select', 'view', 'session', 'help'] as const satisfies readonly Command['section'][];

export interface Section {
  readonly section: Command['section'];
  readonly commands: readonly Command[];
}

/** Commands by section, in the order in which people read them. */
export function sectionsOf(commands: readonly Command[]): readonly Section[] {
  return SECTIONS.map((section) => ({ section, commands: commands.filter((each) => each.section === section) })).filter((each) => each.commands.length > 0);
}

/** Commands in whose title every word of the query is found, whatever its case and accents. */
export function matching(commands: readonly Command[], query: string): readonly Command[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  return commands.filter(({ title }) => words.every((word) => plain(title).includes(word)));
}

export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase();
}
