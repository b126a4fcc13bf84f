import { setTimeout as pause } from 'node:timers/promises';
import { Ledger } from '../measure/ledger.mjs';
import { documentText } from './canonicalForm.mjs';
import { FullClient } from './fullClient.mjs';
import { LightClient, newcomer } from './lightClient.mjs';

const ELEMENTS_PER_CHANGE = 500;
/** Numbers of those who come besides a room's clients. */
const SEEDER = 1_000_000;
const SETTLED_MS = 20_000;
const CONNECTING_AT_ONCE = 25;
/** Connections to one port from one address: well below the number of ephemeral ports. */
const CONNECTIONS_PER_ADDRESS = 20_000;

/**
 * @typedef {{ url: URL, urls?: readonly URL[], random: () => number, meter: import('../measure/meter.mjs').Meter, report: (error: string) => void,
 *   closed: () => void }} World what all rooms of a scenario share; `urls` are the nodes
 *   over which a room's clients are spread, `url` alone where absent; `closed` is told of connections that the server ended
 * @typedef {{ name: string, elements: number, clients: number, full: number, firstConnection?: number }} Plan
 * @typedef {LightClient | FullClient} Client
 */

/** One session: its document of some hundred elements, its clients, and the account of what they made and got. */
export class Room {
  /** @type {Client[]} */
  clients = [];
  #world;
  #elements;
  #leaving = false;

  /** @param {World} world @param {import('./lightClient.mjs').Target} target @param {Plan} plan */
  constructor(world, target, { elements, clients }) {
    this.#world = world;
    this.target = target;
    this.#elements = elements;
    this.ledger = new Ledger(clients, world.meter);
  }

  /** Creates the session and its document; nobody is in it yet. @param {World} world @param {Plan} plan */
  static async seeded(world, plan) {
    const target = await session(world.url, plan.name);
    await seed(target, plan.elements);
    return new Room(world, target, plan);
  }

  /** A session with everybody in it. @param {World} world @param {Plan} plan */
  static async open(world, plan) {
    const room = await Room.seeded(world, plan);
    await room.join(plan);
    return room;
  }

  /** @param {Plan} plan */
  async join({ clients, full, firstConnection = 0 }) {
    for (let index = 0; index < Math.min(full, clients); index++) await this.#joinFull(index);
    let next = this.clients.length;
    const joinNext = async () => {
      while (next < clients) {
        const index = next++;
        await this.#joinLight(index, firstConnection + index);
      }
    };
    await Promise.all(Array.from({ length: CONNECTING_AT_ONCE }, joinNext));
  }

  /** @param {number} index */
  async #joinFull(index) {
    const client = new FullClient(this.#targetOf(index), index, this.#events(index, true));
    this.clients[index] = client;
    await client.join();
  }

  /** @param {number} index @param {number} connection */
  async #joinLight(index, connection) {
    const localAddress = addressOf(this.target.host, connection);
    const client = new LightClient({ ...this.#targetOf(index), localAddress }, index, this.#events(index, false));
    this.clients[index] = client;
    await client.join();
  }

  /** Where a client connects. @param {number} index @returns {import('./lightClient.mjs').Target} */
  #targetOf(index) {
    const { urls = [] } = this.#world;
    const url = urls[index % urls.length];
    return url === undefined ? this.target : { ...this.target, host: url.hostname, port: Number(url.port || 80) };
  }

  /** @param {number} index @param {boolean} isFull @returns {import('./lightClient.mjs').Events} */
  #events(index, isFull) {
    return {
      onChange: (author, number, now) => this.ledger.arrived(index, isFull, author, number, now),
      onAccepted: (number, now) => this.ledger.acknowledged(index, number, now),
      onError: (text) => {
        if (!this.#leaving) this.#world.report(text);
      },
      onClose: (code, reason) => {
        if (this.#leaving) return;
        this.#world.closed();
        this.#world.report(`client ${index} was closed: ${code} ${reason}`);
      },
    };
  }

  /** Those who edit, as the load wants them. @param {Client[]} [clients] */
  editors(clients = this.clients) {
    return clients.map((client) => {
      const index = this.clients.indexOf(client);
      return { make: () => this.edit(index) };
    });
  }

  /** A new position for a random element. @param {number} index */
  edit(index) {
    const { random } = this.#world;
    const id = `e${Math.floor(random() * this.#elements)}`;
    this.submit(index, [{ op: 'set', id, path: ['position'], value: [coordinate(random), coordinate(random), coordinate(random)] }]);
  }

  /** One change of one client. @param {number} index @param {import('./lightClient.mjs').Operation[]} operations */
  submit(index, operations) {
    this.ledger.made(index, performance.now());
    this.clients[index]?.edit(operations);
  }

  /** @returns {FullClient[]} */
  get full() {
    return this.clients.filter((client) => client instanceof FullClient);
  }

  /** Gaps or repetitions of revisions that the light clients saw. */
  get outOfOrder() {
    return this.clients.reduce((sum, client) => sum + (client instanceof LightClient ? client.outOfOrder : 0), 0);
  }

  /** Waits until everything is acknowledged; answers whether it is. */
  async settled(maxMs = SETTLED_MS) {
    return until(() => this.clients.every((client) => client.pending === 0), maxMs);
  }

  /**
   * Whether all full clients hold, byte by byte, what somebody gets who joins now, and all light ones are as far.
   *
   * @returns {Promise<{ equal: boolean, compared: number }>}
   */
  async converged() {
    const settled = await this.settled();
    const late = await newcomer(this.target, SEEDER + 1);
    const arrived = await until(() => this.clients.every(({ revision }) => revision === late.revision), SETTLED_MS);
    const text = documentText(late.document);
    const different = this.full.filter(({ form, hash }) => form !== text || (late.hash !== undefined && hash !== late.hash));
    if (!settled || !arrived) this.#world.report(`not settled: revisions ${this.#revisions()} (expected: ${late.revision})`);
    for (const { clientId } of different) this.#world.report(`${clientId} holds another document than a newcomer`);
    return { equal: settled && arrived && different.length === 0, compared: this.full.length + 1 };
  }

  #revisions() {
    return [...new Set(this.clients.map(({ revision }) => revision))].slice(0, 5).join(', ');
  }

  /** Everybody leaves. */
  close() {
    this.#leaving = true;
    for (const client of this.clients) client.close();
  }
}

/**
 * A new session's whereabouts.
 *
 * @param {URL} url @param {string} name
 * @returns {Promise<import('./lightClient.mjs').Target>}
 */
export async function session(url, name) {
  const answer = await fetch(new URL('/api/v1/sessions', url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name, kind: 'scene', maxUsers: 500 }),
  });
  if (!answer.ok) throw new Error(`POST /api/v1/sessions: ${answer.status} ${(await answer.text()).slice(0, 300)}`);
  const { sessionId } = /** @type {{ sessionId: string }} */ (await answer.json());
  return { host: url.hostname, port: Number(url.port || 80), sessionId };
}

/** Creates elements e0, e1, … @param {import('./lightClient.mjs').Target} target @param {number} elements */
async function seed(target, elements) {
  /** @type {string[]} */
  const errors = [];
  const seeder = new LightClient(target, SEEDER, { onError: (text) => errors.push(text) });
  await seeder.join();
  for (let first = 0; first < elements; first += ELEMENTS_PER_CHANGE) {
    const count = Math.min(ELEMENTS_PER_CHANGE, elements - first);
    seeder.edit(Array.from({ length: count }, (_, index) => creation(first + index)));
  }
  const isDone = await until(() => seeder.pending === 0 || errors.length > 0, 120_000);
  seeder.close();
  if (!isDone || errors.length > 0) throw new Error(`no document: ${errors[0] ?? 'not acknowledged within 120 s'}`);
}

/** @param {number} index */
function creation(index) {
  const props = { position: [index, 0.5, -index], rotation: [0, 0, 0], scale: [1, 1, 1], color: '#8899aa' };
  return { op: 'create', id: `e${index}`, elementType: 'box', parent: null, props };
}

/** Between −100 and 100, three digits behind the point. @param {() => number} random */
function coordinate(random) {
  return Math.round(random() * 200_000 - 100_000) / 1000;
}

/** One of the loopback's many addresses, where one has too few ports. @param {string} host @param {number} connection */
function addressOf(host, connection) {
  if (!host.startsWith('127.') || connection < CONNECTIONS_PER_ADDRESS) return undefined;
  return `127.0.0.${1 + Math.floor(connection / CONNECTIONS_PER_ADDRESS)}`;
}

/** @param {() => boolean} condition @param {number} maxMs */
export async function until(condition, maxMs) {
  const deadline = performance.now() + maxMs;
  while (!condition()) {
    if (performance.now() > deadline) return false;
    await pause(10);
  }
  return true;
}
