import { useId, useRef, useState, type ComponentProps, type KeyboardEvent, type ReactNode } from 'react';
import { language } from '../app/language';

interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

export function TextField({ label, hint, error, className = '', ...rest }: FieldProps & ComponentProps<'input'>) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={`field ${className}`}>
      <label htmlFor={id}>{label}</label>
      <input autoComplete="off" {...rest} id={id} className="input" aria-invalid={error !== undefined} aria-describedby={note ? `${id}-note` : undefined} />
      {note && (
        <p id={`${id}-note`} className={error === undefined ? 'field-hint' : 'field-error'}>
          {note}
        </p>
      )}
    </div>
  );
}

/** A text that is kept when one leaves the field or presses Enter; Escape gives the old one back. */
export function CommittedText({
  value,
  onCommit,
  label,
  required = false,
  testId,
  mark,
}: {
  readonly value: string;
  readonly onCommit: (value: string) => void;
  readonly label: string;
  readonly required?: boolean;
  readonly testId?: string;
  /** Beside the label. */
  readonly mark?: ReactNode;
}) {
  const draft = useDraft(value, (text) => {
    if (text.trim() === '' && required) return;
    if (text !== value) onCommit(text);
  });
  const id = useId();
  return (
    <div className="field">
      <span className="field-label">
        <label htmlFor={id}>{label}</label>
        {mark}
      </span>
      <input id={id} className="input" autoComplete="off" data-testid={testId} {...draft.input} />
    </div>
  );
}

/** A number that steps with the arrow keys: 0.1, with Shift 1. */
export function NumberField({
  value,
  step = 0.1,
  digits = 3,
  onCommit,
  label,
  prefix,
  disabled,
  testId,
}: {
  readonly value: number;
  readonly step?: number;
  readonly digits?: number;
  readonly onCommit: (value: number) => void;
  readonly label: string;
  readonly prefix: ReactNode;
  readonly disabled?: boolean;
  readonly testId?: string;
}) {
  const shown = (Number(value.toFixed(digits)) + 0).toLocaleString(language, { maximumFractionDigits: digits, useGrouping: false });
  const draft = useDraft(shown, (text) => {
    const number = Number(text.trim().replace(',', '.'));
    if (text.trim() !== '' && Number.isFinite(number) && text !== shown) onCommit(number);
  });
  const stepBy = (event: KeyboardEvent<HTMLInputElement>) => {
    draft.input.onKeyDown(event);
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    const number = Number(event.currentTarget.value.replace(',', '.'));
    if (!Number.isFinite(number)) return;
    const by = (event.key === 'ArrowUp' ? step : -step) * (event.shiftKey ? 10 : 1);
    draft.reset();
    onCommit(Math.round((number + by) * 1000) / 1000);
  };
  return (
    <label className="number">
      <span className="number-prefix" aria-hidden="true">
        {prefix}
      </span>
      <input {...draft.input} onKeyDown={stepBy} aria-label={label} inputMode="decimal" autoComplete="off" disabled={disabled} data-testid={testId} />
    </label>
  );
}

function useDraft(value: string, commit: (text: string) => void) {
  const [draft, setDraft] = useState<string>();
  const abandoned = useRef(false);
  return {
    reset: () => setDraft(undefined),
    input: {
      value: draft ?? value,
      onChange: (event: { readonly currentTarget: HTMLInputElement }) => setDraft(event.currentTarget.value),
      onFocus: (event: { readonly currentTarget: HTMLInputElement }) => event.currentTarget.select(),
      onBlur: () => {
        if (draft !== undefined && !abandoned.current) commit(draft);
        abandoned.current = false;
        setDraft(undefined);
      },
      onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        abandoned.current = true;
        event.currentTarget.blur();
      },
    },
  };
}

export function Switch({ label, hint, checked, onChange, testId }: { readonly label: string; readonly hint?: string; readonly checked: boolean; readonly onChange: (checked: boolean) => void; readonly testId?: string }) {
  const id = useId();
  return (
    <div className="switch-row">
      <div>
        <span id={id} className="switch-label">
          {label}
        </span>
        {hint && (
          <p id={`${id}-hint`} className="field-hint">
            {hint}
          </p>
        )}
      </div>
      <button
        type="button"
        role="switch"
        aria-checked={checked}
        aria-labelledby={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="switch"
        data-testid={testId}
        onClick={() => onChange(!checked)}
      >
        <span className="switch-thumb" />
      </button>
    </div>
  );
}
