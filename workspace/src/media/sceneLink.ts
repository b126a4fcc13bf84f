import type { Workspace } from '../session/workspace';
import type { Spot } from './insertion';

/** What the scene does for files; absent while three.js loads or where WebGL fails. */
export interface SceneLink {
  /** The point of the ground that is seen at a place of the window; undefined where the sky is. */
  groundAt(x: number, y: number): Spot | undefined;
  /** Draws the scene as it is and makes a small picture of it; undefined where that is not possible. */
  photograph(): Promise<Blob | undefined>;
}

const links = new WeakMap<Workspace, SceneLink>();

export const sceneLinkOf = (workspace: Workspace): SceneLink | undefined => links.get(workspace);

/** Offers what the scene can do; answers the function that takes it back. */
export function offerSceneLink(workspace: Workspace, link: SceneLink): () => void {
  links.set(workspace, link);
  return () => {
    if (links.get(workspace) === link) links.delete(workspace);
  };
}
