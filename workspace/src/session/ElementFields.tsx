import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { OBJECT_COLORS } from '../app/colors';
import { messages } from '../app/messages';
import { ConflictMark } from '../conflicts/ConflictMark';
import type { Placement } from '../scene/handling';
import { sceneMessages } from '../scene/messages';
import { round } from '../scene/placement';
import type { SceneElement } from '../scene/sceneElement';
import { bodiesOf } from '../scene/tree';
import { ColorPicker } from '../ui/ColorPicker';
import { NumberField } from '../ui/Field';
import { Swatches } from '../ui/Swatches';
import type { Axis, VectorProperty } from './workspace';
import { useDocument, useWorkspace } from './WorkspaceContext';

const text = messages.inspector;
const AXES = ['X', 'Y', 'Z'] as const;
export const DEGREES = 180 / Math.PI;

const idsOf = (elements: readonly SceneElement[]) => elements.map(({ id }) => id);

/** What all have in common; undefined where they differ. */
function common<T>(values: readonly T[]): T | undefined {
  const [first] = values;
  return values.every((value) => value === first) ? first : undefined;
}

/** The colour of one element or of several. */
export function Colors({ elements }: { readonly elements: readonly SceneElement[] }) {
  const workspace = useWorkspace();
  const [custom, setCustom] = useState(false);
  const document = useDocument();
  // A group has no colour of its own: what it holds has one.
  const bodies = useMemo(() => bodiesOf(document, idsOf(elements)), [document, elements]);
  const ids = idsOf(bodies);
  const [only] = bodies;
  const color = common(bodies.map((element) => element.color));
  const isCustom = color !== undefined && !OBJECT_COLORS.some((known) => known === color);
  const choose = (next: string) => workspace.edits.setColor(ids, next);
  if (bodies.length === 0) return null;
  return (
    <div className="field">
      <span className="field-label">
        {text.color}
        {color === undefined && <span className="field-mixed">{sceneMessages.several.mixed}</span>}
        {only && bodies.length === 1 && <ConflictMark elementId={only.id} property="color" />}
      </span>
      <div className="colors">
        <Swatches label={text.color} colors={OBJECT_COLORS} value={color ?? ''} onChange={choose} testId="inspector-colors" />
        <button
          type="button"
          className="swatch swatch-custom"
          aria-label={text.customColor}
          aria-expanded={custom}
          data-chosen={isCustom}
          onClick={() => setCustom(!custom)}
          data-testid="custom-color"
        >
          <span style={isCustom ? { backgroundColor: color } : undefined} />
        </button>
      </div>
      {custom && <ColorPicker value={color ?? only?.color ?? OBJECT_COLORS[0]} onTry={(next) => workspace.tryColor(ids, next)} onCommit={choose} />}
    </div>
  );
}

interface VectorRowProps {
  readonly elements: readonly SceneElement[];
  readonly property: VectorProperty;
  readonly title: string;
  readonly step: number;
  readonly unit?: number;
}

/** Three numbers of one element, or those that several have in common. */
export function VectorRow({ elements, property, title, step, unit = 1 }: VectorRowProps): ReactNode {
  const workspace = useWorkspace();
  const row = useRef<HTMLDivElement>(null);
  const [only] = elements;
  const single = elements.length === 1;
  const digits = unit === 1 ? 3 : 1;
  useEffect(() => {
    if (!single) return undefined;
    const { readouts } = workspace.dragging;
    const show = (placement: Placement) => {
      const fields = row.current?.querySelectorAll('input');
      fields?.forEach((field, index) => {
        field.value = String(Number((round(placement[property][index as Axis] * unit)).toFixed(digits)));
      });
    };
    readouts.add(show);
    return () => {
      readouts.delete(show);
    };
  }, [workspace, property, single, unit, digits]);
  return (
    <div className="field" role="group" aria-label={title} ref={row}>
      <span className="field-label">
        <span aria-hidden="true">
          {title}
          {unit !== 1 && <span className="field-unit"> °</span>}
        </span>
        {only && single && <ConflictMark elementId={only.id} property={property} />}
      </span>
      <div className="vector">
        {AXES.map((axis, index) => {
          const value = common(elements.map((element) => element[property][index as Axis]));
          const field = {
            label: text.axis(title, axis),
            prefix: <i data-axis={axis}>{axis}</i>,
            onCommit: (next: number) => workspace.edits.setComponent(idsOf(elements), property, index as Axis, next / unit),
            testId: `${property}-${axis.toLowerCase()}`,
          };
          return value === undefined ? <MixedField key={axis} {...field} /> : <NumberField key={axis} {...field} value={value * unit} step={step} digits={digits} />;
        })}
      </div>
    </div>
  );
}

interface MixedFieldProps {
  readonly label: string;
  readonly prefix: ReactNode;
  readonly onCommit: (value: number) => void;
  readonly testId: string;
}

/** A number in which several elements differ: empty until somebody gives all of them the same. */
function MixedField({ label, prefix, onCommit, testId }: MixedFieldProps) {
  const [draft, setDraft] = useState('');
  const commit = () => {
    const number = Number(draft.trim().replace(',', '.'));
    if (draft.trim() !== '' && Number.isFinite(number)) onCommit(number);
    setDraft('');
  };
  return (
    <label className="number">
      <span className="number-prefix" aria-hidden="true">
        {prefix}
      </span>
      <input
        value={draft}
        placeholder="–"
        aria-label={`${label}, ${sceneMessages.several.mixed}`}
        inputMode="decimal"
        autoComplete="off"
        data-testid={testId}
        data-mixed="true"
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
          if (event.key === 'Escape') {
            event.stopPropagation();
            setDraft('');
          }
        }}
      />
    </label>
  );
}
