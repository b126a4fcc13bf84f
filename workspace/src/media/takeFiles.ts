import type { Workspace } from '../session/workspace';
import { importFile } from '../transfer/importFile';
import { mediaMessages as text } from './messages';
import { seemsToBe } from './preparedFile';
import { uploadsOf } from './uploads';

/** Takes what somebody dropped or pasted, wherever it belongs, and says so about what belongs nowhere. */
export function takeFiles(workspace: Workspace, files: readonly File[], at?: { readonly x: number; readonly y: number }): void {
  const sessions = files.filter((file) => seemsToBe(file) === 'session');
  const media = files.filter((file) => seemsToBe(file) === 'media');
  const [session] = sessions;
  if (session !== undefined && files.length === 1) {
    void importFile(workspace, session);
    return;
  }
  if (workspace.session.info?.kind !== 'scene') {
    workspace.notify({ tone: 'danger', about: 'files', ...(media.length > 0 ? text.takes.parameters : text.takes.single) });
    return;
  }
  if (session !== undefined) workspace.notify({ tone: 'neutral', about: 'session file', ...text.takes.single });
  if (media.length > 0) void uploadsOf(workspace).add(media, at);
}

export const ACCEPTED = { image: 'image/png,image/jpeg,image/webp', model: '.glb,.gltf,model/gltf-binary,model/gltf+json' } as const;

/** Asks for files; none where somebody thinks better of it. */
export function chosenFiles(kind: keyof typeof ACCEPTED, several: boolean): Promise<readonly File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = ACCEPTED[kind];
    input.multiple = several;
    input.addEventListener('change', () => resolve([...(input.files ?? [])]));
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  });
}
