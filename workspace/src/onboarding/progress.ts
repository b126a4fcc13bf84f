import { isRecord } from '../app/storage';

export const COACH_KINDS = ['scene', 'parameters'] as const;
/** The kinds of session that have first steps. */
export type CoachKind = (typeof COACH_KINDS)[number];

export const STEPS = {
  scene: ['add', 'move', 'invite', 'undo'],
  parameters: ['tune', 'invite'],
} as const satisfies Readonly<Record<CoachKind, readonly string[]>>;

/** Something that one does for the first time. */
export type Step = (typeof STEPS)[CoachKind][number];

/** How far somebody came with the first steps in one kind of session. */
export interface Progress {
  readonly done: readonly Step[];
  /** Undefined while steps are to be done. */
  readonly ended: 'finished' | 'dismissed' | undefined;
}

export type AllProgress = Readonly<Record<CoachKind, Progress>>;

const BEGINNING: Progress = { done: [], ended: undefined };

/** What was remembered on this device, whatever somebody left there. */
export function progressOf(stored: unknown): AllProgress {
  const all = isRecord(stored) ? stored : {};
  return { scene: decoded('scene', all['scene']), parameters: decoded('parameters', all['parameters']) };
}

function decoded(kind: CoachKind, value: unknown): Progress {
  if (!isRecord(value)) return BEGINNING;
  const { done, ended } = value;
  const known: readonly Step[] = STEPS[kind];
  return {
    done: Array.isArray(done) ? known.filter((step) => done.includes(step)) : [],
    ended: ended === 'finished' || ended === 'dismissed' ? ended : undefined,
  };
}

/** One did it; the same object where that was done, or is no step. */
export function withDone(kind: CoachKind, progress: Progress, step: Step): Progress {
  const steps: readonly Step[] = STEPS[kind];
  if (progress.ended !== undefined || !steps.includes(step) || progress.done.includes(step)) return progress;
  const done = steps.filter((each) => each === step || progress.done.includes(each));
  return { done, ended: done.length === steps.length ? 'finished' : undefined };
}

export function dismissed(progress: Progress): Progress {
  return progress.ended === undefined ? { ...progress, ended: 'dismissed' } : progress;
}

/** The first one that is not done; undefined at the end. */
export function currentStep(kind: CoachKind, { done, ended }: Progress): Step | undefined {
  return ended === undefined ? STEPS[kind].find((step) => !done.includes(step)) : undefined;
}
