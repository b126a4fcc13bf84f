import type { Gesture } from '@chorale/client';
import { ProblemError } from '@chorale/client';
import { memo, useEffect, useId, useRef, type CSSProperties, type KeyboardEvent, type PointerEvent } from 'react';
import { messages, relativeTime } from '../app/messages';
import { ConflictMark, useConflictAbout } from '../conflicts/ConflictMark';
import { useParticipants, useSelfUser, useWorkspace, useWorkspaceState } from '../session/WorkspaceContext';
import { useWhyNot } from '../sharing/useRights';
import { IconButton } from '../ui/Button';
import { NumberField } from '../ui/Field';
import { Icon } from '../ui/Icon';
import type { LastWrite } from './lastWriters';
import { parameterMessages, plain } from './messages';
import { decimalsOf, definitionProperty, fitted, parameterName, type NumberParameter, type Parameter, type ToggleParameter } from './parameterSet';

const text = messages.parameters;

interface RowProps {
  readonly elementId: string;
  readonly parameter: Parameter;
  readonly written: LastWrite | undefined;
  readonly now: number;
  readonly disabled: boolean;
  /** Asks for the parameter's definition. */
  readonly onEdit: (name: string) => void;
}

/** One shared parameter: a slider with a field or a switch, and who moved it last. */
export const ParameterRow = memo(function ParameterRow({ elementId, parameter, written, now, disabled, onEdit }: RowProps) {
  const { name, value } = parameter;
  const id = useId();
  const whyNot = useWhyNot('EDIT', [elementId], name);
  const fixed = disabled || whyNot !== undefined;
  return (
    <li className="parameter" data-testid="parameter" data-name={name} data-value={String(value)} data-kind={parameter.kind}>
      {parameter.kind === 'number' ? (
        <NumberControls id={id} elementId={elementId} parameter={parameter} disabled={fixed} />
      ) : (
        <ToggleControls id={id} elementId={elementId} parameter={parameter} disabled={fixed} />
      )}
      <div className="parameter-foot">
        <p className="parameter-who" id={`${id}-who`}>
          <Who elementId={elementId} name={name} written={written} now={now} />
          <ConflictMark elementId={elementId} property={name} />
          <ConflictMark elementId={elementId} property={definitionProperty(name)} />
          {whyNot !== undefined && !disabled && (
            <span className="field-denied" title={whyNot} data-testid="denied">
              <Icon name="lock" size={14} />
              {whyNot}
            </span>
          )}
        </p>
        <IconButton
          icon="pencil"
          label={parameterMessages.list.edit(parameterName(name))}
          hint="none"
          className="icon-button-small parameter-edit"
          disabled={fixed}
          onClick={() => onEdit(name)}
          data-testid={`edit-${name}`}
        />
      </div>
    </li>
  );
});

interface ControlProps<P extends Parameter> {
  readonly id: string;
  readonly elementId: string;
  readonly parameter: P;
  readonly disabled: boolean;
}

function NumberControls({ id, elementId, parameter, disabled }: ControlProps<NumberParameter>) {
  const workspace = useWorkspace();
  const { name, value, min, max, step, unit } = parameter;
  const slider = useSlider(elementId, parameter);
  const share = (fitted(value, parameter) - min) / (max - min);
  return (
    <>
      <label className="parameter-symbol" htmlFor={id}>
        <Called parameter={parameter} />
      </label>
      <div className="parameter-value">
        <NumberField
          label={text.value(parameterName(name))}
          prefix=""
          value={value}
          step={step}
          digits={Math.max(3, decimalsOf(step))}
          disabled={disabled}
          onCommit={(typed) => workspace.edit([{ op: 'set', id: elementId, path: [name], value: fitted(typed, parameter) }], `${elementId} ${name}`)}
          testId={`value-${name}`}
        />
      </div>
      <div className="parameter-slider">
        <input
          id={id}
          type="range"
          className="slider"
          style={{ '--share': share } as CSSProperties}
          min={min}
          max={max}
          step={step}
          value={value}
          disabled={disabled}
          aria-valuetext={unit === '' ? undefined : `${plain(value)} ${unit}`}
          aria-describedby={`${id}-who`}
          data-testid={`slider-${name}`}
          {...slider}
        />
        <span className="slider-ends" aria-hidden="true">
          <span>{plain(min)}</span>
          <span>{plain(max)}</span>
        </span>
      </div>
    </>
  );
}

function ToggleControls({ id, elementId, parameter, disabled }: ControlProps<ToggleParameter>) {
  const workspace = useWorkspace();
  const { name, value } = parameter;
  return (
    <>
      <span className="parameter-symbol" id={id}>
        <Called parameter={parameter} />
      </span>
      <span className="parameter-toggle">
        <span aria-hidden="true">{value ? parameterMessages.list.on : parameterMessages.list.off}</span>
        <button
          type="button"
          role="switch"
          className="switch"
          aria-checked={value}
          aria-labelledby={id}
          aria-describedby={`${id}-who`}
          disabled={disabled}
          onClick={() => workspace.edit([{ op: 'set', id: elementId, path: [name], value: !value }])}
          data-testid={`switch-${name}`}
        >
          <span className="switch-thumb" />
        </button>
      </span>
    </>
  );
}

/** What a parameter is called: its symbol large where it has one, and its name. */
function Called({ parameter: { name, symbol, unit } }: { readonly parameter: Parameter }) {
  const label = parameterName(name);
  const hasSymbol = symbol !== name;
  return (
    <>
      {hasSymbol && (
        <bdi className="parameter-sign" aria-hidden="true">
          {symbol}
        </bdi>
      )}
      <bdi className={hasSymbol ? 'parameter-name' : 'parameter-title'}>{label}</bdi>
      {unit !== '' && <bdi className="parameter-unit">{unit}</bdi>}
    </>
  );
}

/** A drag is one gesture: live for everybody, one step of undo, taken back by Escape. */
function useSlider(elementId: string, parameter: NumberParameter) {
  const workspace = useWorkspace();
  const { name } = parameter;
  const gesture = useRef<Gesture>(undefined);
  // Under a pointer that is down, and not to be listened to: its gesture ended before.
  const ended = useRef(false);
  const conflict = useConflictAbout(elementId, name);

  const end = (how: 'commit' | 'cancel') => {
    const held = gesture.current;
    gesture.current = undefined;
    workspace.setEditing(undefined);
    if (held) attempt(() => (how === 'commit' ? held.commit() : held.cancel()));
  };
  const endLatest = useRef(end);
  endLatest.current = end;
  useEffect(() => () => endLatest.current('commit'), []);

  // Whoever goes on after seeing that values wait would decide without being asked.
  const conflictId = conflict?.id;
  useEffect(() => {
    if (conflictId === undefined || !gesture.current) return;
    ended.current = true;
    endLatest.current('commit');
  }, [conflictId]);

  return {
    onPointerDown: (event: PointerEvent<HTMLInputElement>) => {
      if (event.button !== 0 || gesture.current || event.currentTarget.disabled) return;
      ended.current = false;
      gesture.current = workspace.session.beginGesture({ live: true });
      workspace.setEditing({ id: elementId, property: name });
    },
    onPointerUp: () => end('commit'),
    onPointerCancel: () => end('commit'),
    onLostPointerCapture: () => end('commit'),
    onKeyDown: (event: KeyboardEvent) => {
      if (!gesture.current) ended.current = false;
      if (event.key !== 'Escape' || !gesture.current) return;
      event.stopPropagation();
      ended.current = true;
      end('cancel');
    },
    onKeyUp: () => {
      if (!gesture.current) workspace.setEditing(undefined);
    },
    onBlur: () => end('commit'),
    onChange: (event: { readonly currentTarget: HTMLInputElement }) => {
      const edit = { op: 'set', id: elementId, path: [name], value: fitted(event.currentTarget.valueAsNumber, parameter) } as const;
      const held = gesture.current;
      if (held) {
        attempt(() => held.update([edit]));
      } else if (!ended.current) {
        workspace.setEditing({ id: elementId, property: name });
        workspace.edit([edit], `${elementId} ${name}`);
      }
    },
  };
}

/** A session that closed in the middle of a drag says so by itself. */
function attempt(step: () => void): void {
  try {
    step();
  } catch (failure) {
    if (!(failure instanceof ProblemError)) throw failure;
  }
}

function Who({ elementId, name, written, now }: Pick<RowProps, 'elementId' | 'written' | 'now'> & { readonly name: string }) {
  const workspace = useWorkspace();
  const userId = useSelfUser();
  const participants = useParticipants();
  const doing = useWorkspaceState((state) => state.doing);
  const moving = [...doing].flatMap(([participantId, { id, property }]) => (id === elementId && property === name ? (participants.get(participantId) ?? []) : []));
  if (moving.length > 0) {
    return (
      <span className="parameter-moving" data-testid="moving">
        {moving.map(({ participantId, color }) => (
          <i key={participantId} style={{ backgroundColor: color }} />
        ))}
        {text.changing(moving.map((person) => person.name))}
      </span>
    );
  }
  if (written === undefined) return <span>{text.untouched}</span>;
  const { name: author, color } = workspace.acquaintance(written.userId);
  return (
    <span data-testid="last-change" data-author={author}>
      <i style={{ backgroundColor: color }} />
      {text.changedBy(written.userId === userId ? messages.chat.you : author, relativeTime(written.at, now))}
    </span>
  );
}
