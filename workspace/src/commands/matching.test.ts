import { describe, expect, it } from 'vitest';
import type { Command } from './command';
import { matching, sectionsOf } from './matching';

function command(title: string, section: Command['section']): Command {
  return { id: title, title, section, run: () => undefined };
}

const COMMANDS = [command('Show shortcuts', 'help'), command('Export as JSON', 'session'), command('Öffnen', 'session'), command('Undo', 'edit')];
const titles = (commands: readonly Command[]) => commands.map(({ title }) => title);

describe('the palette', () => {
  it.each([
    ['json export', ['Export as JSON']],
    ['  ', ['Show shortcuts', 'Export as JSON', 'Öffnen', 'Undo']],
    ['offnen', ['Öffnen']],
    ['nothing like it', []],
  ])('given "%s" then it finds %j', (query, found) => {
    expect(titles(matching(COMMANDS, query))).toEqual(found);
  });

  it('given commands then they stand by section, in the order of reading, and no section is empty', () => {
    expect(sectionsOf(COMMANDS).map(({ section, commands }) => [section, commands.length])).toEqual([['edit', 1], ['session', 2], ['help', 1]]);
  });
});
