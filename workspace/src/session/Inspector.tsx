import { useEffect, useRef, useState, type ReactNode } from 'react';
import { OBJECT_COLORS } from '../app/colors';
import { messages } from '../app/messages';
import { ConflictMark } from '../conflicts/ConflictMark';
import { LockBanner, LockButton, useHeld } from '../locks/LockState';
import { round } from '../scene/placement';
import type { SceneElement } from '../scene/sceneElement';
import { Button, IconButton } from '../ui/Button';
import { ColorPicker } from '../ui/ColorPicker';
import { CommittedText, NumberField } from '../ui/Field';
import { Icon } from '../ui/Icon';
import { Swatches } from '../ui/Swatches';
import { nameOf } from './wording';
import type { Axis, VectorProperty } from './workspace';
import { useSelectedElement, useWorkspace } from './WorkspaceContext';

const text = messages.inspector;
const AXES = ['X', 'Y', 'Z'] as const;
const NARROW = window.matchMedia('(max-width: 720px)');
const DEGREES = 180 / Math.PI;

/** What is selected, and everything that can be changed about it: a panel beside the scene, on phones a sheet. */
export function Inspector() {
  const element = useSelectedElement();
  return element ? <Sheet key={element.id} element={element} /> : null;
}

function Sheet({ element }: { readonly element: SceneElement }) {
  const workspace = useWorkspace();
  const [expanded, setExpanded] = useState(false);
  const sheet = useRef<HTMLElement>(null);
  const { id, kind } = element;
  const held = useHeld(id);
  const blocked = held.by === 'another';

  useEffect(() => {
    if (!sheet.current) return undefined;
    const watch = new ResizeObserver(([entry]) => workspace.cover(NARROW.matches ? (entry?.target.clientHeight ?? 0) : 0));
    watch.observe(sheet.current);
    return () => {
      watch.disconnect();
      workspace.cover(0);
    };
  }, [workspace]);

  return (
    <aside ref={sheet} className="panel inspector" aria-label={text.title} data-testid="inspector" data-element-id={id} data-expanded={expanded}>
      <div className="panel-head">
        <span className="inspector-kind" style={{ color: element.color }}>
          <Icon name={kind} />
        </span>
        <h2>{nameOf(element)}</h2>
        <LockButton id={id} name={nameOf(element)} />
        <button type="button" className="icon-button sheet-more" aria-label={expanded ? text.less : text.more} aria-expanded={expanded} onClick={() => setExpanded(!expanded)} data-testid="inspector-more">
          <Icon name="chevron" />
        </button>
        <IconButton icon="close" label={text.deselect} hint="none" className="icon-button-small sheet-close" onClick={() => workspace.select(undefined)} data-testid="deselect" />
      </div>
      <LockBanner held={held} id="inspector-lock" />
      <div className="inspector-body">
        <fieldset
          className="inspector-fields"
          disabled={blocked}
          aria-describedby={blocked ? 'inspector-lock' : undefined}
          data-testid="inspector-fields"
          onFocus={(event) => {
            if (event.target instanceof HTMLInputElement) workspace.setEditing({ id });
          }}
          onBlur={() => workspace.setEditing(undefined)}
        >
          {kind === 'label' && (
            <CommittedText label={text.text} value={element.text} required onCommit={(value) => workspace.setText(id, value)} testId="inspector-text" mark={<ConflictMark elementId={id} property="text" />} />
          )}
          <div className={kind === 'label' ? 'sheet-extra' : undefined}>
            <CommittedText label={text.name} value={element.name} onCommit={(value) => workspace.rename(id, value)} testId="inspector-name" mark={<ConflictMark elementId={id} property="name" />} />
          </div>
          <Colors element={element} />
          <VectorRow element={element} property="position" title={text.position} step={0.1} />
          <div className="sheet-extra">
            {kind !== 'label' && <VectorRow element={element} property="rotation" title={text.rotation} step={5} unit={DEGREES} />}
            <VectorRow element={element} property="scale" title={text.size} step={0.1} />
          </div>
        </fieldset>
      </div>
      <div className="inspector-actions">
        {kind !== 'unknown' && (
          <Button icon="copy" onClick={() => workspace.duplicate(id)} data-testid="duplicate">
            {text.duplicate}
          </Button>
        )}
        <Button icon="trash" tone="danger" disabled={blocked} onClick={() => workspace.remove(id)} data-testid="delete">
          {text.remove}
        </Button>
      </div>
    </aside>
  );
}

function Colors({ element }: { readonly element: SceneElement }) {
  const workspace = useWorkspace();
  const [custom, setCustom] = useState(false);
  const { id, color } = element;
  const isCustom = !OBJECT_COLORS.some((known) => known === color);
  return (
    <div className="field">
      <span className="field-label">
        {text.color}
        <ConflictMark elementId={id} property="color" />
      </span>
      <div className="colors">
        <Swatches label={text.color} colors={OBJECT_COLORS} value={color} onChange={(next) => workspace.setColor(id, next)} testId="inspector-colors" />
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
      {custom && <ColorPicker value={color} onTry={(next) => workspace.tryColor(id, next)} onCommit={(next) => workspace.setColor(id, next)} />}
    </div>
  );
}

function VectorRow({ element, property, title, step, unit = 1 }: { readonly element: SceneElement; readonly property: VectorProperty; readonly title: string; readonly step: number; readonly unit?: number }): ReactNode {
  const workspace = useWorkspace();
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (property !== 'position') return undefined;
    const fields = [...(row.current?.querySelectorAll('input') ?? [])];
    workspace.readout = ({ x, y, z }) => {
      [x, y, z].forEach((component, index) => {
        const field = fields[index];
        if (field) field.value = String(round(component));
      });
    };
    return () => {
      workspace.readout = undefined;
    };
  }, [workspace, property]);
  return (
    <div className="field" role="group" aria-label={title} ref={row}>
      <span className="field-label">
        <span aria-hidden="true">
          {title}
          {unit !== 1 && <span className="field-unit"> °</span>}
        </span>
        <ConflictMark elementId={element.id} property={property} />
      </span>
      <div className="vector">
        {AXES.map((axis, index) => (
          <NumberField
            key={axis}
            label={text.axis(title, axis)}
            prefix={<i data-axis={axis}>{axis}</i>}
            value={element[property][index as Axis] * unit}
            step={step}
            digits={unit === 1 ? 3 : 1}
            onCommit={(value) => workspace.setComponent(element.id, property, index as Axis, value / unit)}
            testId={`${property}-${axis.toLowerCase()}`}
          />
        ))}
      </div>
    </div>
  );
}
