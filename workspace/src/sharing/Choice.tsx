import { useId, type ReactNode } from 'react';
import { Icon } from '../ui/Icon';

interface ChoiceProps {
  readonly label: string;
  /** Whether the label is only read aloud. */
  readonly hideLabel?: boolean;
  readonly value: string;
  readonly disabled?: boolean;
  readonly title?: string | undefined;
  readonly testId: string;
  readonly onChange: (value: string) => void;
  readonly children: ReactNode;
}

/** One of several, from a list that opens. */
export function Choice({ label, hideLabel = false, value, disabled, title, testId, onChange, children }: ChoiceProps) {
  const id = useId();
  return (
    <span className="share-choice">
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : 'field-label'}>
        {label}
      </label>
      <span className="select">
        <select id={id} value={value} disabled={disabled} title={title} onChange={(event) => onChange(event.currentTarget.value)} data-testid={testId}>
          {children}
        </select>
        <Icon name="chevron" size={18} />
      </span>
    </span>
  );
}
