import { useEffect } from 'react';
import type { Workspace } from './workspace';

/**
 * The browser's own copy, cut and paste events: they work on plain http too, and ask nobody for permission. Keys that are
 * meant for them go no further, since whoever prevented their default would prevent the events.
 */
export function useClipboard(workspace: Workspace): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (isClipboardKey(event) && !isElsewhere(event.target)) event.stopImmediatePropagation();
    };
    const copied = (event: ClipboardEvent) => {
      const text = isElsewhere(event.target) ? undefined : workspace.clipboard.text();
      if (text === undefined || event.clipboardData === null) return;
      event.preventDefault();
      event.clipboardData.setData('text/plain', text);
      if (event.type === 'cut') workspace.edits.remove(workspace.selection.ids);
      else workspace.clipboard.tellCopied();
    };
    const pasted = (event: ClipboardEvent) => {
      if (isElsewhere(event.target)) return;
      event.preventDefault();
      workspace.clipboard.take(event.clipboardData?.getData('text/plain') ?? '');
    };
    window.addEventListener('keydown', pressed, true);
    document.addEventListener('copy', copied);
    document.addEventListener('cut', copied);
    document.addEventListener('paste', pasted);
    return () => {
      window.removeEventListener('keydown', pressed, true);
      document.removeEventListener('copy', copied);
      document.removeEventListener('cut', copied);
      document.removeEventListener('paste', pasted);
    };
  }, [workspace]);
}

function isClipboardKey({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return (ctrlKey || metaKey) && !altKey && !shiftKey && ['c', 'x', 'v'].includes(key.toLowerCase());
}

/** Whether the clipboard is for a text that somebody types or marked, or a dialog is open. */
function isElsewhere(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open]') !== null || window.getSelection()?.toString()) return true;
  return target instanceof Element && target.closest('input, textarea, [contenteditable], [role="dialog"]') !== null;
}
