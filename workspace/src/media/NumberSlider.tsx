import { useEffect, useId, useMemo, useRef, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react';
import { useWorkspace } from '../session/WorkspaceContext';
import { NumberField } from '../ui/Field';
import { LookTrial, setLook, type Look } from './mediaEdits';
import { sceneMessages } from '../scene/messages';

interface NumberSliderProps {
  readonly label: string;
  /** Undefined where the elements differ. */
  readonly value: number | undefined;
  /** What the slider shows where they differ. */
  readonly fallback: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly ids: readonly string[];
  readonly look: (value: number) => Look;
  readonly testId: string;
  readonly mark?: ReactNode;
}

/** A number by a slider or typed: tried while the slider is held, one edit when it is let go. */
export function NumberSlider({ label, value, fallback, min, max, step, ids, look, testId, mark }: NumberSliderProps) {
  const workspace = useWorkspace();
  const trial = useMemo(() => new LookTrial(workspace), [workspace]);
  const id = useId();
  const slider = useRef<HTMLInputElement>(null);
  useEffect(() => () => trial.commit(), [trial]);
  // React calls its onChange at each step; only the browser's own event says that one let go.
  useEffect(() => {
    const { current } = slider;
    const done = () => trial.commit();
    current?.addEventListener('change', done);
    return () => current?.removeEventListener('change', done);
  }, [trial]);

  const shown = value ?? fallback;
  const within = (number: number) => Math.min(max, Math.max(min, number));
  const leave = (event: KeyboardEvent) => {
    if (event.key === 'Escape') (event.currentTarget as HTMLElement).blur();
  };
  return (
    <div className="look-row">
      <span className="look-label">
        <label htmlFor={id}>{label}</label>
        {value === undefined && <span className="field-mixed">{sceneMessages.several.mixed}</span>}
        {mark}
      </span>
      <input
        ref={slider}
        id={id}
        type="range"
        className="slider"
        style={{ '--share': (shown - min) / (max - min) } as CSSProperties}
        min={min}
        max={max}
        step={step}
        value={shown}
        onChange={(event) => trial.attempt(ids, look(Number(event.currentTarget.value)))}
        onBlur={() => trial.commit()}
        onKeyDown={leave}
        data-testid={`${testId}-slider`}
      />
      <NumberField label={label} prefix="" value={shown} step={step} digits={2} onCommit={(typed) => setLook(workspace, ids, look(within(typed)), `${ids.join()} ${testId}`)} testId={testId} />
    </div>
  );
}

