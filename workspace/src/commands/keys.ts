import { messages } from '../app/messages';
import type { Command } from './command';

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

const isMac = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.platform);
const MAC: Readonly<Record<string, string>> = { mod: '⌘', alt: '⌥', shift: '⇧' };

/** What somebody presses, as commands name their keys. Two ways, where Shift may be part of the character: `?`, `!`. */
export function keysOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Pressed): readonly string[] {
  const name = key.toLowerCase();
  const before = `${ctrlKey || metaKey ? 'mod+' : ''}${altKey ? 'alt+' : ''}`;
  if (!shiftKey) return [before + name];
  const isSign = name.length === 1 && name === key.toUpperCase();
  return isSign ? [`${before}shift+${name}`, before + name] : [`${before}shift+${name}`];
}

/** The first command that these keys do and that is possible now. */
export function commandFor(commands: readonly Command[], event: Pressed): Command | undefined {
  const pressed = keysOf(event);
  return commands.find(({ keys, isPossible }) => keys?.some((each) => pressed.includes(each)) === true && isPossible?.() !== false);
}

/** The caps to press, as they are labelled: `mod+shift+z` is Ctrl, Shift, Z. */
export function capsOf(keys: string): readonly string[] {
  return keys.split(/\+(?=.)/).map((key) => (isMac ? MAC[key] : undefined) ?? messages.keys.names[key] ?? key.toUpperCase());
}
