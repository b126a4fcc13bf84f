import { useEffect } from 'react';
import { CREATABLE } from '../scene/sceneElement';
import type { Workspace } from './workspace';

/** Ctrl+Z, Ctrl+Shift+Z, Delete, Escape, Ctrl+D, F and the digits of the tools, unless one is typing or in a dialog. */
export function useShortcuts(workspace: Workspace): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isElsewhere(event.target)) return;
      if (shortcut(workspace, event)) event.preventDefault();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [workspace]);
}

function shortcut(workspace: Workspace, event: KeyboardEvent): boolean {
  const { selectedId } = workspace.store.getState();
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'd' && selectedId !== undefined) {
    workspace.duplicate(selectedId);
    return true;
  }
  if ((event.ctrlKey || event.metaKey) && !event.altKey && isHistoryKey(event)) {
    if (event.shiftKey || event.key.toLowerCase() === 'y') workspace.redo();
    else workspace.undo();
    return true;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if ((event.key === 'Delete' || event.key === 'Backspace') && selectedId !== undefined) {
    workspace.remove(selectedId);
    return true;
  }
  if (event.key === 'Escape') {
    workspace.select(undefined);
    return true;
  }
  if (event.key.toLowerCase() === 'f') {
    workspace.view?.showEverything();
    return true;
  }
  const kind = CREATABLE[Number(event.key) - 1];
  if (kind === undefined) return false;
  workspace.add(kind);
  return true;
}

function isHistoryKey({ key, shiftKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === 'z' || (key.toLowerCase() === 'y' && !shiftKey);
}

function isElsewhere(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, [contenteditable], dialog, [role="dialog"], [role="slider"], [role="radiogroup"]') !== null;
}
