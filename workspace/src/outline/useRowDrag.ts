import { useEffect, useRef, useState, type PointerEvent as ReactPointerEvent, type RefObject } from 'react';
import { inTreeOrder, topmost } from '../scene/tree';
import { useWorkspace } from '../session/WorkspaceContext';
import { dropAt, type Drop } from './dropRules';
import type { Row } from './rows';

/** Rows in the hand, and where they would land. */
export interface RowDrag {
  readonly ids: readonly string[];
  readonly drop: Drop | undefined;
}

const CLICK_PIXELS = 5;
/** So near to the edges of the list it moves along, by so much each frame. */
const EDGE = 26;
const SCROLL = 7;

interface Dragged {
  readonly drag: RowDrag | undefined;
  readonly start: (event: ReactPointerEvent) => void;
  /** Whether a press was a drag: its click is none. Asked once. */
  readonly wasDrag: () => boolean;
}

/**
 * Rows that a mouse or a pen takes to another place of the tree, with the rest of the selection where they belong to it. Fingers
 * scroll the list: for them there are commands.
 *
 * @param list scrolls, and shows rows of this height from its very top
 * @param ghost what goes along with the pointer
 */
export function useRowDrag(list: RefObject<HTMLElement | null>, ghost: RefObject<HTMLElement | null>, rows: readonly Row[], rowHeight: number, onDropped: (drop: Drop) => void): Dragged {
  const workspace = useWorkspace();
  const [drag, setDrag] = useState<RowDrag>();
  const latest = useRef({ rows, rowHeight, onDropped });
  latest.current = { rows, rowHeight, onDropped };
  const dragged = useRef(false);
  const stop = useRef<() => void>(undefined);
  useEffect(() => () => stop.current?.(), []);

  const start = (down: ReactPointerEvent) => {
    dragged.current = false;
    const target = down.target instanceof Element ? down.target : undefined;
    const id = target?.closest<HTMLElement>('[data-element-id]')?.dataset['elementId'];
    if (down.button !== 0 || !down.isPrimary || down.pointerType === 'touch' || id === undefined || target?.closest('button, input')) return;
    stop.current?.();
    const { document } = workspace.session;
    const { selection } = workspace;
    const ids = selection.has(id) ? topmost(document, inTreeOrder(document, selection.ids)) : [id];
    let at = { x: down.clientX, y: down.clientY };
    let now: RowDrag | undefined;
    let frame = 0;

    const show = () => {
      const box = list.current;
      if (!box) return;
      const { top } = box.getBoundingClientRect();
      const rowsDown = (at.y - top + box.scrollTop) / latest.current.rowHeight;
      const index = Math.max(0, Math.floor(rowsDown));
      const drop = dropAt(workspace.session.document, latest.current.rows, index, rowsDown - index, ids);
      if (ghost.current) ghost.current.style.transform = `translate(${at.x + 14}px, ${at.y + 10}px)`;
      if (now && sameDrop(now.drop, drop)) return;
      now = { ids, drop };
      setDrag(now);
    };
    const scroll = () => {
      const box = list.current;
      if (!box) return;
      const { top, bottom } = box.getBoundingClientRect();
      const by = at.y < top + EDGE ? -SCROLL : at.y > bottom - EDGE ? SCROLL : 0;
      if (by !== 0) {
        box.scrollTop += by;
        show();
      }
      frame = requestAnimationFrame(scroll);
    };
    const move = (event: PointerEvent) => {
      if (event.pointerId !== down.pointerId) return;
      at = { x: event.clientX, y: event.clientY };
      if (now === undefined) {
        if (Math.hypot(at.x - down.clientX, at.y - down.clientY) < CLICK_PIXELS) return;
        dragged.current = true;
        frame = requestAnimationFrame(scroll);
      }
      show();
    };
    const up = (event: PointerEvent) => {
      if (event.pointerId !== down.pointerId) return;
      const drop = now?.drop;
      end();
      if (drop && workspace.tree.hang(ids, drop.parent, drop.after)) latest.current.onDropped(drop);
    };
    const key = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || now === undefined) return;
      event.stopPropagation();
      end();
    };
    const end = () => {
      stop.current = undefined;
      cancelAnimationFrame(frame);
      setDrag(undefined);
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', up);
      window.removeEventListener('pointercancel', end);
      window.removeEventListener('blur', end);
      window.removeEventListener('keydown', key, true);
    };
    stop.current = end;
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', up);
    window.addEventListener('pointercancel', end);
    window.addEventListener('blur', end);
    window.addEventListener('keydown', key, true);
  };

  const wasDrag = () => {
    const was = dragged.current;
    dragged.current = false;
    return was;
  };
  return { drag, start, wasDrag };
}

function sameDrop(a: Drop | undefined, b: Drop | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.row === b.row && a.line === b.line && a.parent === b.parent && a.after === b.after);
}
