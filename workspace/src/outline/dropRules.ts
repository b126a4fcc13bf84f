import type { DocumentView } from '@chorale/client';
import { canHang } from '../scene/tree';
import type { Row } from './rows';

/** Where something lands when it is let go over a row, and where the line is drawn that says so. */
export interface Drop {
  readonly parent: string | null;
  /** The sibling behind which it comes; null for the first place, absent for the last. */
  readonly after?: string | null;
  /** The row that the line belongs to, and how: a line above or below it, or a frame around it. */
  readonly row: string;
  readonly line: 'above' | 'below' | 'into';
  /** How far the line is indented. */
  readonly level: number;
}

/** The upper and the lower share of a row that stand for its edges. */
const EDGE = 0.3;

/**
 * Where dragged rows land.
 *
 * @param index the row under the pointer; at or behind the end it is the end of the scene
 * @param share how far down in that row the pointer is, 0 to 1
 * @param dragged what hangs from one of the others is not among them
 * @returns undefined where it cannot land
 */
export function dropAt(document: DocumentView, rows: readonly Row[], index: number, share: number, dragged: readonly string[]): Drop | undefined {
  const drop = wanted(rows, index, share);
  return drop && !dragged.includes(drop.row) && canHang(document, dragged, drop.parent) ? drop : undefined;
}

function wanted(rows: readonly Row[], index: number, share: number): Drop | undefined {
  const row = rows[index];
  if (row === undefined) {
    const last = rows.at(-1);
    return last && { parent: null, row: last.element.id, line: 'below', level: 1 };
  }
  const { element, level } = row;
  const { id, parent } = element;
  if (share < EDGE) return { parent, after: before(rows, index), row: id, line: 'above', level };
  const isGroup = element.kind === 'group';
  if (isGroup && share <= 1 - EDGE) return { parent: id, row: id, line: 'into', level: level + 1 };
  if (!isGroup && share < 0.5) return { parent, after: before(rows, index), row: id, line: 'above', level };
  // Below an open row is the place before the first of what hangs from it.
  if (row.expanded === true) return { parent: id, after: null, row: id, line: 'below', level: level + 1 };
  return { parent, after: id, row: id, line: 'below', level };
}

/** The sibling above a row; null for the first. */
function before(rows: readonly Row[], index: number): string | null {
  const row = rows[index];
  for (let at = index - 1; at >= 0; at--) {
    const above = rows[at];
    if (above === undefined || row === undefined || above.level < row.level) return null;
    if (above.level === row.level) return above.element.id;
  }
  return null;
}
