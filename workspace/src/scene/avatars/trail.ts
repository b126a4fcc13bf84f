import type { Vector } from '../sceneElement';

interface Print {
  readonly at: Vector;
  readonly when: number;
}

/** Where a laser's spot was a moment ago. */
export class Trail {
  private prints: Print[] = [];

  /**
   * @param most how many places it keeps
   * @param lastsMs how long each is seen
   */
  constructor(
    private readonly most: number,
    private readonly lastsMs: number,
  ) {}

  add(at: Vector, now: number): void {
    const [newest] = this.prints;
    if (newest && newest.at[0] === at[0] && newest.at[1] === at[1] && newest.at[2] === at[2]) return;
    this.prints.unshift({ at, when: now });
    if (this.prints.length > this.most) this.prints.length = this.most;
  }

  /** Every place that is still seen, the newest first, with its strength from 1 down to 0. */
  each(now: number, draw: (at: Vector, strength: number) => void): void {
    for (const { at, when } of this.prints) {
      const strength = 1 - (now - when) / this.lastsMs;
      if (strength > 0) draw(at, Math.min(1, strength));
    }
  }

  isGone(now: number): boolean {
    const [newest] = this.prints;
    return newest === undefined || now - newest.when > this.lastsMs;
  }

  clear(): void {
    this.prints = [];
  }
}
