import type { Gesture } from '@chorale/client';
import { ProblemError } from '@chorale/client';
import { useEffect, useId, useRef, type CSSProperties, type KeyboardEvent, type PointerEvent } from 'react';
import { messages, relativeTime } from '../app/messages';
import { ConflictMark, useConflictAbout } from '../conflicts/ConflictMark';
import { useParticipants, useSelfUser, useWorkspace, useWorkspaceState } from '../session/WorkspaceContext';
import { NumberField } from '../ui/Field';
import type { LastWrite } from './lastWriters';
import { fitted, parameterName, type Parameter } from './parameterSet';

const text = messages.parameters;

interface RowProps {
  readonly elementId: string;
  readonly parameter: Parameter;
  readonly written: LastWrite | undefined;
  readonly now: number;
  readonly disabled: boolean;
}

/** One shared number: a slider, a field, and who moved it last. */
export function ParameterRow({ elementId, parameter, written, now, disabled }: RowProps) {
  const workspace = useWorkspace();
  const { name, symbol, value, min, max, step } = parameter;
  const label = parameterName(name);
  const id = useId();
  const slider = useSlider(elementId, parameter);
  const share = max > min ? (fitted(value, parameter) - min) / (max - min) : 0;
  return (
    <li className="parameter" data-testid="parameter" data-name={name} data-value={value}>
      <label className="parameter-symbol" htmlFor={id}>
        <span aria-hidden="true">{symbol}</span>
        <span className={symbol === label ? 'visually-hidden' : 'parameter-name'}>{label}</span>
      </label>
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
          aria-describedby={`${id}-who`}
          data-testid={`slider-${name}`}
          {...slider}
        />
        <span className="slider-ends" aria-hidden="true">
          <span>{min}</span>
          <span>{max}</span>
        </span>
      </div>
      <div className="parameter-value">
        <NumberField
          label={text.value(label)}
          prefix=""
          value={value}
          step={step * 10}
          disabled={disabled}
          onCommit={(typed) => workspace.edit([{ op: 'set', id: elementId, path: [name], value: fitted(typed, parameter) }], `${elementId} ${name}`)}
          testId={`value-${name}`}
        />
      </div>
      <p className="parameter-who" id={`${id}-who`}>
        <Who elementId={elementId} name={name} written={written} now={now} />
        <ConflictMark elementId={elementId} property={name} />
      </p>
    </li>
  );
}

/** A drag is one gesture: live for everybody, one step of undo, taken back by Escape. */
function useSlider(elementId: string, parameter: Parameter) {
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
