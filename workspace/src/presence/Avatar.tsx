import { inkOn } from '../app/colors';

export function Avatar({ name, color, size = 'normal' }: { readonly name: string; readonly color: string; readonly size?: 'normal' | 'small' }) {
  return (
    <span className={`avatar avatar-${size}`} style={{ backgroundColor: color, color: inkOn(color) }} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '');
  return letters.join('').toUpperCase() || '?';
}
