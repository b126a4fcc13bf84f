const REMEMBERED = 1000;

/** What comes next when one undoes and redoes: one's own changes, and their undos, which are changes themselves. */
export class UndoHistory {
  #done: readonly string[] = [];
  #undone: readonly string[] = [];

  get lastDone(): string | undefined {
    return this.#done.at(-1);
  }

  get lastUndone(): string | undefined {
    return this.#undone.at(-1);
  }

  /** A new edit: what was undone stays undone. Edits of one gesture may be one change. */
  edited(changeId: string): void {
    this.#done = [...without(this.#done, changeId), changeId].slice(-REMEMBERED);
    this.#undone = [];
  }

  /** A change was undone by another; where it was an undo itself, that is a redo. */
  undone(changeId: string, by: string): void {
    if (this.#undone.includes(changeId)) {
      this.#undone = without(this.#undone, changeId);
      this.#done = [...this.#done, by].slice(-REMEMBERED);
    } else {
      this.#done = without(this.#done, changeId);
      this.#undone = [...this.#undone, by].slice(-REMEMBERED);
    }
  }

  /** The server did not take a change: there is nothing to undo or to redo. */
  refused(changeId: string): void {
    this.#done = without(this.#done, changeId);
    this.#undone = without(this.#undone, changeId);
  }
}

function without(changeIds: readonly string[], changeId: string): readonly string[] {
  return changeIds.includes(changeId) ? changeIds.filter((each) => each !== changeId) : changeIds;
}
