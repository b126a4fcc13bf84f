import { Meter } from './meter.mjs';

/**
 * Who made which change of one session, and who got it. Every client must get the changes of every client, its own too
 * [CHG-2], once and in the order in which they were made.
 */
export class Ledger {
  #meter;
  #clients;
  /** When a client made its n-th change. @type {Float64Array[]} */
  #madeAt;
  /** How many changes each client made; the first has the number 1. */
  #made;
  /** By receiver and author: the number of the change that must come next. */
  #next;
  /** By receiver: 1 where what it gets is accounted for, but not measured. */
  #unmeasured;
  #totalMade = 0;
  #totalArrived = 0;
  /** Deliveries of what the receiver had already. */
  doubled = 0;
  /** Deliveries of numbers that nobody made. */
  strays = 0;

  /** @param {number} clients @param {Meter} [meter] */
  constructor(clients, meter = new Meter()) {
    this.#meter = meter;
    this.#clients = clients;
    this.#madeAt = Array.from({ length: clients }, () => new Float64Array(256));
    this.#made = new Uint32Array(clients);
    this.#next = new Uint32Array(clients * clients).fill(1);
    this.#unmeasured = new Uint8Array(clients);
  }

  /** Leaves a receiver that is slow on purpose out of the latencies. @param {number} receiver */
  exclude(receiver) {
    this.#unmeasured[receiver] = 1;
  }

  /** @param {number} author @param {number} now @returns {number} the change's number among its author's */
  made(author, now) {
    const number = (this.#made[author] ?? 0) + 1;
    this.#made[author] = number;
    this.#totalMade += 1;
    this.#times(author, number)[number] = now;
    return number;
  }

  /** @param {number} receiver @param {boolean} isFull @param {number} author @param {number} number @param {number} now */
  arrived(receiver, isFull, author, number, now) {
    if (!(author < this.#clients) || number < 1 || number > (this.#made[author] ?? 0)) {
      this.strays += 1;
      return;
    }
    const cell = receiver * this.#clients + author;
    if (number < (this.#next[cell] ?? 0)) {
      this.doubled += 1;
      return;
    }
    this.#next[cell] = number + 1;
    this.#totalArrived += 1;
    if (receiver === author || this.#unmeasured[receiver] !== 0) return;
    const madeAt = this.#madeAt[author]?.[number] ?? NaN;
    this.#meter.arrived(madeAt, now, isFull);
    this.#meter.between?.(receiver, author).arrived(madeAt, now, isFull);
  }

  /** @param {number} author @param {number} number @param {number} now */
  acknowledged(author, number, now) {
    this.#meter.acknowledged(this.#madeAt[author]?.[number] ?? NaN, now);
  }

  get totalMade() {
    return this.#totalMade;
  }

  get totalArrived() {
    return this.#totalArrived;
  }

  /** Deliveries that did not come: under way, or lost. What was skipped and came later is doubled and stays missing. */
  get missing() {
    return this.#totalMade * this.#clients - this.#totalArrived;
  }

  /** With room for that number. @param {number} author @param {number} number */
  #times(author, number) {
    const times = this.#madeAt[author] ?? new Float64Array(256);
    if (number < times.length) return times;
    const larger = new Float64Array(2 * times.length);
    larger.set(times);
    this.#madeAt[author] = larger;
    return larger;
  }
}
