import { createStore, type StoreApi } from 'zustand/vanilla';
import { browserStorage, type JsonStorage } from '../app/storage';
import { currentStep, dismissed, progressOf, withDone, type AllProgress, type CoachKind, type Progress, type Step } from './progress';

export const COACH_KEY = 'chorale.onboarding';

export interface CoachState {
  readonly progress: AllProgress;
  /** The kind whose last step was just done: there is something to be glad about. */
  readonly celebrating: CoachKind | undefined;
}

/** The first steps on this device, which is what remembers them. */
export class CoachStore {
  readonly state: StoreApi<CoachState>;

  constructor(private readonly storage: JsonStorage) {
    this.state = createStore<CoachState>(() => ({ progress: progressOf(storage.read(COACH_KEY)), celebrating: undefined }));
  }

  /** What is to be done next in a kind of session; undefined where nothing is. */
  next(kind: CoachKind): Step | undefined {
    return currentStep(kind, this.state.getState().progress[kind]);
  }

  did(kind: CoachKind, step: Step): void {
    const before = this.state.getState().progress[kind];
    const after = withDone(kind, before, step);
    if (after === before) return;
    this.keep(kind, after);
    if (after.ended === 'finished') this.state.setState({ celebrating: kind });
  }

  /** Closes the coach: also for good where steps are left. */
  dismiss(kind: CoachKind): void {
    this.keep(kind, dismissed(this.state.getState().progress[kind]));
    this.state.setState({ celebrating: undefined });
  }

  restart(kind: CoachKind): void {
    this.keep(kind, progressOf(undefined)[kind]);
    this.state.setState({ celebrating: undefined });
  }

  private keep(kind: CoachKind, progress: Progress): void {
    const all = { ...this.state.getState().progress, [kind]: progress };
    this.storage.write(COACH_KEY, all);
    this.state.setState({ progress: all });
  }
}

export const coach = new CoachStore(browserStorage);
