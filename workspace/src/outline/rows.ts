import type { DocumentView } from '@chorale/client';
import { childElements, type SceneElement } from '../scene/sceneElement';
import { nameOf } from '../session/wording';

/** A line of the tree as it is shown. */
export interface Row {
  readonly element: SceneElement;
  /** 1 at the top of the scene. */
  readonly level: number;
  /** Whether what hangs from it is shown; undefined where nothing does. */
  readonly expanded: boolean | undefined;
  /** Its place among its siblings, from 1, and how many these are. */
  readonly place: number;
  readonly siblings: number;
}

/**
 * The lines of a scene's tree from top to bottom.
 *
 * @param folded the elements of which what hangs from them is not shown
 * @param filter shows only what is called like this, and what that hangs from; everything where empty
 */
export function rowsOf(document: DocumentView, folded: ReadonlySet<string>, filter = ''): readonly Row[] {
  const wanted = filter.trim() === '' ? undefined : matching(document, filter.trim().toLocaleLowerCase());
  const rows: Row[] = [];
  const open = (parent: string | null, level: number) => {
    const all = childElements(document, parent);
    const children = wanted ? all.filter(({ id }) => wanted.has(id)) : all;
    return { children, level, next: 0 };
  };
  const waiting = [open(null, 1)];
  for (let at = waiting.at(-1); at !== undefined; at = waiting.at(-1)) {
    const element = at.children[at.next];
    at.next += 1;
    if (element === undefined) {
      waiting.pop();
      continue;
    }
    const below = open(element.id, at.level + 1);
    const expanded = below.children.length === 0 ? undefined : wanted !== undefined || !folded.has(element.id);
    rows.push({ element, level: at.level, expanded, place: at.next, siblings: at.children.length });
    if (expanded === true) waiting.push(below);
  }
  return rows;
}

/** What is called like this, and everything that it hangs from. */
function matching(document: DocumentView, words: string): ReadonlySet<string> {
  const found = new Set<string>();
  const search = (parent: string | null, above: readonly string[]): void => {
    for (const element of childElements(document, parent)) {
      const chain = [...above, element.id];
      if (nameOf(element).toLocaleLowerCase().includes(words)) for (const id of chain) found.add(id);
      search(element.id, chain);
    }
  };
  search(null, []);
  return found;
}

/** The next row after one, and from the top again, whose name begins like this; undefined where there is none. */
export function startingWith(rows: readonly Row[], from: number, words: string): number | undefined {
  const wanted = words.toLocaleLowerCase();
  // Somebody who types on stays where that still is right; the same letter again goes on to the next.
  const first = words.length > 1 ? 0 : 1;
  for (let step = first; step < rows.length + first; step++) {
    const index = (from + step) % rows.length;
    const row = rows[index];
    if (row && nameOf(row.element).toLocaleLowerCase().startsWith(wanted)) return index;
  }
  return undefined;
}
