import { Icon } from '../ui/Icon';

/** A field to search what is on the page. */
export function Search({ label, placeholder, value, onChange, testId }: { readonly label: string; readonly placeholder: string; readonly value: string; readonly onChange: (value: string) => void; readonly testId: string }) {
  return (
    <label className="search">
      <Icon name="search" size={18} />
      <input
        type="search"
        className="input"
        aria-label={label}
        placeholder={placeholder}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        data-testid={testId}
      />
    </label>
  );
}
