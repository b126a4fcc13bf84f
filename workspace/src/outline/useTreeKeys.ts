import { useRef, type KeyboardEvent } from 'react';
import type { Workspace } from '../session/workspace';
import { nameOf } from '../session/wording';
import { outlineMessages } from './messages';
import { startingWith, type Row } from './rows';

const text = outlineMessages.moved;
/** Letters that follow each other within this belong to one name. */
const TYPING_MS = 700;

interface Tree {
  readonly workspace: Workspace;
  readonly rows: readonly Row[];
  /** The row that keys are about. */
  readonly active: number;
  readonly focus: (index: number) => void;
  readonly fold: (id: string, folded: boolean) => void;
  readonly rename: (id: string) => void;
  /** Says to who cannot see it what became of a row, and keeps the focus on it. */
  readonly tell: (words: string) => void;
}

interface TreeKeys {
  readonly pressed: (event: KeyboardEvent, tree: Tree) => void;
  /** Somebody uses the mouse: letters are the scene's keys then, not the beginnings of names. */
  readonly pointed: () => void;
}

/** The keys of a tree, as ARIA's authoring practices have them, and Alt with arrows for moving rows. */
export function useTreeKeys(): TreeKeys {
  const typed = useRef({ words: '', at: 0 });
  const byMouse = useRef(false);

  const pressed = (event: KeyboardEvent, tree: Tree) => {
    if (event.target instanceof HTMLInputElement) return;
    const row = tree.rows[tree.active];
    if (row === undefined) return;
    const onButton = event.target instanceof HTMLButtonElement;
    const done = event.altKey ? moved(event.key, row, tree) : went(event, row, tree) || (!onButton && (acted(event, row, tree) || types(event, tree)));
    if (!done) return;
    byMouse.current = false;
    event.preventDefault();
    event.stopPropagation();
  };

  const types = ({ key, ctrlKey, metaKey, timeStamp }: KeyboardEvent, { rows, active, focus }: Tree): boolean => {
    if (byMouse.current || ctrlKey || metaKey || key.length !== 1 || key === ' ') return false;
    const before = timeStamp - typed.current.at < TYPING_MS ? typed.current.words : '';
    typed.current = { words: before + key, at: timeStamp };
    const found = startingWith(rows, active, typed.current.words);
    if (found !== undefined) focus(found);
    return true;
  };

  return {
    pressed,
    pointed: () => {
      byMouse.current = true;
    },
  };
}

/** Goes to another row, or opens and closes one. */
function went({ key, shiftKey, ctrlKey, metaKey }: KeyboardEvent, row: Row, { workspace, rows, active, focus, fold }: Tree): boolean {
  if (ctrlKey || metaKey) return false;
  const { id, parent } = row.element;
  switch (key) {
    case 'ArrowDown':
    case 'ArrowUp': {
      const next = rows[active + (key === 'ArrowDown' ? 1 : -1)];
      if (next === undefined) return true;
      focus(rows.indexOf(next));
      if (shiftKey) workspace.selection.add([id, next.element.id]);
      return true;
    }
    case 'ArrowRight':
      if (row.expanded === false) fold(id, false);
      else if (row.expanded === true) focus(active + 1);
      return true;
    case 'ArrowLeft': {
      const above = rows.findIndex(({ element }) => element.id === parent);
      if (row.expanded === true) fold(id, true);
      else if (above !== -1) focus(above);
      return true;
    }
    case 'Home':
    case 'End':
      focus(key === 'Home' ? 0 : rows.length - 1);
      return true;
    default:
      return false;
  }
}

function acted({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent, { element }: Row, { workspace, rows, rename }: Tree): boolean {
  const { selection } = workspace;
  switch (key) {
    case 'Enter':
    case ' ':
      if (ctrlKey || metaKey) selection.toggle(element.id);
      else if (shiftKey) selection.addUpTo(element.id, rows.map((each) => each.element.id));
      else selection.choose(element.id);
      return true;
    case 'F2':
      rename(element.id);
      return true;
    default:
      return false;
  }
}

/** The row, and with it the selection that it belongs to, goes to another place of the tree. */
function moved(key: string, { element }: Row, { workspace, fold, tell }: Tree): boolean {
  const { tree, selection } = workspace;
  const ids = selection.has(element.id) ? selection.ids : [element.id];
  const name = nameOf(element);
  switch (key) {
    case 'ArrowUp':
    case 'ArrowDown':
      tell(tree.shift(ids, key === 'ArrowUp' ? -1 : 1) ? text[key === 'ArrowUp' ? 'up' : 'down'](name) : text.not);
      return true;
    case 'ArrowRight': {
      const group = tree.into(ids);
      const holder = group === undefined ? undefined : workspace.element(group);
      if (group !== undefined) fold(group, false);
      tell(holder ? text.into(name, nameOf(holder)) : text.not);
      return true;
    }
    case 'ArrowLeft':
      tell(tree.out(ids) ? text.out(name) : text.not);
      return true;
    default:
      return false;
  }
}
