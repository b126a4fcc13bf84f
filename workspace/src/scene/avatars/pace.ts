/** After a rest the time since the last frame says nothing about how far to go; while things move it does, up to this. */
const [FIRST_FRAME, LONGEST_FRAME] = [1 / 60, 0.2];

/** How many seconds a frame moves things on, in a scene that is drawn only when something changes. */
export class Pace {
  private moved = false;

  /** @param delta seconds since the last frame, however long nothing was drawn */
  seconds(delta: number): number {
    return Math.min(delta, this.moved ? LONGEST_FRAME : FIRST_FRAME);
  }

  /** Whether there is more to move in the next frame, told at the end of each. */
  next(moves: boolean): boolean {
    this.moved = moves;
    return moves;
  }
}
