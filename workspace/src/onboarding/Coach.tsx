import { useEffect, useId, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { useStore } from 'zustand';
import { useChat, useSessionKind, useWorkspace, useWorkspaceState } from '../session/WorkspaceContext';
import { Button, IconButton } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { anchored, type Anchored } from './anchor';
import { coach } from './coachStore';
import { watchDeeds } from './deeds';
import { hintOf, onboardingMessages as text } from './messages';
import { COACH_KINDS, currentStep, STEPS, type CoachKind, type Step } from './progress';

/** What a step is about, in the page. A step without it stands in a corner. */
const ANCHORS: Readonly<Partial<Record<Step, string>>> = {
  add: '.toolbar',
  move: '.scene-tools',
  invite: '.copy-link',
  undo: '.toolbar .tool-history',
};
/** Where there is no room beside things, the style sheet places the hint. */
const ROOMY = window.matchMedia('(min-width: 901px)');
const TOUCH = window.matchMedia('(pointer: coarse)');

/** The first steps of whoever is in a session of a kind for the first time on this device: hints, not a lesson. */
export function Coach() {
  const kind = useSessionKind();
  const known = COACH_KINDS.find((each) => each === kind);
  return known === undefined ? null : <CoachOf kind={known} />;
}

function CoachOf({ kind }: { readonly kind: CoachKind }) {
  const workspace = useWorkspace();
  const step = useStore(coach.state, ({ progress }) => currentStep(kind, progress[kind]));
  const celebrating = useStore(coach.state, (state) => state.celebrating === kind);
  const isOn = step !== undefined;
  useEffect(() => (isOn ? watchDeeds(workspace, kind, (done) => coach.did(kind, done)) : undefined), [workspace, kind, isOn]);
  if (step !== undefined) return <Hint kind={kind} step={step} />;
  return celebrating ? <Hint kind={kind} step={undefined} /> : null;
}

function Hint({ kind, step }: { readonly kind: CoachKind; readonly step: Step | undefined }) {
  const card = useRef<HTMLElement>(null);
  const place = usePlace(card, step === undefined ? undefined : ANCHORS[step]);
  const id = useId();
  const steps: readonly Step[] = STEPS[kind];
  const at = step === undefined ? steps.length : steps.indexOf(step);
  const { title, detail } = hintOf(text, step, TOUCH.matches);
  return (
    <section
      ref={card}
      className="coach"
      aria-labelledby={id}
      data-testid="coach"
      data-step={step ?? 'done'}
      data-side={place?.arrow === undefined ? undefined : place.side}
      style={place && { left: place.left, top: place.top, right: 'auto', bottom: 'auto', ['--arrow' as string]: `${place.arrow ?? 0}px` }}
    >
      <div className="coach-text" role="status">
        <strong id={id}>
          {step === undefined && <Icon name="check" size={18} />}
          {title}
        </strong>
        <span>{detail}</span>
      </div>
      <IconButton icon="close" label={text.close} hint="none" className="icon-button-small coach-close" onClick={() => coach.dismiss(kind)} data-testid="coach-close" />
      <div className="coach-foot">
        <span className="coach-dots" role="img" aria-label={text.progress(Math.min(at + 1, steps.length), steps.length)}>
          {steps.map((each, index) => (
            <i key={each} data-state={index < at ? 'done' : index === at ? 'now' : 'next'} />
          ))}
        </span>
        {step === undefined ? (
          <Button tone="primary" onClick={() => coach.dismiss(kind)} data-testid="coach-finish">
            {text.finish}
          </Button>
        ) : (
          <button type="button" className="coach-skip" onClick={() => coach.did(kind, step)} data-testid="coach-skip">
            {text.skip}
          </button>
        )}
      </div>
    </section>
  );
}

/** What a panel at the right leaves free for hints under the bar at the top. */
function freeWidth(target: HTMLElement): number {
  const panels = target.closest('.top-bar') ? document.querySelectorAll('.inspector, .chat') : [];
  return Math.min(window.innerWidth, ...[...panels].map((panel) => panel.getBoundingClientRect().left));
}

/** Beside what the hint is about, wherever that goes; undefined where the style sheet decides. */
function usePlace(card: RefObject<HTMLElement | null>, anchor: string | undefined): Anchored | undefined {
  const [place, setPlace] = useState<Anchored>();
  // What opens or closes elsewhere moves the tools.
  const chatOpen = useChat((state) => state.open);
  const objectsOpen = useWorkspaceState((state) => state.objectsOpen);
  const isAnySelected = useWorkspaceState((state) => state.selection.length > 0);
  useLayoutEffect(() => {
    const target = anchor === undefined ? null : document.querySelector<HTMLElement>(anchor);
    const look = () => {
      const hint = card.current;
      if (!hint || !target || !ROOMY.matches) {
        setPlace(undefined);
        return;
      }
      const size = { width: hint.offsetWidth, height: hint.offsetHeight };
      setPlace(anchored(target.getBoundingClientRect(), size, { width: freeWidth(target), height: window.innerHeight }));
    };
    look();
    const sizes = new ResizeObserver(look);
    sizes.observe(document.documentElement);
    if (target) sizes.observe(target);
    return () => sizes.disconnect();
  }, [card, anchor, chatOpen, objectsOpen, isAnySelected]);
  return place;
}
