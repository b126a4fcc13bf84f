import { useEffect, useRef } from 'react';
import { useTheme } from '../../app/theme';
import { useWorkspace } from '../../session/WorkspaceContext';
import { parametersOf } from '../parameterSet';
import { HistoryDrawing, WaveDrawing, type Drawing, type Voice } from './drawing';
import type { ValueHistory } from './valueHistory';

/** What a plot shows: the wave, or one parameter over time. */
export type Subject = { readonly kind: 'wave' } | { readonly kind: 'history'; readonly name: string };

interface CanvasProps {
  readonly elementId: string;
  readonly subject: Subject;
  readonly history: ValueHistory;
  readonly voice: Voice;
  readonly label: string;
  readonly describedBy: string;
}

const TICK_MS = 1000;
const FRAME_S = 1 / 60;
const LONGEST_FRAME_S = 0.1;

/** Draws the plot from the session itself, at most once a frame: React renders it once for each subject. */
export function PlotCanvas({ elementId, subject, history, voice, label, describedBy }: CanvasProps) {
  const { session } = useWorkspace();
  const host = useRef<HTMLDivElement>(null);
  const drawing = useRef<Drawing>(undefined);
  const theme = useTheme();
  const name = subject.kind === 'history' ? subject.name : undefined;

  useEffect(() => {
    const root = host.current;
    if (root === null) return undefined;
    const drawn = name === undefined ? new WaveDrawing(root, voice) : new HistoryDrawing(root, voice, history, name);
    drawing.current = drawn;
    let waiting = 0;
    let last: number | undefined;
    const request = () => {
      waiting ||= requestAnimationFrame(draw);
    };
    const draw = (now: number) => {
      waiting = 0;
      const element = session.document.elements.get(elementId);
      const passed = last === undefined ? FRAME_S : Math.min(LONGEST_FRAME_S, (now - last) / 1000);
      const arrived = element === undefined || drawn.next(parametersOf(element), prefersStillness() ? Infinity : passed);
      last = arrived ? undefined : now;
      if (!arrived) request();
    };
    const stop = session.on('document', request);
    // Time passes where nothing else does.
    const ticking = name === undefined ? undefined : setInterval(request, TICK_MS);
    request();
    return () => {
      stop();
      clearInterval(ticking);
      cancelAnimationFrame(waiting);
      drawn.destroy();
      drawing.current = undefined;
    };
  }, [session, elementId, name, history, voice]);

  useEffect(() => drawing.current?.recolor(), [theme]);

  return <div className="plot-canvas" ref={host} role="img" aria-label={label} aria-describedby={describedBy} data-testid="plot" data-subject={name ?? 'wave'} />;
}

const stillness = window.matchMedia('(prefers-reduced-motion: reduce)');
const prefersStillness = () => stillness.matches;
