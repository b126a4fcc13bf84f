import { useEffect } from 'react';
import type { LookingBack } from './lookingBack';

/** What keys do on the timeline, wherever the focus is, unless one types or what has the focus needs them itself. */
export function useTimelineKeys(past: LookingBack, cancel: (() => void) | undefined): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const act = actionOf(event, past, cancel);
      if (act === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    };
    // Before the views, whose own keys these are while one does not look back.
    window.addEventListener('keydown', pressed, true);
    return () => window.removeEventListener('keydown', pressed, true);
  }, [past, cancel]);
}

function actionOf({ key, target, shiftKey }: KeyboardEvent, past: LookingBack, cancel: (() => void) | undefined): (() => void) | undefined {
  const at = target instanceof Element ? target : undefined;
  if (document.querySelector('dialog[open]') !== null || at?.closest('[role="dialog"], [role="log"], [role="menu"]')) return undefined;
  if (key === 'Escape') return cancel ?? (at?.closest('input:not([type="range"]), textarea') ? undefined : () => past.end());
  if (at?.closest('input:not([type="range"]), textarea, select, [contenteditable], [role="tree"], [role="radiogroup"]')) return undefined;
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowRight':
      return () => past.step((key === 'ArrowLeft' ? -1 : 1) * (shiftKey ? 10 : 1));
    case 'Home':
      return () => past.seek(0);
    case 'End':
      return () => past.seek(past.store.getState().head);
    case ' ':
      return at?.closest('button, a, summary') ? undefined : () => past.togglePlaying();
    default:
      return undefined;
  }
}
