import { mayEdit } from '@chorale/client/access';
import { useEffect } from 'react';
import type { Command } from '../commands/command';
import { useCommandCentre, type CommandCentre } from '../commands/commandCentre';
import { commandFor } from '../commands/keys';
import { historyCommands, sessionCommands } from '../commands/sessionCommands';
import { sceneCommands } from '../commands/sceneCommands';
import { coachCommands } from '../onboarding/coachCommands';
import { presenceCommands } from '../presence/presenceCommands';
import { messages } from '../app/messages';
import type { Workspace } from './workspace';

/** Reached while one types, too. */
const EVERYWHERE: ReadonlySet<string> = new Set(['palette']);

/** Offers what a scene can do, by key and in the palette. */
export function useShortcuts(workspace: Workspace): void {
  const centre = useCommandCentre();
  useEffect(() => offer(centre, [...presenceCommands(workspace.live), ...forEditors(workspace, [...historyCommands(workspace), ...sceneCommands(workspace)]), ...sessionCommands(workspace.live, centre), ...coachCommands('scene')]), [workspace, centre]);
}

/** Offers what a parameters session can do; `lockable` is the element that can be locked. */
export function useParameterShortcuts(workspace: Workspace, lockable: string | undefined): void {
  const centre = useCommandCentre();
  useEffect(() => {
    const lock: Command = {
      id: 'lock',
      title: messages.commands.lock,
      section: 'edit',
      keys: ['l'],
      isPossible: () => lockable !== undefined,
      run: () => {
        if (lockable !== undefined) workspace.toggleLock(lockable);
      },
    };
    return offer(centre, [...forEditors(workspace, [...historyCommands(workspace), lock]), ...sessionCommands(workspace.live, centre), ...coachCommands('parameters')]);
  }, [workspace, centre, lockable]);
}

function offer(centre: CommandCentre, commands: readonly Command[]): () => void {
  const pressed = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    const command = commandFor(commands, event);
    if (command === undefined || isElsewhere(event.target, command) || isCopying(event)) return;
    event.preventDefault();
    command.run();
  };
  centre.setState({ commands });
  window.addEventListener('keydown', pressed);
  return () => {
    window.removeEventListener('keydown', pressed);
    centre.setState({ commands: [] });
  };
}

/** Whoever may change nothing is not offered to. */
function forEditors({ session }: Workspace, commands: readonly Command[]): readonly Command[] {
  return commands.map((command) => {
    if (command.section !== 'edit' || command.id === 'copy') return command;
    return { ...command, isPossible: () => mayEdit(session) && command.isPossible?.() !== false };
  });
}

/** Whether the keys belong to what one types in, or to a dialog. */
function isElsewhere(target: EventTarget | null, { id }: Command): boolean {
  if (document.querySelector('dialog[open]') !== null) return true;
  if (!(target instanceof Element) || EVERYWHERE.has(id)) return false;
  // A slider takes no letters: what is undone there is what it moved.
  if (target.matches('input[type="range"]')) return false;
  return target.closest('input, textarea, [contenteditable], [role="dialog"], [role="log"], [role="slider"], [role="radiogroup"]') !== null;
}

/** Whether the browser is to copy a text that is marked. */
function isCopying({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  const marked = window.getSelection()?.toString() ?? '';
  return (ctrlKey || metaKey) && ['c', 'x'].includes(key.toLowerCase()) && marked !== '';
}
