import { Meter } from '../measure/meter.mjs';
import { seeded } from '../measure/random.mjs';

const KEPT_ERRORS = 20;

/**
 * @typedef {Record<string, unknown> & { scn: string }} Row one result; `broken` says what must not be, if anything
 * @typedef {ReturnType<import('../options.mjs')['parseOptions']>} Options
 */

/** What one run of one scenario works with. */
export class Bench {
  meter = new Meter();
  /** The first things that went wrong. @type {string[]} */
  errors = [];
  /** Connections that the server ended. */
  closedConnections = 0;

  /**
   * @param {Options} options
   * @param {import('../server/server.mjs').Server} server
   * @param {(text: string) => void} log what is told while it runs
   */
  constructor(options, server, log) {
    this.options = options;
    this.server = server;
    this.log = log;
    this.random = seeded(options.seed);
  }

  /** @returns {import('../protocol/room.mjs').World} */
  get world() {
    return {
      url: this.server.url,
      random: this.random,
      meter: this.meter,
      report: (error) => {
        if (this.errors.length < KEPT_ERRORS) this.errors.push(error.slice(0, 300));
      },
      closed: () => {
        this.closedConnections += 1;
      },
    };
  }

  /** What every row says of what went wrong. */
  get troubles() {
    return { closedN: this.closedConnections, errors: this.errors.slice(0, 3) };
  }
}

/**
 * Why a row must not be believed: losses, repetitions, documents that differ.
 *
 * @param {{ missing: number, dup: number, stray?: number, outOfOrder?: number, converged?: boolean | null }} found
 * @returns {{ broken?: string[] }}
 */
export function verdict({ missing, dup, stray = 0, outOfOrder = 0, converged = null }) {
  const broken = [
    ...(missing > 0 ? [`${missing} lost`] : []),
    ...(dup > 0 ? [`${dup} doubled`] : []),
    ...(stray > 0 ? [`${stray} strays`] : []),
    ...(outOfOrder > 0 ? [`${outOfOrder} out of order`] : []),
    ...(converged === false ? ['not converged'] : []),
  ];
  return broken.length > 0 ? { broken } : {};
}
