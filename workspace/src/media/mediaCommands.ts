import type { Command } from '../commands/command';
import { LIGHTS } from '../scene/sceneElement';
import type { Workspace } from '../session/workspace';
import { addLight } from './mediaEdits';
import { mediaMessages as text } from './messages';
import { chosenFiles } from './takeFiles';
import { uploadsOf } from './uploads';

/** What can be added to a scene besides shapes. */
export function mediaCommands(workspace: Workspace): readonly Command[] {
  return [
    ...LIGHTS.map((type): Command => ({ id: `add-light-${type}`, title: text.commands.lights[type], section: 'edit', run: () => addLight(workspace, type) })),
    { id: 'add-image', title: text.commands.image, section: 'edit', run: () => void addFiles(workspace, 'image') },
    { id: 'add-model', title: text.commands.model, section: 'edit', run: () => void addFiles(workspace, 'model') },
  ];
}

/** Asks for files and adds them. */
export async function addFiles(workspace: Workspace, kind: 'image' | 'model'): Promise<void> {
  const files = await chosenFiles(kind, true);
  if (files.length > 0) await uploadsOf(workspace).add(files);
}
