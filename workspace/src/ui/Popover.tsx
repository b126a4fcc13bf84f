import { useEffect, useId, useRef, useState, type ReactNode } from 'react';

interface Trigger {
  readonly 'aria-expanded': boolean;
  readonly 'aria-controls': string;
  readonly 'aria-haspopup': 'dialog';
  readonly onClick: () => void;
}

/** Content that opens below its trigger and closes with Escape or a press elsewhere. */
export function Popover({
  label,
  trigger,
  children,
  align = 'end',
  testId,
}: {
  readonly label: string;
  readonly trigger: (props: Trigger) => ReactNode;
  readonly children: (close: () => void) => ReactNode;
  readonly align?: 'start' | 'end' | 'above';
  readonly testId?: string;
}) {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    if (!open) return undefined;
    const pressed = (event: PointerEvent) => {
      if (event.target instanceof Node && !anchor.current?.contains(event.target)) setOpen(false);
    };
    const key = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      setOpen(false);
      anchor.current?.querySelector('button')?.focus();
    };
    document.addEventListener('pointerdown', pressed, true);
    document.addEventListener('keydown', key, true);
    return () => {
      document.removeEventListener('pointerdown', pressed, true);
      document.removeEventListener('keydown', key, true);
    };
  }, [open]);

  const close = () => {
    // Whatever opens next gives the focus back to where it was.
    anchor.current?.querySelector('button')?.focus();
    setOpen(false);
  };
  return (
    <div className="popover-anchor" ref={anchor}>
      {trigger({ 'aria-expanded': open, 'aria-controls': id, 'aria-haspopup': 'dialog', onClick: () => setOpen(!open) })}
      {open && (
        <div className={`popover popover-${align}`} role="dialog" id={id} aria-label={label} data-testid={testId}>
          {children(close)}
        </div>
      )}
    </div>
  );
}
