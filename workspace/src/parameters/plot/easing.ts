/** After this many seconds about two thirds of a way are gone. */
const PACE = 0.045;

/** Numbers on their way to others: what comes over the network some times a second is drawn moving evenly. */
export class Easing {
  private readonly shown: number[];

  constructor(start: readonly number[]) {
    this.shown = [...start];
  }

  /**
   * Goes on for `seconds`.
   *
   * @returns whether everything has arrived
   */
  towards(targets: readonly number[], seconds: number): boolean {
    const share = 1 - Math.exp(-seconds / PACE);
    let arrived = true;
    targets.forEach((target, index) => {
      const from = this.shown[index] ?? target;
      const near = Math.abs(target - from) <= Math.max(1e-4 * Math.abs(target), 1e-6);
      this.shown[index] = near ? target : from + (target - from) * share;
      arrived &&= near;
    });
    return arrived;
  }

  at(index: number): number {
    return this.shown[index] ?? 0;
  }
}
