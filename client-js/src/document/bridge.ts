import { transformEdit, type TextEdit } from '../text/textEdit.js';
import { editsAfter, type TextWrite, type TextWrites } from './writes.js';

/**
 * What others wrote in a text since one's base, seen from behind one's own edits so far.
 *
 *            edit
 *        ·────────▸·
 *  other │         │ other'    other' = transform(other, edit, earlier)
 *        ▾         ▾
 *        ·────────▸·
 *            edit'             edit' = transform(edit, other, later)
 */
export class Bridge {
  #others: readonly TextWrite[];

  private constructor(since: readonly TextWrite[]) {
    this.#others = since;
  }

  /** Undefined where not all of the text's edits since the base are remembered. */
  static since(text: TextWrites, base: number): Bridge | undefined {
    const since = editsAfter(text, base);
    return since && new Bridge(since);
  }

  /** Takes an own edit across all others. Steps through, never composes. */
  cross(edit: TextEdit): TextEdit {
    return this.#crossUpTo(this.#others.length, edit);
  }

  /** Takes an own edit that is known already up to its place among the others. */
  crossKnown(own: string, edit: TextEdit): void {
    const place = this.#others.findIndex((other) => other.changeId === own);
    this.#crossUpTo(place < 0 ? this.#others.length : place, edit);
  }

  /** A known change's own edits are no others'. */
  forget(own: string): void {
    this.#others = this.#others.filter((other) => other.changeId !== own);
  }

  #crossUpTo(end: number, edit: TextEdit): TextEdit {
    let mine = edit;
    const advanced = this.#others.slice(0, end).map((other) => {
      const beyond = { ...other, edit: transformEdit(other.edit, mine, 'earlier') };
      mine = transformEdit(mine, other.edit, 'later');
      return beyond;
    });
    this.#others = [...advanced, ...this.#others.slice(end)];
    return mine;
  }
}
