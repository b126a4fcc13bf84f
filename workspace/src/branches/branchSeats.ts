import { ProblemError, type Problem } from '@chorale/client';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Workspace } from '../session/workspace';

/** A seat on one branch, as far as it matters here. */
export type Seat = Pick<Workspace, 'session' | 'dispose' | 'part'>;

export interface SeatState<S> {
  /** The seat whose document is shown; undefined until the first one has a document. */
  readonly shown: S | undefined;
  /** The branch that one is on the way to; what is shown stays until it is there. */
  readonly going: string | undefined;
}

export interface SeatEvents<S> {
  /** Another branch is shown from now on, in the place of the one that is left. */
  arrived(seat: S, left: S | undefined): void;
  /** A branch that one wanted to go to does not let one in; what was shown stays. */
  stayed(shown: S, branch: string, problem: Problem | undefined): void;
  /** There is nothing left to show. */
  ended(problem: Problem | undefined): void;
}

/**
 * One's seats in the branches of a session. One is shown; going to another branch takes a second one, which is shown as
 * soon as it has a document. The first is given up then, or once its edits are stored where some are still on their way.
 */
export class BranchSeats<S extends Seat = Workspace> {
  readonly store: StoreApi<SeatState<S>> = createStore<SeatState<S>>(() => ({ shown: undefined, going: undefined }));
  private coming: S | undefined;
  private readonly parting = new Set<S>();

  constructor(
    private readonly join: (branch: string) => S,
    private readonly events: SeatEvents<S>,
  ) {}

  /** Goes to a branch, where one is not there or on the way. */
  go(branch: string): void {
    const { shown } = this.store.getState();
    if ((this.coming ?? shown)?.session.branch === branch) return;
    this.coming?.dispose();
    this.coming = undefined;
    if (shown?.session.branch === branch) this.store.setState({ going: undefined });
    else this.take(branch);
  }

  /** Gives everything up; answers how many edits were not stored. */
  dispose(): number {
    const { shown } = this.store.getState();
    const seats = [...this.parting, ...[this.coming, shown].filter((seat) => seat !== undefined)];
    const unsent = seats.reduce((sum, { session }) => sum + session.pendingChanges, 0);
    for (const seat of seats) seat.dispose();
    this.parting.clear();
    this.coming = undefined;
    return unsent;
  }

  private take(branch: string): void {
    const seat = this.join(branch);
    this.coming = seat;
    this.store.setState({ going: branch });
    seat.session.ready().then(
      () => this.arrived(seat),
      (failure: unknown) => this.turnedAway(seat, failure instanceof ProblemError ? failure.problem : undefined),
    );
    seat.session.on('state', (state) => {
      if (state === 'closed' && this.store.getState().shown === seat) this.events.ended(seat.session.problem);
    });
  }

  private arrived(seat: S): void {
    if (this.coming !== seat) return;
    const { shown: left } = this.store.getState();
    this.coming = undefined;
    this.store.setState({ shown: seat, going: undefined });
    if (left) this.leave(left);
    this.events.arrived(seat, left);
    if (seat.session.state === 'closed') this.events.ended(seat.session.problem);
  }

  private turnedAway(seat: S, problem: Problem | undefined): void {
    if (this.coming !== seat) return;
    const { shown } = this.store.getState();
    this.coming = undefined;
    seat.dispose();
    this.store.setState({ going: undefined });
    if (shown) this.events.stayed(shown, seat.session.branch, problem);
    else this.events.ended(problem);
  }

  private leave(seat: S): void {
    this.parting.add(seat);
    void seat.part().finally(() => this.parting.delete(seat));
  }
}
