import { useEffect, useRef, useState } from 'react';
import { Icon } from '../ui/Icon';

/** A place of the window, in CSS pixels from its top left. */
interface Place {
  readonly x: number;
  readonly y: number;
}

interface DropTargetProps {
  readonly label: string;
  /** Takes what was dropped, and where; pasted files come without a place. */
  readonly onFiles: (files: readonly File[], at?: Place) => void;
}

/** Takes files that are dropped anywhere on the page, and says so while some are held over it; and those that are pasted. */
export function DropTarget({ label, onFiles }: DropTargetProps) {
  const [over, setOver] = useState(false);
  const take = useRef(onFiles);
  useEffect(() => {
    take.current = onFiles;
  });

  useEffect(() => {
    const dragged = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files') !== true) return;
      // Without this the browser would leave the page for the file.
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    };
    const left = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const dropped = (event: DragEvent) => {
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      take.current(files, { x: event.clientX, y: event.clientY });
    };
    const pasted = (event: ClipboardEvent) => {
      const files = isWriting(event.target) ? [] : [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      // Nobody else looks for objects in it.
      event.preventDefault();
      event.stopImmediatePropagation();
      take.current(files);
    };
    window.addEventListener('dragover', dragged);
    window.addEventListener('dragleave', left);
    window.addEventListener('drop', dropped);
    window.addEventListener('paste', pasted, true);
    return () => {
      window.removeEventListener('dragover', dragged);
      window.removeEventListener('dragleave', left);
      window.removeEventListener('drop', dropped);
      window.removeEventListener('paste', pasted, true);
    };
  }, []);

  if (!over) return null;
  return (
    <div className="drop-target" data-testid="drop-target">
      <span>
        <Icon name="upload" size={28} />
        {label}
      </span>
    </div>
  );
}

/** Whether what is pasted is meant for a text, or for a dialog. */
function isWriting(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open]') !== null) return true;
  return target instanceof Element && target.closest('input, textarea, [contenteditable]') !== null;
}
