const FIRST_MS = 500;
/** How long is waited at most, unless the application says otherwise. */
export const LONGEST_MS = 30_000;

/** How long to wait before the next attempt. Full jitter: clients that fell together do not come back together. */
export function backoffMs(failures: number, random: () => number, longestMs = LONGEST_MS): number {
  return random() * Math.min(longestMs, FIRST_MS * 2 ** failures);
}
