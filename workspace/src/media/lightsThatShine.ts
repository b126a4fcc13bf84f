/** So many lights shine at the same time: each costs every surface in the picture. */
export const MOST_LIGHTS = 8;
/** One that shines goes on until another is clearly nearer, so that nothing flickers while the view moves. */
const STAYS = 0.8;

/** A light as far as the choice between them goes. */
export interface Candidate {
  /** From where one looks, in metres; the sun is everywhere and has none. */
  readonly distance: number;
  readonly shines: boolean;
}

/** Those that shine, the nearest first. */
export function shining<T extends Candidate>(lights: readonly T[], most = MOST_LIGHTS): ReadonlySet<T> {
  const felt = ({ distance, shines }: Candidate) => distance * (shines ? STAYS : 1);
  return new Set([...lights].sort((a, b) => felt(a) - felt(b)).slice(0, most));
}
