export interface Spread {
  /** Half of the samples are at most this. */
  readonly p50: number;
  /** All but one in twenty are at most this. */
  readonly p95: number;
}

/** The last samples of something, and how they are spread. */
export class Samples {
  private readonly values: number[] = [];
  private next = 0;

  constructor(private readonly most: number) {}

  add(value: number): void {
    this.values[this.next] = value;
    this.next = (this.next + 1) % this.most;
  }

  /** Undefined where there are none. */
  get spread(): Spread | undefined {
    const sorted = [...this.values].sort((a, b) => a - b);
    const [p50, p95] = [at(sorted, 0.5), at(sorted, 0.95)];
    return p50 === undefined || p95 === undefined ? undefined : { p50, p95 };
  }
}

/** The smallest value that this share of all is not above. */
const at = (sorted: readonly number[], share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
