import { UNDOABLE } from '../sync/replay.js';

/** Changes that are undone together, oldest first; those of a gesture have its name. */
interface UndoStep {
  readonly changeIds: readonly string[];
  readonly gesture?: string | undefined;
}

/**
 * What comes next when one undoes and redoes: one's own changes, and their undos, which are changes themselves. Steps of
 * so many changes as can be undone at all are remembered, the newest ones.
 */
export class UndoHistory {
  #done: readonly UndoStep[] = [];
  #undone: readonly UndoStep[] = [];

  /** The changes to undo next, oldest first. */
  get lastDone(): readonly string[] {
    return this.#done.at(-1)?.changeIds ?? [];
  }

  get lastUndone(): readonly string[] {
    return this.#undone.at(-1)?.changeIds ?? [];
  }

  /**
   * A new edit: what was undone stays undone. Edits of one gesture that follow each other are one step.
   *
   * @param apart whether they are where other edits came between, too
   */
  edited(changeId: string, gesture?: string, apart = false): void {
    const isOfGesture = (step: UndoStep): boolean => gesture !== undefined && step.gesture === gesture;
    const begun = apart ? this.#done.find(isOfGesture) : this.#done.slice(-1).find(isOfGesture);
    const earlier = begun?.changeIds.filter((each) => each !== changeId) ?? [];
    const others = without(this.#done, changeId).filter((step) => step.changeIds.every((each) => !earlier.includes(each)));
    this.#done = newest([...others, { changeIds: [...earlier, changeId], gesture }]);
    this.#undone = [];
  }

  /** Changes were undone by others, in this order; where they were undos themselves, that is a redo. */
  undone(changeIds: readonly string[], by: readonly string[]): void {
    const step = { changeIds: by };
    if (changeIds.some((changeId) => holds(this.#undone, changeId))) {
      this.#undone = changeIds.reduce(without, this.#undone);
      this.#done = newest([...this.#done, step]);
    } else {
      this.#done = changeIds.reduce(without, this.#done);
      this.#undone = newest([...this.#undone, step]);
    }
  }

  /** The server did not take a change, or it was taken back: there is nothing to undo or to redo. */
  dropped(changeId: string): void {
    this.#done = without(this.#done, changeId);
    this.#undone = without(this.#undone, changeId);
  }
}

function holds(steps: readonly UndoStep[], changeId: string): boolean {
  return steps.some(({ changeIds }) => changeIds.includes(changeId));
}

function without(steps: readonly UndoStep[], changeId: string): readonly UndoStep[] {
  if (!holds(steps, changeId)) return steps;
  return steps
    .map((step) => ({ ...step, changeIds: step.changeIds.filter((each) => each !== changeId) }))
    .filter(({ changeIds }) => changeIds.length > 0);
}

/**
 * The last steps, of {@link UNDOABLE} changes altogether: of earlier ones nobody here knows the way back. The very last
 * one stays whole, so that a part of a gesture never passes for all of it.
 */
function newest(steps: readonly UndoStep[]): readonly UndoStep[] {
  let changes = 0;
  const tooMany = steps.findLastIndex((step, index) => {
    changes += step.changeIds.length;
    return changes > UNDOABLE && index < steps.length - 1;
  });
  return tooMany < 0 ? steps : steps.slice(tooMany + 1);
}
