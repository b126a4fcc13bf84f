import { ProblemError, type Gesture, type Operation } from '@chorale/client';
import { randomId } from '../app/ids';
import { freeSpot, round } from '../scene/placement';
import { liveElements, type LightType, type MaterialLook } from '../scene/sceneElement';
import type { Workspace } from '../session/workspace';
import { mediaMessages as text } from './messages';

/** High enough to light what stands below, low enough to be in the picture. */
const HANGING = 2.4;
const WARM = '#ffe2b3';
/** So much room on the ground a light keeps to what stands there. */
const ROOM = 0.3;

/** The properties of an element that are a number or a word of this folder. */
export type Look = Partial<MaterialLook> & { readonly light?: LightType; readonly intensity?: number; readonly range?: number };

/** Adds a light above the place that one looks at. */
export function addLight(workspace: Workspace, type: LightType): void {
  const lights = liveElements(workspace.session.document).filter(({ kind }) => kind === 'light');
  const [x, z] = freeSpot(workspace.view?.lookedAt() ?? [0, 0], ROOM, lights);
  const id = randomId();
  const props = {
    name: `${text.add.lights[type]} ${lights.filter(({ light }) => light?.type === type).length + 1}`,
    position: [x, HANGING, z],
    // Aslant, so that a sun makes faces differ from each other.
    rotation: type === 'sun' ? [0.5, 0, 0.4] : [0, 0, 0],
    scale: [1, 1, 1],
    color: WARM,
    light: type,
    intensity: 3,
    range: 12,
  };
  if (workspace.editTogether([{ op: 'create', id, elementType: 'light', parent: null, props }]).length > 0) workspace.select(id);
}

/**
 * Gives elements a look, as one edit and one step of undo; those that somebody locked stay as they are.
 *
 * @param gesture edits under one name become one change while they wait, as those of a key that is held down
 */
export function setLook(workspace: Workspace, ids: readonly string[], look: Look, gesture?: string): void {
  const operations = lookOperations(workspace.locks.editable(ids), look);
  if (operations.length > 0) workspace.editTogether(operations, gesture);
}

/** Looks being tried, as with a slider: seen by oneself at once, one edit when one lets go. */
export class LookTrial {
  private gesture: Gesture | undefined;
  private editable: readonly string[] = [];

  constructor(private readonly workspace: Workspace) {}

  attempt(ids: readonly string[], look: Look): void {
    if (this.gesture === undefined) {
      this.editable = this.workspace.locks.editable(ids);
      if (this.editable.length === 0) return;
      this.gesture = this.workspace.session.beginGesture();
    }
    const { gesture } = this;
    const present = this.editable.filter((id) => this.workspace.element(id) !== undefined);
    if (present.length > 0) taken(() => gesture.update(lookOperations(present, look)));
    this.workspace.view?.invalidate();
  }

  commit(): void {
    const { gesture } = this;
    this.gesture = undefined;
    if (gesture) taken(() => gesture.commit());
  }
}

/** A session that closed meanwhile takes nothing any more, and has said so. */
function taken(step: () => unknown): void {
  try {
    step();
  } catch (failure) {
    if (!(failure instanceof ProblemError)) throw failure;
  }
}

function lookOperations(ids: readonly string[], look: Look): readonly Operation[] {
  return ids.flatMap((id) =>
    Object.entries(look).map(([property, value]): Operation => ({ op: 'set', id, path: [property], value: typeof value === 'number' ? round(value) : value })),
  );
}
