import type { Parameter } from '../parameterSet';

interface Track {
  readonly times: number[];
  readonly values: number[];
  changes: number;
}

/** What a parameter was over time, as steps: each value holds until the next time. */
export interface Course {
  readonly times: readonly number[];
  readonly values: readonly number[];
  readonly least: number;
  readonly most: number;
  readonly changes: number;
}

const MOST_POINTS = 4096;
/** What changed again within this time, in seconds, is one point. */
const FINEST = 0.03;

/** Remembers how the parameters moved since it began. Time is in seconds since then. */
export class ValueHistory {
  private readonly tracks = new Map<string, Track>();
  private readonly began: number;

  /** @param clock the time in seconds, since whenever */
  constructor(private readonly clock: () => number) {
    this.began = clock();
  }

  get elapsed(): number {
    return this.clock() - this.began;
  }

  record(parameters: readonly Parameter[]): void {
    const time = this.elapsed;
    for (const { name, value } of parameters) this.note(name, Number(value), time);
  }

  private note(name: string, value: number, time: number): void {
    const track = this.tracks.get(name);
    if (track === undefined) {
      this.tracks.set(name, { times: [time], values: [value], changes: 0 });
      return;
    }
    const { times, values } = track;
    if (values.at(-1) === value) return;
    track.changes += 1;
    // The first point stays: it says how it was when the page was opened.
    if (times.length > 1 && time - (times.at(-1) ?? 0) < FINEST) {
      values[values.length - 1] = value;
      return;
    }
    times.push(time);
    values.push(value);
    if (times.length > MOST_POINTS) thin(track);
  }

  /** The parameter's course; undefined where it was never seen. */
  courseOf(name: string): Course | undefined {
    const track = this.tracks.get(name);
    if (track === undefined) return undefined;
    const { times, values, changes } = track;
    let [least, most] = [Infinity, -Infinity];
    for (const value of values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return { times, values, least, most, changes };
  }
}

/** Leaves every second point of the older half out: the past gets coarser, the present stays fine. */
function thin({ times, values }: Track): void {
  const half = times.length / 2;
  const stays = (index: number) => index >= half || index % 2 === 0;
  for (const list of [times, values]) list.splice(0, list.length, ...list.filter((_, index) => stays(index)));
}
