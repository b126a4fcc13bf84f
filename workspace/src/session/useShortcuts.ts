import { useCallback, useEffect } from 'react';
import { CREATABLE } from '../scene/sceneElement';
import type { Workspace } from './workspace';

type Shortcut = (workspace: Workspace, event: KeyboardEvent) => boolean;

/** Delete, Escape, Ctrl+D, F, L and the digits of the tools, and those of every session, unless one is typing or in a dialog. */
export function useShortcuts(workspace: Workspace): void {
  useKeys(workspace, inScene);
}

/** Ctrl+Z, Ctrl+Shift+Z, C, and L for what can be locked, unless one is typing or in a dialog. */
export function useParameterShortcuts(workspace: Workspace, lockable: string | undefined): void {
  const shortcut = useCallback<Shortcut>((at, event) => everywhere(at, event) || isLocking(at, event, lockable), [lockable]);
  useKeys(workspace, shortcut);
}

function useKeys(workspace: Workspace, shortcut: Shortcut): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isElsewhere(event.target)) return;
      if (shortcut(workspace, event)) event.preventDefault();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [workspace, shortcut]);
}

function everywhere(workspace: Workspace, event: KeyboardEvent): boolean {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && isHistoryKey(event)) {
    if (event.shiftKey || event.key.toLowerCase() === 'y') workspace.redo();
    else workspace.undo();
    return true;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.key.toLowerCase() !== 'c') return false;
  workspace.chat.toggle();
  return true;
}

function inScene(workspace: Workspace, event: KeyboardEvent): boolean {
  if (everywhere(workspace, event)) return true;
  const { selectedId } = workspace.store.getState();
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'd' && selectedId !== undefined) {
    workspace.duplicate(selectedId);
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
  if (isLocking(workspace, event, selectedId)) return true;
  if (event.key.toLowerCase() === 'f') {
    workspace.view?.showEverything();
    return true;
  }
  const kind = CREATABLE[Number(event.key) - 1];
  if (kind === undefined) return false;
  workspace.add(kind);
  return true;
}

function isLocking(workspace: Workspace, { key, ctrlKey, metaKey, altKey }: KeyboardEvent, id: string | undefined): boolean {
  if (key.toLowerCase() !== 'l' || ctrlKey || metaKey || altKey || id === undefined) return false;
  workspace.toggleLock(id);
  return true;
}

function isHistoryKey({ key, shiftKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === 'z' || (key.toLowerCase() === 'y' && !shiftKey);
}

function isElsewhere(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  // A slider takes no letters: what is undone there is what it moved.
  if (target.matches('input[type="range"]')) return false;
  return target.closest('input, textarea, [contenteditable], dialog, [role="dialog"], [role="log"], [role="slider"], [role="radiogroup"]') !== null;
}
