import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';

/** A modal on the platform's own `<dialog>`: it keeps the focus inside and gives it back. */
export function Dialog({
  title,
  onDismiss,
  children,
  testId,
  className = '',
  hideTitle = false,
}: {
  readonly title: string;
  /** Without it the dialog must be answered. */
  readonly onDismiss?: (() => void) | undefined;
  readonly children: ReactNode;
  readonly testId?: string;
  readonly className?: string;
  /** Whether the title is only read aloud. */
  readonly hideTitle?: boolean;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Closed while it still is in the page: only then it gives the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={`dialog ${className}`}
      aria-labelledby={titleId}
      data-testid={testId}
      onCancel={(event) => {
        event.preventDefault();
        onDismiss?.();
      }}
      onKeyDown={(event) => {
        // Chromium lets a second Escape through `cancel`.
        if (event.key === 'Escape') {
          event.preventDefault();
          event.stopPropagation();
          onDismiss?.();
        }
      }}
      onPointerDown={(event) => {
        if (event.target === dialog.current) onDismiss?.();
      }}
    >
      <div className="dialog-body">
        <h2 id={titleId} className={hideTitle ? 'visually-hidden' : undefined}>
          {title}
        </h2>
        {children}
      </div>
    </dialog>
  );
}
