import { describe, expect, it } from 'vitest';
import type { Command } from './command';
import { capsOf, commandFor, keysOf } from './keys';

type Modifier = 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey';

function press(key: string, ...modifiers: readonly Modifier[]) {
  const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  return { key, ...none, ...Object.fromEntries(modifiers.map((each) => [each, true])) };
}

function command(id: string, keys: readonly string[], isPossible?: () => boolean): Command {
  return { id, title: id, section: 'edit', keys, ...(isPossible && { isPossible }), run: () => undefined };
}

describe('keys', () => {
  it.each([
    [press('z', 'ctrlKey'), ['mod+z']],
    [press('Z', 'metaKey', 'shiftKey'), ['mod+shift+z']],
    [press('Delete'), ['delete']],
    [press('?', 'shiftKey'), ['shift+?', '?']],
    [press('1', 'shiftKey'), ['shift+1', '1']],
    [press('F', 'altKey', 'shiftKey'), ['alt+shift+f']],
    [press('ArrowUp', 'shiftKey'), ['shift+arrowup']],
  ])('given %j then commands name it %j', (pressed, keys) => {
    expect(keysOf(pressed)).toEqual(keys);
  });

  it('given one command is not possible then the keys reach the next one', () => {
    const commands = [command('first', ['escape'], () => false), command('second', ['escape'])];
    expect(commandFor(commands, press('Escape'))?.id).toBe('second');
  });

  it('given keys that nobody wants then there is no command', () => {
    const commands = [command('undo', ['mod+z'])];
    expect(commandFor(commands, press('z'))).toBeUndefined();
    expect(commandFor(commands, press('Z', 'ctrlKey', 'shiftKey'))).toBeUndefined();
  });

  it('given keys then the caps are labelled as on a keyboard', () => {
    expect(capsOf('mod+shift+z')).toEqual(['Ctrl', 'Shift', 'Z']);
    expect(capsOf('delete')).toEqual(['Del']);
    expect(capsOf('mod++')).toEqual(['Ctrl', '+']);
  });
});
