import { setTimeout as sleep } from 'node:timers/promises';
import { connect, createSession } from '@chorale/client';
import { WebSocket } from 'ws';
import { seeded } from '../live/measure/random.mjs';

/** The colour of the one object that stands out and is dragged. */
export const SUN = '#5b6ee1';
const SHAPES = ['box', 'sphere', 'cylinder', 'cone'];
const COLORS = 40;
const GROUPS = 100;
const SPACING = 0.8;
const OPERATIONS_PER_CHANGE = 400;

/** A session full of objects, and somebody who edits them. */
export class Crowd {
  #session;
  #random = seeded(42);
  #bodies;

  /** @param {import('@chorale/client').Session} session @param {readonly string[]} bodies */
  constructor(session, bodies) {
    this.#session = session;
    this.#bodies = bodies;
  }

  get sessionId() {
    return this.#session.sessionId;
  }

  /** Half of the objects hang from groups; the colours are many, the shapes four. @param {string} url @param {number} count */
  static async make(url, count) {
    const { sessionId } = await createSession(url, { name: 'Large scene', kind: 'scene' });
    const session = connect({
      url,
      sessionId,
      guest: { name: 'Bench', color: '#808080' },
      webSocket: (address, protocols) =>
        /** @type {import('@chorale/client').WebSocketLike} */ (/** @type {unknown} */ (new WebSocket(address, protocols))),
    });
    await session.ready();
    const operations = field(count);
    for (let from = 0; from < operations.length; from += OPERATIONS_PER_CHANGE) {
      session.edit(operations.slice(from, from + OPERATIONS_PER_CHANGE));
    }
    await session.idle();
    return new Crowd(session, operations.flatMap(({ id, elementType }) => (elementType === 'group' || id === 'sun' ? [] : [id])));
  }

  /** Moves one random object after the other. @param {number} rate edits a second @param {number} seconds */
  async edit(rate, seconds) {
    for (let made = 0; made < rate * seconds; made++) {
      const id = this.#bodies[Math.floor(this.#random() * this.#bodies.length)] ?? '';
      const before = /** @type {number[]} */ (this.#session.document.elements.get(id)?.props['position'] ?? [0, 0, 0]);
      const [x = 0, y = 0, z = 0] = before;
      this.#session.edit([{ op: 'set', id, path: ['position'], value: [x, 0.25 + this.#random(), z] }]);
      if (y > 100) throw new Error(`${id} flew away`);
      await sleep(1000 / rate);
    }
    await this.#session.idle();
  }

  close() {
    this.#session.close();
  }
}

/** @typedef {{ op: 'create', id: string, elementType: string, parent: string | null, props: import('@chorale/client').JsonObject }} Create */

/** @param {number} count @returns {Create[]} */
function field(count) {
  const side = Math.ceil(Math.sqrt(count));
  /** @type {Create[]} */
  const operations = [];
  const create = (/** @type {string} */ id, /** @type {string} */ elementType, /** @type {string | null} */ parent, /** @type {import('@chorale/client').JsonObject} */ props) =>
    operations.push({ op: 'create', id, elementType, parent, props: { rotation: [0, 0, 0], scale: [1, 1, 1], ...props } });
  for (let group = 0; group < GROUPS; group++) create(`group-${group}`, 'group', null, { position: [0, 0, 0] });
  create('sun', 'sphere', null, { color: SUN, position: [0, 2.5, 0], scale: [5, 5, 5] });
  for (let index = operations.length; index < count; index++) {
    const position = [((index % side) - side / 2) * SPACING, 0.25, (Math.floor(index / side) - side / 2) * SPACING];
    const color = `#${[0.61, 0.37, 0.83].map((step) => (90 + Math.floor((((index % COLORS) * step) % 1) * 130)).toString(16)).join('')}`;
    const parent = index % 2 === 0 ? `group-${Math.floor(index / 2) % GROUPS}` : null;
    create(`body-${index}`, SHAPES[index % SHAPES.length] ?? 'box', parent, { color, position, scale: [0.5, 0.5, 0.5], rotation: [0, index % 7, 0] });
  }
  return operations;
}
