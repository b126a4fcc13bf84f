import type { Session } from '@chorale/client';
import { messages } from '../app/messages';
import { download } from '../report/syncReport';
import { visibleElements } from '../scene/sceneElement';
import type { Workspace } from '../session/workspace';
import { fileNameOf, sessionFileOf } from './sessionFile';

/** Gives the browser the session's content as a file, as it is now. */
export function exportSession({ document, info }: Session): void {
  if (info) download(sessionFileOf(document, info, new Date()));
}

/** Gives the browser the scene as a model that other programs open. */
export async function exportModel(workspace: Workspace): Promise<void> {
  const { document, info } = workspace.session;
  try {
    const { modelOf } = await import('./model');
    const text = await modelOf(visibleElements(document));
    download({ name: `${fileNameOf(info?.name ?? '')}.gltf`, text, type: 'model/gltf+json' });
  } catch (failure) {
    workspace.notify({ tone: 'danger', title: messages.transfer.modelFailed, detail: String(failure) });
  }
}
