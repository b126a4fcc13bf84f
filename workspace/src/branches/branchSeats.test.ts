import { ProblemError, type ConnectionState, type Problem } from '@chorale/client';
import { beforeEach, describe, expect, it } from 'vitest';
import { BranchSeats, type Seat } from './branchSeats';

const GONE: Problem = { type: 'urn:chorale:problem:branch-not-found', title: 'Gone', status: 404 };

/** A seat whose session does what the test says. */
class FakeSeat {
  ended = false;
  stored: () => void = () => undefined;
  admit: () => void = () => undefined;
  refuse: (problem: Problem) => void = () => undefined;
  private state: ConnectionState = 'connecting';
  private tell: (state: ConnectionState) => void = () => undefined;
  private pending = 0;

  constructor(readonly branch: string) {}

  /** Edits that are not stored yet. */
  with(pending: number): this {
    this.pending = pending;
    return this;
  }

  close(): void {
    this.state = 'closed';
    this.tell('closed');
  }

  get seat(): Seat {
    const ready = new Promise<void>((resolve, reject) => {
      this.admit = resolve;
      this.refuse = (problem) => reject(new ProblemError(problem));
    });
    const on = (_event: string, listener: (state: ConnectionState) => void) => {
      this.tell = listener;
      return () => undefined;
    };
    const session = { branch: this.branch, ready: () => ready, on, problem: undefined, pendingChanges: this.pending, state: this.state };
    return {
      session: session as unknown as Seat['session'],
      dispose: () => {
        this.ended = true;
      },
      part: () =>
        new Promise<void>((resolve) => {
          this.stored = () => {
            this.ended = true;
            resolve();
          };
        }),
    };
  }
}

describe('going from branch to branch', () => {
  let taken: FakeSeat[];
  let pending: number;
  let told: string[];
  let seats: BranchSeats<Seat>;
  const shown = () => seats.store.getState().shown?.session.branch;
  const settle = () => new Promise((resolve) => setTimeout(resolve));

  beforeEach(() => {
    taken = [];
    told = [];
    pending = 0;
    const join = (branch: string) => {
      const fake = new FakeSeat(branch).with(pending);
      taken.push(fake);
      return fake.seat;
    };
    seats = new BranchSeats<Seat>(join, {
      arrived: ({ session }) => told.push(`arrived ${session.branch}`),
      stayed: ({ session }, branch, problem) => told.push(`stayed on ${session.branch}, not ${branch}: ${problem?.title}`),
      ended: (problem) => told.push(`ended ${problem?.title ?? ''}`),
    });
  });

  async function on(branch: string): Promise<FakeSeat> {
    seats.go(branch);
    const fake = taken.at(-1);
    fake?.admit();
    await settle();
    if (!fake) throw new Error('nobody joined');
    return fake;
  }

  it('given somebody on main then it stays shown until the other branch has a document', async () => {
    const main = await on('main');
    seats.go('roof');
    expect([shown(), seats.store.getState().going, main.ended]).toEqual(['main', 'roof', false]);
    taken[1]?.admit();
    await settle();
    expect([shown(), seats.store.getState().going, told]).toEqual(['roof', undefined, ['arrived main', 'arrived roof']]);
  });

  it('given edits on their way then the seat is given up once they are stored', async () => {
    const main = await on('main');
    await on('roof');
    expect(main.ended).toBe(false);
    main.stored();
    expect(main.ended).toBe(true);
  });

  it('given a branch that does not let one in then one stays, and hears why', async () => {
    await on('main');
    seats.go('roof');
    taken[1]?.refuse(GONE);
    await settle();
    expect([shown(), taken[0]?.ended, taken[1]?.ended, told.at(-1)]).toEqual(['main', false, true, 'stayed on main, not roof: Gone']);
  });

  it('given no branch yet then being turned away is the end', async () => {
    seats.go('roof');
    taken[0]?.refuse(GONE);
    await settle();
    expect([shown(), told]).toEqual([undefined, ['ended Gone']]);
  });

  it('given a change of mind on the way then the branch given up is never shown', async () => {
    await on('main');
    seats.go('roof');
    seats.go('glass');
    taken[1]?.admit();
    taken[2]?.admit();
    await settle();
    expect([shown(), taken[1]?.ended]).toEqual(['glass', true]);
    seats.go('roof');
    seats.go('glass');
    expect([seats.store.getState().going, taken.length]).toEqual([undefined, 4]);
  });

  it('given the session ends then that is told of the branch that is shown only', async () => {
    const main = await on('main');
    const roof = await on('roof');
    main.close();
    expect(told).toEqual(['arrived main', 'arrived roof']);
    roof.close();
    expect(told.at(-1)).toBe('ended ');
  });

  it('given somebody who leaves the session then every seat is given up, and what is not stored is counted', async () => {
    pending = 2;
    const main = await on('main');
    const roof = await on('roof');
    expect(seats.dispose()).toBe(4);
    expect([main.ended, roof.ended]).toEqual([true, true]);
  });
});
