export interface Frames {
  readonly perSecond: number;
  /** In milliseconds. */
  readonly longest: number;
}

/** Counts the frames of a page between two looks at it. Times are milliseconds of one clock. */
export class FrameMeter {
  private frames = 0;
  private longest = 0;
  private last: number | undefined;
  private since: number | undefined;

  /** A frame begins. */
  frame(now: number): void {
    if (this.last !== undefined) this.longest = Math.max(this.longest, now - this.last);
    this.since ??= now;
    if (now > this.since) this.frames += 1;
    this.last = now;
  }

  /** What there was since the last look; undefined where that is too little to tell. */
  read(): Frames | undefined {
    const { frames, longest, last, since } = this;
    if (last === undefined || since === undefined || frames === 0) return undefined;
    this.frames = 0;
    this.longest = 0;
    this.since = last;
    return { perSecond: (frames * 1000) / (last - since), longest };
  }
}
