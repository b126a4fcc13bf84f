import { useId } from 'react';

/** One of a few, all of them in view. */
export function Choice<T extends string>({
  label,
  options,
  names,
  value,
  onChange,
  testId,
  hideLabel = false,
}: {
  readonly label: string;
  readonly options: readonly T[];
  readonly names: Readonly<Record<T, string>>;
  readonly value: T;
  readonly onChange: (next: T) => void;
  readonly testId: string;
  /** Whether the label is only read aloud. */
  readonly hideLabel?: boolean;
}) {
  const name = useId();
  return (
    <fieldset className="choice" data-testid={testId}>
      <legend className={hideLabel ? 'visually-hidden' : 'field-label'}>{label}</legend>
      <div className="choice-options">
        {options.map((each) => (
          <label key={each} className="choice-option">
            <input type="radio" name={name} value={each} checked={value === each} onChange={() => onChange(each)} />
            <span>{names[each]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
