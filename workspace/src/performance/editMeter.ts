import type { CommittedChange, Session } from '@chorale/client';
import { Samples, type Spread } from './samples';

export interface EditTimes {
  /** Milliseconds from one's own edit to the server's answer that it is stored. */
  readonly acknowledged: Spread | undefined;
  /**
   * Milliseconds from the server's time stamp of others' changes to here. When they were made on the others' devices nobody
   * here can know.
   */
  readonly arrived: Spread | undefined;
}

type Watched = Pick<Session, 'on' | 'pendingChanges' | 'self' | 'serverClockAheadMs'>;

const LAST = 200;
/** What took longer was read from the history after a lost connection. */
const LONGEST_MS = 60_000;

/** Times edits, one's own and others', from when it is made until it is stopped. */
export class EditMeter {
  private readonly acknowledged = new Samples(LAST);
  private readonly arrived = new Samples(LAST);
  /** When those of one's own changes were made that the server has not answered, the oldest first. */
  private readonly made: number[] = [];
  /** Changes made before the meter was there: their times are not known. */
  private earlier: number;
  private readonly stops: readonly (() => void)[];

  constructor(
    private readonly session: Watched,
    private readonly now: () => number = Date.now,
  ) {
    this.earlier = session.pendingChanges;
    this.stops = [
      session.on('document', () => this.look()),
      session.on('accepted', () => this.answered(true)),
      session.on('refused', () => this.answered(false)),
      session.on('changes', (changes) => this.came(changes)),
    ];
  }

  read(): EditTimes {
    return { acknowledged: this.acknowledged.spread, arrived: this.arrived.spread };
  }

  stop(): void {
    for (const stop of this.stops) stop();
  }

  /** Answers come in the order in which changes were made. */
  private look(): void {
    while (this.earlier + this.made.length < this.session.pendingChanges) this.made.push(this.now());
  }

  private answered(stored: boolean): void {
    if (this.earlier > 0) {
      this.earlier -= 1;
      return;
    }
    const made = this.made.shift();
    if (made !== undefined && stored) this.acknowledged.add(this.now() - made);
  }

  private came(changes: readonly CommittedChange[]): void {
    const { self, serverClockAheadMs } = this.session;
    if (serverClockAheadMs === undefined) return;
    for (const { at, participantId } of changes) {
      const took = this.now() + serverClockAheadMs - Date.parse(at);
      // Clocks are known to half a round trip: a little less than nothing is nothing.
      if (participantId !== self?.participantId && took < LONGEST_MS) this.arrived.add(Math.max(0, took));
    }
  }
}
