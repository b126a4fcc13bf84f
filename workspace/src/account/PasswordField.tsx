import { useId, useState, type ComponentProps } from 'react';
import { Icon } from '../ui/Icon';
import { accountMessages as text } from './messages';

interface PasswordFieldProps extends ComponentProps<'input'> {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  /** Which one a password manager should offer. */
  readonly autoComplete: 'current-password' | 'new-password';
}

/** A password, which one may look at while one types. */
export function PasswordField({ label, hint, error, ...rest }: PasswordFieldProps) {
  const id = useId();
  const [shown, setShown] = useState(false);
  const note = error ?? hint;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <span className="password">
        <input
          {...rest}
          id={id}
          type={shown ? 'text' : 'password'}
          className="input"
          maxLength={256}
          autoCapitalize="none"
          spellCheck={false}
          aria-invalid={error !== undefined}
          aria-describedby={note ? `${id}-note` : undefined}
        />
        <button type="button" className="password-eye" aria-pressed={shown} aria-label={shown ? text.hidePassword : text.showPassword} onClick={() => setShown(!shown)}>
          <Icon name="eye" size={18} />
        </button>
      </span>
      {note && (
        <p id={`${id}-note`} className={error === undefined ? 'field-hint' : 'field-error'}>
          {note}
        </p>
      )}
    </div>
  );
}
