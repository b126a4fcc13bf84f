import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type MouseEvent, type RefObject } from 'react';
import { gathers } from '../scene/useMarquee';
import { ancestorsOf } from '../scene/tree';
import { useDocument, useWorkspace, useWorkspaceState } from '../session/WorkspaceContext';
import { outlineMessages as text } from './messages';
import { OutlineRow, rowId, type RowActions } from './OutlineRow';
import { rowsOf, type Row } from './rows';
import { useRowDrag } from './useRowDrag';
import { useTreeKeys } from './useTreeKeys';

const NARROW = window.matchMedia('(max-width: 720px)');
const COARSE = window.matchMedia('(pointer: coarse)');
/** As in the style sheet. */
const ROW_HEIGHT = COARSE.matches ? 46 : 34;
/** From so many rows on, only those are in the page that are in view. */
const MANY_ROWS = 150;
const NONE: ReadonlySet<string> = new Set();

interface OutlineProps {
  readonly filter: string;
  /** Whether the list is shown, not only read aloud. */
  readonly open: boolean;
}

/** The scene as a tree that one reads, selects in, renames in and puts in order. */
export function Outline({ filter, open }: OutlineProps) {
  const workspace = useWorkspace();
  const document = useDocument();
  const [folded, setFolded] = useState(NONE);
  const [activeId, setActiveId] = useState<string>();
  const [renaming, setRenaming] = useState<string>();
  const [told, setTold] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const ghost = useRef<HTMLDivElement>(null);
  const wanted = useRef<string>(undefined);
  const hintId = useId();
  const rows = useMemo(() => rowsOf(document, folded, filter), [document, folded, filter]);
  const active = Math.max(0, rows.findIndex(({ element }) => element.id === activeId));

  const fold = useCallback((id: string, isFolded: boolean) => {
    setFolded((before) => {
      if (before.has(id) === isFolded) return before;
      const after = new Set(before);
      if (isFolded) after.add(id);
      else after.delete(id);
      return after;
    });
  }, []);

  const many = rows.length > MANY_ROWS;
  const virtually = many && open;
  const virtual = useVirtualizer({
    count: rows.length,
    enabled: virtually,
    getScrollElement: () => list.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    // The row that the keyboard is at stays in the page, however far one scrolls.
    rangeExtractor: (range: Range) => [...new Set([...defaultRangeExtractor(range), active])].filter((index) => index < rows.length).sort((a, b) => a - b),
  });

  const focus = (index: number) => {
    const id = rows[index]?.element.id;
    if (id === undefined) return;
    wanted.current = id;
    setActiveId(id);
    bringIntoView(list.current, index);
  };
  useRevealed(list, rows, fold);
  const keepFocus = () => {
    wanted.current = rows[active]?.element.id;
  };
  // What moved in the page lost the focus on the way.
  useLayoutEffect(() => {
    if (wanted.current === undefined) return;
    const row = window.document.getElementById(rowId(wanted.current));
    if (row === null) return;
    wanted.current = undefined;
    row.focus({ preventScroll: true });
    bringIntoView(list.current, active);
  });

  const { drag, start, wasDrag } = useRowDrag(list, ghost, rows, ROW_HEIGHT, ({ parent }) => {
    if (parent !== null) fold(parent, false);
  });
  const keys = useTreeKeys();
  const latest = useRef({ rows, wasDrag });
  latest.current = { rows, wasDrag };
  const actions = useMemo((): RowActions => {
    const choose = (id: string, event: MouseEvent) => {
      if (latest.current.wasDrag()) return;
      const { selection, store } = workspace;
      setActiveId(id);
      if (event.shiftKey) selection.addUpTo(id, latest.current.rows.map(({ element }) => element.id));
      else if (gathers(event, store.getState().gathering)) selection.toggle(id);
      else {
        selection.choose(id);
        // On phones the list and the inspector share one place.
        if (NARROW.matches) store.setState({ objectsOpen: false });
      }
    };
    const rename = (id: string | undefined) => {
      setRenaming((before) => {
        if (id === undefined) wanted.current = before;
        return id;
      });
    };
    return { choose, rename, fold };
  }, [workspace, fold]);

  // Closed, nothing is in view: then assistive technology gets the first ones.
  const items = virtually ? virtual.getVirtualItems().map(({ index }) => index) : rows.slice(0, open ? rows.length : MANY_ROWS).map((_, index) => index);
  return (
    <>
      <ul
        ref={list}
        role="tree"
        className="outline"
        aria-label={text.tree}
        aria-multiselectable="true"
        aria-describedby={hintId}
        data-testid="outline"
        hidden={rows.length === 0}
        // As high as all rows, before any is there: what has no height shows none.
        style={virtually ? { flexBasis: rows.length * ROW_HEIGHT } : undefined}
        data-dragging={drag !== undefined || undefined}
        onPointerDown={(event) => {
          keys.pointed();
          start(event);
        }}
        onKeyDown={(event) =>
          keys.pressed(event, {
            workspace,
            rows,
            active,
            focus,
            fold,
            rename: setRenaming,
            tell: (words) => {
              keepFocus();
              setTold(words);
            },
          })
        }
        onFocus={(event) => {
          const id = event.target.closest<HTMLElement>('[data-element-id]')?.dataset['elementId'];
          if (id !== undefined) setActiveId(id);
        }}
      >
        {items.map((index, order) => {
          const row = rows[index];
          if (row === undefined) return null;
          const { element, level, expanded, place, siblings } = row;
          const { id } = element;
          return (
            <OutlineRow
              key={id}
              element={element}
              level={level}
              expanded={expanded}
              place={place}
              siblings={siblings}
              spaceAbove={virtually ? (index - (items[order - 1] ?? -1) - 1) * ROW_HEIGHT : 0}
              spaceBelow={virtually && order === items.length - 1 ? (rows.length - index - 1) * ROW_HEIGHT : 0}
              reachable={open && index === active}
              renaming={renaming === id}
              dragged={drag?.ids.includes(id) === true}
              drop={drag?.drop?.row === id ? drag.drop : undefined}
              actions={actions}
            />
          );
        })}
      </ul>
      <p id={hintId} className="visually-hidden">
        {text.keys}
      </p>
      <p className="visually-hidden" role="status">
        {told}
      </p>
      {drag && (
        <div ref={ghost} className="outline-ghost" aria-hidden="true">
          {text.dragging(drag.ids.length)}
        </div>
      )}
    </>
  );
}

/** What is selected elsewhere is shown in the tree, however deep it hangs. */
function useRevealed(list: RefObject<HTMLElement | null>, rows: readonly Row[], fold: (id: string, folded: boolean) => void): void {
  const { session } = useWorkspace();
  const selectedId = useWorkspaceState((state) => state.selectedId);
  const sought = useRef<string>(undefined);
  useEffect(() => {
    sought.current = selectedId;
    if (selectedId !== undefined) for (const above of ancestorsOf(session.document, selectedId)) fold(above, false);
  }, [session, selectedId, fold]);
  useEffect(() => {
    const index = sought.current === undefined ? -1 : rows.findIndex(({ element }) => element.id === sought.current);
    if (index === -1) return;
    sought.current = undefined;
    bringIntoView(list.current, index);
  }, [list, rows, selectedId]);
}

/** Scrolls as little as possible, and nothing but the list. */
function bringIntoView(list: HTMLElement | null, index: number): void {
  if (list === null) return;
  const top = index * ROW_HEIGHT;
  const lowest = top + ROW_HEIGHT - list.clientHeight;
  if (list.scrollTop > top) list.scrollTop = top;
  else if (list.scrollTop < lowest) list.scrollTop = lowest;
}
