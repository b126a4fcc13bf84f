import { useEffect, useState } from 'react';
import { language } from '../app/language';
import { messages } from '../app/messages';
import { useCentre, useCommandCentre } from '../commands/commandCentre';
import { useDocument, useLatency, useParticipants, usePending, useSessionKind, useWorkspace } from '../session/WorkspaceContext';
import { IconButton } from '../ui/Button';
import { EditMeter, type EditTimes } from './editMeter';
import { FrameMeter, type Frames } from './frameMeter';
import { measures } from './messages';
import type { Spread } from './samples';
import type { Drawn, SceneMeter } from './sceneMeter';

const text = messages.performance;
const READ_MS = 500;
const MEGABYTE = 1024 * 1024;
const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });

/** Shown when somebody asks for it; nothing is measured while it is not. */
export function PerformancePanel() {
  return useCentre((state) => state.measuring) ? <Panel /> : null;
}

interface Reading {
  readonly frames: Frames | undefined;
  readonly drawn: Drawn | undefined;
  readonly edits: EditTimes | undefined;
  /** Bytes; only some browsers tell. */
  readonly memory: number | undefined;
}

function Panel() {
  const centre = useCommandCentre();
  const isScene = useSessionKind() === 'scene';
  const { frames, drawn, edits, memory } = useReading(isScene);
  const roundTrip = useLatency();
  const waiting = usePending();
  const people = useParticipants().size;
  const { revision } = useDocument();
  const ms = (value: number | undefined) => (value === undefined ? undefined : text.ms(tenths.format(value)));
  return (
    <aside className="panel performance" aria-label={text.title} data-testid="performance">
      <div className="panel-head">
        <h2>{text.title}</h2>
        <IconButton icon="close" label={text.close} hint="none" className="icon-button-small" onClick={() => centre.setState({ measuring: false })} data-testid="performance-close" />
      </div>
      <dl className="measures">
        <Measure name="fps" label={text.fps} value={frames && whole.format(frames.perSecond)} />
        <Measure name="frame" label={text.frame} value={ms(frames?.longest)} />
        {isScene && (
          <>
            <Measure name="drawn" label={text.drawn} value={drawn && text.perSecond(whole.format((drawn.times * 1000) / READ_MS))} />
            <Measure name="cpu" label={measures.cpu} value={spread(drawn?.cpu)} />
            <Measure name="calls" label={text.calls} value={drawn && whole.format(drawn.calls)} />
            <Measure name="triangles" label={text.triangles} value={drawn && whole.format(drawn.triangles)} />
          </>
        )}
        {memory !== undefined && <Measure name="memory" label={text.memory} value={text.mb(whole.format(memory / MEGABYTE))} />}
        <Measure name="round-trip" label={text.roundTrip} value={ms(roundTrip)} />
        <Measure name="arrived" label={measures.arrived} value={spread(edits?.arrived)} />
        <Measure name="acknowledged" label={measures.acknowledged} value={spread(edits?.acknowledged)} />
        <Measure name="waiting" label={measures.waiting} value={whole.format(waiting)} />
        <Measure name="people" label={text.people} value={whole.format(people)} />
        <Measure name="revision" label={text.revision} value={whole.format(revision)} />
      </dl>
      <p className="measures-hint">{measures.hint}</p>
    </aside>
  );
}

const spread = (found: Spread | undefined) => found && measures.spread(tenths.format(found.p50), tenths.format(found.p95));

function Measure({ name, label, value }: { readonly name: string; readonly label: string; readonly value: string | undefined }) {
  return (
    <div className="measure" data-testid={`measure-${name}`}>
      <dt>{label}</dt>
      <dd>{value ?? text.unknown}</dd>
    </div>
  );
}

function useReading(isScene: boolean): Reading {
  const [reading, setReading] = useState<Reading>({ frames: undefined, drawn: undefined, edits: undefined, memory: undefined });
  const { session } = useWorkspace();
  useEffect(() => {
    const edits = new EditMeter(session);
    const page = new FrameMeter();
    let scene: SceneMeter | undefined;
    let over = false;
    if (isScene) {
      // It needs the renderer, which a session without a scene never loads.
      void import('./sceneMeter').then(({ sceneMeter }) => {
        if (!over) scene = sceneMeter();
      });
    }
    let next = requestAnimationFrame(function frame(now) {
      page.frame(now);
      next = requestAnimationFrame(frame);
    });
    const timer = setInterval(() => setReading({ frames: page.read(), drawn: scene?.read(), edits: edits.read(), memory: usedMemory() }), READ_MS);
    return () => {
      over = true;
      cancelAnimationFrame(next);
      clearInterval(timer);
      scene?.stop();
      edits.stop();
    };
  }, [isScene, session]);
  return reading;
}

function usedMemory(): number | undefined {
  const { memory } = performance as Performance & { readonly memory?: { readonly usedJSHeapSize: number } };
  return memory?.usedJSHeapSize;
}
