import { fitted, type Parameter } from '../parameterSet';

/** The parameters of a damped wave y(t) = mu · e^(−kappa t) · cos(omega t). */
export interface Wave {
  readonly mu: number;
  readonly omega: number;
  readonly kappa: number;
}

/** Until when the wave is drawn. */
export const WAVE_END = 10;
const POINTS = 2001;
/** Where the curve is cut off: beyond, a screen has no room and a plot no numbers. */
const FARTHEST = 1e15;

/** The wave that the parameters describe; undefined where one of the three is missing. */
export function waveOf(parameters: readonly Parameter[]): Wave | undefined {
  const [mu, omega, kappa] = ['mu', 'omega', 'kappa'].map((name) => {
    const found = parameters.find((each) => each.name === name);
    return found?.kind === 'number' ? fitted(found.value, found) : undefined;
  });
  return mu === undefined || omega === undefined || kappa === undefined ? undefined : { mu, omega, kappa };
}

export function heightAt({ mu, omega, kappa }: Wave, t: number): number {
  return bounded(mu * Math.exp(-kappa * t) * Math.cos(omega * t));
}

const bounded = (y: number) => (Number.isNaN(y) ? 0 : Math.min(FARTHEST, Math.max(-FARTHEST, y)));

/** The curve and its envelope, computed anew into the same arrays for each picture. */
export class WaveSamples {
  readonly t = Float64Array.from({ length: POINTS }, (_, index) => (index * WAVE_END) / (POINTS - 1));
  readonly y = new Float64Array(POINTS);
  readonly above = new Float64Array(POINTS);
  readonly below = new Float64Array(POINTS);

  /** @returns how far the curve is from zero at most */
  sample(wave: Wave): number {
    let farthest = 0;
    for (let index = 0; index < POINTS; index++) {
      const t = this.t[index] ?? 0;
      const y = heightAt(wave, t);
      const reach = bounded(Math.abs(wave.mu) * Math.exp(-wave.kappa * t));
      this.y[index] = y;
      this.above[index] = reach;
      this.below[index] = -reach;
      farthest = Math.max(farthest, Math.abs(y));
    }
    return farthest;
  }

  /** The greatest height, and where the curve is there first. */
  maximum(): { readonly t: number; readonly y: number } {
    let best = 0;
    for (let index = 1; index < POINTS; index++) if ((this.y[index] ?? 0) > (this.y[best] ?? 0)) best = index;
    return { t: this.t[best] ?? 0, y: this.y[best] ?? 0 };
  }
}

/** How often the wave crosses zero until its end, and where first. */
export function crossingsOf({ mu, omega }: Wave): { readonly count: number; readonly first: number } {
  const speed = Math.abs(omega);
  const first = Math.PI / 2 / speed;
  if (mu === 0 || speed === 0 || first > WAVE_END) return { count: 0, first: 0 };
  return { count: Math.floor((WAVE_END * speed) / Math.PI - 0.5) + 1, first };
}

const ROUND = [1, 1.5, 2, 3, 5, 7.5, 10] as const;

/** A round number a little above: how far the axis reaches. */
export function reachOf(farthest: number): number {
  if (!(farthest > 0)) return 1;
  const wanted = farthest * 1.05;
  const power = 10 ** Math.floor(Math.log10(wanted));
  return (ROUND.find((each) => each * power >= wanted) ?? 10) * power;
}
