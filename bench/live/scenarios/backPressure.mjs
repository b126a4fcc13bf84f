// S8: one of twenty stops reading. What do the others notice, what does the server hold, and does the one come back whole?
import { setTimeout as pause } from 'node:timers/promises';
import { drained, load } from '../measure/load.mjs';
import { rounded } from '../measure/numbers.mjs';
import { Usage } from '../measure/usage.mjs';
import { isResumption } from '../protocol/frameScan.mjs';
import { LightClient } from '../protocol/lightClient.mjs';
import { Room, until } from '../protocol/room.mjs';
import { verdict } from './bench.mjs';

const CLIENTS = 20;
const FULL = 2;
/** Changes a second of each: 100 together, as in S1. */
const RATE = 5;
const CHANGE_CHARACTERS = 4000;
const AWARENESS_RATE = 5;
const AWARENESS_CHARACTERS = 2000;
const SLOW = CLIENTS - 1;
/** How long a client waits for an answer before it gives its connection up, as Chorale's own does. */
const ANSWER_MS = 10_000;
const CAUGHT_UP_MS = 60_000;
const ATTEMPTS = 5;
const RETRY_MS = 1000;
const DRAIN_MS = 20_000;
const SAMPLE_MS = 500;

/** @param {import('./bench.mjs').Bench} bench */
export async function backPressure(bench) {
  const { options, server } = bench;
  const name = 'S8';
  const room = await Room.seeded(bench.world, { name, elements: options.elements, clients: CLIENTS, full: FULL });
  await room.join({ name, elements: options.elements, clients: SLOW, full: options.full ?? FULL });
  const slow = new SlowReader(room);
  await slow.join();
  room.clients[SLOW] = slow.client;
  const memory = new MemoryWatch(server);
  try {
    await phase(bench, room, options.warmUp);
    const before = await phase(bench, room, options.seconds);
    const rssBefore = server.memory();
    slow.stall();
    const during = await phase(bench, room, options.stallSeconds);
    const rssDuring = server.memory();
    const isSeenAsGone = slow.isSeenAsGone;
    const resumed = await slow.resume();
    const after = await phase(bench, room, options.seconds);
    const drain = await drained([room.ledger], DRAIN_MS);
    const check = await room.converged();
    const { doubled, strays } = room.ledger;
    // A snapshot brings what the changes before it made, not the changes: they are no loss.
    const missing = resumed.resumed?.by === 'snapshot' ? Math.max(0, room.ledger.missing - resumed.missedRevisions) : room.ledger.missing;
    const { outOfOrder } = room;
    return {
      scn: name,
      n: CLIENTS,
      rate: RATE,
      nReal: room.full.length,
      changeCharacters: CHANGE_CHARACTERS,
      awarenessCharacters: AWARENESS_CHARACTERS,
      before,
      during,
      after,
      lat: during.lat,
      ratioP99: before.lat.p99 && during.lat.p99 ? rounded(during.lat.p99 / before.lat.p99, 2) : null,
      noise: during.noise,
      rssBefore,
      rssDuring,
      rssPeakMB: memory.peakMB,
      mem: server.memory(),
      slow: { isSeenAsGone, ...resumed },
      drained: drain.complete,
      missing,
      dup: doubled,
      converged: check.equal,
      ...bench.troubles,
      ...verdict({ missing, dup: doubled, stray: strays, outOfOrder, converged: check.equal }),
    };
  } finally {
    memory.stop();
    slow.close();
    room.close();
  }
}

/**
 * Everybody but the slow one edits and moves about for so long.
 *
 * @param {import('./bench.mjs').Bench} bench @param {Room} room @param {number} seconds
 */
async function phase({ options, server, meter, random }, room, seconds) {
  const text = 'x'.repeat(CHANGE_CHARACTERS);
  const path = ['description'];
  const senders = room.clients.slice(0, SLOW).map((_, index) => ({
    make: () => room.submit(index, [{ op: 'set', id: `e${Math.floor(random() * options.elements)}`, path, value: text }]),
  }));
  const movers = room.clients.slice(0, SLOW).map((client) => ({
    make: () => client.aware({ pointer: { position: [random(), random(), random()] }, trail: 'y'.repeat(AWARENESS_CHARACTERS) }),
  }));
  meter.start();
  const usage = new Usage(server);
  await Promise.all([
    load({ senders, rate: RATE, random, seconds, onMade: (due, now) => meter.made(due, now) }),
    load({ senders: movers, rate: AWARENESS_RATE, random, seconds }),
  ]);
  meter.stop();
  const delivPerSec = Math.round(meter.delivered / usage.seconds);
  return { lat: meter.latency.summary(), genLag: meter.lag.summary(), delivPerSec, ...usage.read() };
}

/** A light client that can stop reading, and comes back by revision. */
class SlowReader {
  #room;
  #stalledAt = 0;
  #revisionAtStall = 0;
  /** How the server ended the connection. @type {{ code: number, reason: string, afterMs: number } | null} */
  #ended = null;
  /** @type {string | null} */
  #bye = null;

  /** @param {Room} room */
  constructor(room) {
    this.#room = room;
    room.ledger.exclude(SLOW);
    this.client = new LightClient(room.target, SLOW, {
      onChange: (author, number, now) => room.ledger.arrived(SLOW, false, author, number, now),
      onFrame: (type, frame) => {
        if (type === 'bye') this.#bye = /"reason":"(\w+)"/.exec(frame.toString())?.[1] ?? '';
      },
      onClose: (code, reason, now) => {
        this.#ended = { code, reason, afterMs: Math.round(now - this.#stalledAt) };
      },
    });
  }

  async join() {
    await this.client.join();
  }

  stall() {
    this.#stalledAt = performance.now();
    this.#revisionAtStall = this.client.revision;
    this.client.pause();
  }

  /** Whether the others know by now that it is no longer there: it has left, or its seat waits for it. */
  get isSeenAsGone() {
    const status = this.#room.full[0]?.statuses.get(`Bench ${SLOW}`);
    return status === undefined || status === 'OFFLINE';
  }

  /** Reads on; where the server let it go, connects again by revision. */
  async resume() {
    const began = performance.now();
    const letGo = this.isSeenAsGone;
    this.client.resume();
    const isClosed = letGo && (await until(() => this.#ended !== null, ANSWER_MS));
    const closed = this.#ended;
    const read = this.client.revision - this.#revisionAtStall;
    const missed = this.#head - this.client.revision;
    const resumed = letGo ? await this.#comeBack() : null;
    const isCaughtUp = await until(() => this.client.revision >= this.#head, CAUGHT_UP_MS);
    return {
      letGo,
      closed,
      gaveUp: letGo && !isClosed,
      bye: this.#bye,
      readBeforeTheEnd: read,
      missedRevisions: missed,
      resumed,
      caughtUp: isCaughtUp,
      caughtUpMs: Math.round(performance.now() - began),
    };
  }

  /**
   * Connects until it is let in, as a client does that was asked to come back.
   *
   * @returns {Promise<{ by: 'revision' | 'snapshot' | null, attempts: number, refusals: string[] }>}
   *   by a snapshot it has what they made instead of the changes that it missed; by null it never came back
   */
  async #comeBack() {
    /** @type {string[]} */
    const refusals = [];
    while (refusals.length < ATTEMPTS) {
      this.client.close();
      this.#ended = null;
      try {
        const welcome = await this.client.join({ resume: true });
        await until(() => this.#ended !== null || this.client.revision >= this.#head, CAUGHT_UP_MS);
        if (this.#ended === null) return { by: isResumption(welcome) ? 'revision' : 'snapshot', attempts: refusals.length + 1, refusals };
      } catch (error) {
        refusals.push(String(error));
        continue;
      }
      refusals.push(`closed behind the welcome: ${JSON.stringify(this.#ended)}`);
      await pause(RETRY_MS);
    }
    return { by: null, attempts: refusals.length, refusals };
  }

  /** The newest revision that the others have. */
  get #head() {
    return Math.max(...this.#room.full.map(({ revision }) => revision));
  }

  close() {
    this.client.close();
  }
}

/** The most memory that was seen. */
class MemoryWatch {
  /** @type {number | null} */
  peakMB = null;
  #timer;

  /** @param {import('../server/server.mjs').Server} server */
  constructor(server) {
    this.#timer = setInterval(() => {
      const now = server.memory()?.rssMB ?? null;
      if (now !== null) this.peakMB = Math.max(this.peakMB ?? 0, now);
    }, SAMPLE_MS);
  }

  stop() {
    clearInterval(this.#timer);
  }
}
