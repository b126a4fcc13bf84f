import type { Session } from '@chorale/client';
import { lazy, memo, Suspense, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useWorkspace } from '../../session/WorkspaceContext';
import { Icon } from '../../ui/Icon';
import { Spinner } from '../../ui/Spinner';
import { parameterMessages } from '../messages';
import { parameterName, parametersOf } from '../parameterSet';
import type { Voice } from './drawing';
import type { Subject } from './PlotCanvas';
import { ValueHistory } from './valueHistory';

const text = parameterMessages.plot;
const WAVE = '';
const PlotCanvas = lazy(() => import('./PlotCanvas').then(({ PlotCanvas: canvas }) => ({ default: canvas })));

interface CardProps {
  readonly elementId: string;
  readonly hasWave: boolean;
  /** The parameters' names; the same list as long as they are the same. */
  readonly names: readonly string[];
}

/** What the parameters amount to, live: the wave that they describe, or how one of them moved. */
export const PlotCard = memo(function PlotCard({ elementId, hasWave, names }: CardProps) {
  const history = useValueHistory(elementId);
  const [chosen, setChosen] = useState<string>();
  const id = useId();
  const summary = useRef<HTMLParagraphElement>(null);
  const reading = useRef<HTMLSpanElement>(null);
  const voice = useMemo<Voice>(
    () => ({
      summary: (words) => write(summary.current, words),
      reading: (words) => write(reading.current, words ?? ''),
    }),
    [],
  );

  const [first] = names;
  const isThere = chosen !== undefined && (chosen === WAVE ? hasWave : names.includes(chosen));
  const shown = isThere ? chosen : hasWave ? WAVE : first;
  const subject = useMemo<Subject | undefined>(() => (shown === undefined ? undefined : shown === WAVE ? { kind: 'wave' } : { kind: 'history', name: shown }), [shown]);
  if (subject === undefined) return null;
  const label = subject.kind === 'wave' ? text.wave : text.history(parameterName(subject.name));
  return (
    <figure className="card plot-card" data-testid="plot-card">
      <div className="plot-head">
        <div className="select plot-choice">
          <select aria-label={text.show} value={shown} onChange={(event) => setChosen(event.currentTarget.value)} data-testid="plot-subject">
            {hasWave && <option value={WAVE}>{text.wave}</option>}
            {names.map((name) => (
              <option key={name} value={name}>
                {text.history(parameterName(name))}
              </option>
            ))}
          </select>
          <Icon name="chevron" size={18} />
        </div>
        {subject.kind === 'wave' && <Formula />}
        <span className="plot-reading" ref={reading} aria-hidden="true" data-testid="plot-reading" />
      </div>
      <Suspense
        fallback={
          <div className="plot-canvas plot-preparing">
            <Spinner label={text.preparing} />
          </div>
        }
      >
        <PlotCanvas elementId={elementId} subject={subject} history={history} voice={voice} label={label} describedBy={`${id}-summary`} />
      </Suspense>
      <p className="plot-axis" aria-hidden="true">
        {subject.kind === 'wave' ? text.waveAxis : text.historyAxis}
      </p>
      <figcaption className="plot-summary" id={`${id}-summary`}>
        <p ref={summary} data-testid="plot-summary" />
      </figcaption>
    </figure>
  );
});

function Formula() {
  return (
    <span className="plot-formula" aria-hidden="true">
      <i>y</i>(<i>t</i>) = <i>μ</i> e
      <sup>
        −<i>κt</i>
      </sup>{' '}
      cos(<i>ωt</i>)
    </span>
  );
}

/** Written past React: it changes with each picture. */
function write(place: HTMLElement | null, words: string): void {
  if (place !== null && place.textContent !== words) place.textContent = words;
}

/** By session, so that looking back takes nothing away. */
const histories = new WeakMap<Session, ValueHistory>();

function historyOf(session: Session): ValueHistory {
  const known = histories.get(session) ?? new ValueHistory(() => performance.now() / 1000);
  histories.set(session, known);
  return known;
}

/** How the parameters moved since this page was opened, or since one looks back. */
function useValueHistory(elementId: string): ValueHistory {
  const { session } = useWorkspace();
  const history = historyOf(session);
  useEffect(() => {
    const record = () => {
      const element = session.document.elements.get(elementId);
      if (element) history.record(parametersOf(element));
    };
    record();
    return session.on('document', record);
  }, [session, elementId, history]);
  return history;
}
