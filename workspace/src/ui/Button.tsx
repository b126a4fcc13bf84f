import type { ComponentProps } from 'react';
import { Icon, type IconName } from './Icon';

export type ButtonTone = 'primary' | 'quiet' | 'danger';

interface ButtonProps extends ComponentProps<'button'> {
  readonly tone?: ButtonTone;
  readonly icon?: IconName;
}

export function Button({ tone = 'quiet', icon, className = '', children, type = 'button', ...rest }: ButtonProps) {
  return (
    <button {...rest} type={type} className={`button button-${tone} ${className}`}>
      {icon && <Icon name={icon} size={18} />}
      <span>{children}</span>
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  readonly icon: IconName;
  readonly label: string;
  readonly hint?: 'above' | 'below' | 'none';
}

/** The label is read aloud and shown as a hint under the pointer. */
export function IconButton({ icon, label, hint = 'below', className = '', type = 'button', ...rest }: IconButtonProps) {
  return (
    <button {...rest} type={type} aria-label={label} data-hint={hint === 'none' ? undefined : label} data-hint-side={hint} className={`icon-button ${className}`}>
      <Icon name={icon} />
    </button>
  );
}
