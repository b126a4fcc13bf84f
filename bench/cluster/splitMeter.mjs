import { Meter } from '../live/measure/meter.mjs';

/** Tells deliveries within a node from those across nodes, where a session's clients are dealt out to the nodes in turn. */
export class SplitMeter extends Meter {
  #within = new Meter();
  #across = new Meter();

  /** @param {number} nodes how many share the clients of each session */
  constructor(nodes) {
    super();
    this.between = (/** @type {number} */ receiver, /** @type {number} */ author) =>
      receiver % nodes === author % nodes ? this.#within : this.#across;
  }

  /** @override */
  start() {
    super.start();
    this.#within.start();
    this.#across.start();
  }

  /** @override */
  stop() {
    super.stop();
    this.#within.stop();
    this.#across.stop();
  }

  /** Propagation within a node and across nodes. */
  get parts() {
    return { within: this.#within.latency.summary(), across: this.#across.latency.summary() };
  }
}
