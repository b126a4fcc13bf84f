import type { Replay } from './replay.js';

/** How many times faster than it happened a history can be played. */
export const SPEEDS = [1, 2, 4, 8, 16, 32, 64] as const;
export type Speed = (typeof SPEEDS)[number];

/** A pause is never longer than this while playing, in milliseconds: nobody watches how nothing happens. */
export const LONGEST_PAUSE_MS = 1500;

/** Plays a history as it happened, faster if one likes. Whoever shows it tells it how the time goes by. */
export class Playback {
  speed: Speed = 1;
  #isPlaying = false;
  /** How much of the time went by since the change that is shown, in milliseconds. */
  #elapsed = 0;

  constructor(private readonly replay: Replay) {}

  get isPlaying(): boolean {
    return this.#isPlaying;
  }

  /** Begins to play: from the start where one is at the end. */
  async play(): Promise<void> {
    this.#isPlaying = true;
    this.#elapsed = 0;
    if (this.replay.revision >= this.replay.head) await this.replay.seek(0);
  }

  pause(): void {
    this.#isPlaying = false;
  }

  /**
   * Time went by: shows what happened in it, and pauses at the end. Rejects with a `ProblemError`.
   *
   * @param milliseconds since it was told last
   */
  async pass(milliseconds: number): Promise<void> {
    const { replay } = this;
    if (!this.#isPlaying || replay.isReading) return;
    this.#elapsed += milliseconds;
    let to = replay.revision;
    while (to < replay.head) {
      const wait = this.#waitBefore(to + 1);
      if (wait === undefined || wait > this.#elapsed) break;
      this.#elapsed -= wait;
      to += 1;
    }
    if (to > replay.revision) await replay.seek(to);
    if (replay.revision >= replay.head) this.pause();
    else await replay.readAhead();
  }

  /** How long one waits for a revision after the one before it, in milliseconds; undefined where it was not read yet. */
  #waitBefore(revision: number): number | undefined {
    const next = this.replay.changeAt(revision);
    if (!next) return undefined;
    const before = this.replay.changeAt(revision - 1);
    if (!before) return 0;
    const passed = Math.max(0, Date.parse(next.at) - Date.parse(before.at)) / this.speed;
    return Math.min(LONGEST_PAUSE_MS, passed);
  }
}
