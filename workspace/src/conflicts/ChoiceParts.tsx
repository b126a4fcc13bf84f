import type { JsonValue, Path } from '@chorale/client';
import { isHexColor } from '../app/colors';
import { messages } from '../app/messages';
import { definitionText } from '../parameters/definition';
import { parameterMessages } from '../parameters/messages';
import { isDefinition } from '../parameters/parameterSet';
import { valueText } from '../session/wording';
import { Icon } from '../ui/Icon';
import type { ValueKind } from './choices';

const text = messages.conflict;
const { list } = parameterMessages;
const AXES = ['X', 'Y', 'Z'] as const;
const DEGREES = 180 / Math.PI;

/** In the place of a face, where a choice is nobody's. */
export function OptionSign({ icon }: { readonly icon: 'average' | 'pencil' }) {
  return (
    <span className="option-blank" aria-hidden="true">
      <Icon name={icon} size={18} />
    </span>
  );
}

/** A value as people read it, a colour with itself. */
export function Value({ value, text: shown }: { readonly value: JsonValue | undefined; readonly text: string }) {
  return (
    <span className="option-value">
      {isHexColor(value) && <i className="option-swatch" style={{ backgroundColor: value }} />}
      {shown}
    </span>
  );
}

/** Where another value is typed. */
export function OwnValue({
  kind,
  fields,
  invalid,
  degrees,
  onFocus,
  onChange,
}: {
  readonly kind: ValueKind;
  readonly fields: readonly string[];
  readonly invalid: boolean;
  readonly degrees: boolean;
  readonly onFocus: () => void;
  readonly onChange: (fields: readonly string[]) => void;
}) {
  const numeric = kind === 'number' || kind === 'vector';
  return (
    <span className="option-fields" data-kind={kind}>
      {fields.map((field, index) => (
        <input
          key={index}
          className="input"
          aria-label={kind === 'vector' ? `${text.otherField} ${AXES[index] ?? ''}` : text.otherField}
          aria-invalid={invalid}
          inputMode={numeric ? 'decimal' : 'text'}
          placeholder={kind === 'vector' ? AXES[index] : kind === 'color' ? '#rrggbb' : degrees ? '°' : ''}
          autoComplete="off"
          value={field}
          onFocus={onFocus}
          onChange={(event) => onChange(fields.with(index, event.currentTarget.value))}
          data-testid={`other-value-${index}`}
        />
      ))}
    </span>
  );
}

/** As people read it: a switch is on or off, a parameter's definition is its range. */
export function shownValue(value: JsonValue | undefined, path: Path): string {
  if (typeof value === 'boolean') return value ? list.on : list.off;
  return (path.length === 1 && isDefinition(path[0]) && definitionText(value)) || valueText(value, path);
}

/** Angles are typed in degrees and stored in radians. */
export function stored(value: JsonValue | undefined, property: string): JsonValue | undefined {
  if (property !== 'rotation' || value === undefined) return value;
  const radians = (each: JsonValue) => (typeof each === 'number' ? each / DEGREES : each);
  return Array.isArray(value) ? (value as readonly JsonValue[]).map(radians) : radians(value);
}
