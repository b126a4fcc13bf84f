export const STRATEGIES = ['LAST_WRITE_WINS', 'AUTOMATIC', 'MERGE', 'MANUAL', 'REJECT'] as const;

/**
 * What becomes of the later of two conflicting writes: it is applied; both are kept where that loses nothing, else it
 * is applied; both are blended; it waits until somebody chooses; or its whole change is refused.
 */
export type Strategy = (typeof STRATEGIES)[number];
