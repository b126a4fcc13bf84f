import { Histogram } from './histogram.mjs';

/** What is measured between `start` and `stop`. Changes made in that time count towards latency, whenever they arrive. */
export class Meter {
  /** Every delivery to somebody else. */
  latency = new Histogram();
  /** The same, at full clients only: their folding included. */
  fullLatency = new Histogram();
  /** Until the author knew that the change is durable. */
  acknowledgement = new Histogram();
  /** How late the generator was to make a change: what is measured cannot be finer. */
  lag = new Histogram();
  /** Deliveries within the window, of whatever change. */
  delivered = 0;
  /**
   * A meter for what goes between two clients, by their numbers, besides this one.
   *
   * @type {((receiver: number, author: number) => Meter) | null}
   */
  between = null;
  #from = Infinity;
  #until = Infinity;

  /** Forgets what was measured, and begins. */
  start() {
    this.latency = new Histogram();
    this.fullLatency = new Histogram();
    this.acknowledgement = new Histogram();
    this.lag = new Histogram();
    this.delivered = 0;
    this.#from = performance.now();
    this.#until = Infinity;
  }

  stop() {
    this.#until = performance.now();
  }

  /** @param {number} now */
  #isOpenAt(now) {
    return now >= this.#from && now < this.#until;
  }

  /** @param {number} madeAt @param {number} now @param {boolean} isFull */
  arrived(madeAt, now, isFull) {
    if (this.#isOpenAt(now)) this.delivered += 1;
    if (!this.#isOpenAt(madeAt)) return;
    this.latency.record(now - madeAt);
    if (isFull) this.fullLatency.record(now - madeAt);
  }

  /** @param {number} madeAt @param {number} now */
  acknowledged(madeAt, now) {
    if (this.#isOpenAt(madeAt)) this.acknowledgement.record(now - madeAt);
  }

  /** @param {number} due @param {number} now */
  made(due, now) {
    if (this.#isOpenAt(now)) this.lag.record(now - due);
  }
}
