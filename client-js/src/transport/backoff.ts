const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** How long to wait before the next attempt. Full jitter: clients that fell together do not come back together. */
export function backoffMs(failures: number, random: () => number): number {
  return random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** failures);
}
