import { useRef, type KeyboardEvent } from 'react';
import { inkOn } from '../app/colors';
import { Icon } from './Icon';

const STEP: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** A radio group of colours; arrow keys move through it. */
export function Swatches({
  label,
  colors,
  value,
  onChange,
  testId,
}: {
  readonly label: string;
  readonly colors: readonly string[];
  readonly value: string;
  readonly onChange: (color: string) => void;
  readonly testId?: string;
}) {
  const group = useRef<HTMLDivElement>(null);
  const chosen = colors.indexOf(value);
  const move = (event: KeyboardEvent) => {
    const by = STEP[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const next = (Math.max(0, chosen) + by + colors.length) % colors.length;
    const color = colors[next];
    if (color === undefined) return;
    onChange(color);
    group.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div className="swatches" role="radiogroup" aria-label={label} ref={group} onKeyDown={move} data-testid={testId}>
      {colors.map((color, index) => (
        <button
          key={color}
          type="button"
          role="radio"
          aria-checked={index === chosen}
          aria-label={color}
          tabIndex={index === Math.max(0, chosen) ? 0 : -1}
          className="swatch"
          style={{ backgroundColor: color, color: inkOn(color) }}
          data-color={color}
          onClick={() => onChange(color)}
        >
          {index === chosen && <Icon name="check" size={16} />}
        </button>
      ))}
    </div>
  );
}
