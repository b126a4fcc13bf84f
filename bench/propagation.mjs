#!/usr/bin/env node
// How long an edit takes to reach everybody else: see README.md.
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { WebSocket } from 'ws';

const ELEMENTS = 200;
const OPERATIONS_PER_CHANGE = 50;
/** How long the last changes may take before they count as lost. */
const ARRIVAL_MS = 10_000;

const { values: options } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://localhost:9080' },
    clients: { type: 'string', default: '10' },
    rate: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '20' },
    'warm-up': { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
  },
});
const url = options.url.replace(/\/+$/, '');
const clientCount = positive('clients', options.clients);
const rate = positive('rate', options.rate);
const seconds = positive('seconds', options.seconds);
const warmUpSeconds = positive('warm-up', options['warm-up']);
const random = seeded(positive('seed', options.seed));

/** When each measured change was made, by its id. @type {Map<string, number>} */
const madeAt = new Map();
/** @type {number[]} */
const propagation = [];
/** @type {number[]} */
const acknowledgement = [];
/** How late this process was to make a change: what is measured cannot be finer. @type {number[]} */
const generatorLag = [];
let measuring = false;

/** @typedef {{ op: string, id: string } & Record<string, unknown>} Operation */
/**
 * @typedef {{ type: 'welcome', revision: number, serverVersion: string, heartbeatSeconds: number }
 *   | { type: 'changes', changes: { revision: number, changeId: string }[] }
 *   | { type: 'accepted', changeId: string }
 *   | { type: 'refused' | 'error' | 'bye' | 'pong' | 'presence' | 'awareness' }} Frame
 */

/** One person: sends at most one frame at a time [SUB-8]; what is made meanwhile goes with the next. */
class Client {
  revision = 0;
  serverVersion = '';
  #made = 0;
  #inFlight = 0;
  /** @type {{ changeId: string, operations: Operation[] }[]} */
  #queue = [];
  #settled = () => {};

  /** @param {string} clientId @param {WebSocket} socket */
  constructor(clientId, socket) {
    this.clientId = clientId;
    this.socket = socket;
  }

  /** @param {string} sessionId @param {number} index @returns {Promise<Client>} */
  static join(sessionId, index) {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ws/v1/sessions/${sessionId}`, 'chorale.v1');
      const client = new Client(`bench-${index}`, socket);
      const guest = { name: `Bench ${index}`, color: '#808080' };
      socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', guest, clientId: client.clientId })));
      socket.on('error', reject);
      socket.on('close', (code) => reject(new Error(`closed with ${code}`)));
      socket.on('message', (data) => client.#receive(JSON.parse(data.toString()), performance.now(), () => resolve(client)));
    });
  }

  /** @param {Operation[]} operations */
  edit(operations) {
    this.#made += 1;
    const changeId = `${this.clientId}:${this.#made}`;
    if (measuring) madeAt.set(changeId, performance.now());
    this.#queue.push({ changeId, operations });
    this.#flush();
  }

  /** @returns {Promise<void>} when everything made is acknowledged */
  settled() {
    return new Promise((resolve) => {
      this.#settled = resolve;
      this.#flush();
    });
  }

  #flush() {
    if (this.#inFlight > 0) return;
    if (this.#queue.length === 0) return this.#settled();
    const changes = this.#queue.map((change) => ({ ...change, baseRevision: this.revision, seenRevision: this.revision }));
    this.#queue = [];
    this.#inFlight = changes.length;
    this.socket.send(JSON.stringify({ type: 'submit', changes }));
  }

  /** @param {Frame} frame @param {number} now @param {() => void} welcomed */
  #receive(frame, now, welcomed) {
    switch (frame.type) {
      case 'welcome':
        this.revision = frame.revision;
        this.serverVersion = frame.serverVersion;
        setInterval(() => this.socket.send('{"type":"ping","t":0}'), frame.heartbeatSeconds * 500).unref();
        return welcomed();
      case 'changes':
        for (const change of frame.changes) this.#learn(change, now);
        return;
      case 'accepted': {
        const made = madeAt.get(frame.changeId);
        if (made !== undefined) acknowledgement.push(now - made);
        this.#inFlight -= 1;
        return this.#flush();
      }
      case 'refused':
      case 'error':
      case 'bye':
        throw new Error(JSON.stringify(frame));
    }
  }

  /** @param {{ revision: number, changeId: string }} change @param {number} now */
  #learn(change, now) {
    if (change.revision !== this.revision + 1) throw new Error(`${this.clientId}: ${change.revision} after ${this.revision}`);
    this.revision = change.revision;
    const made = madeAt.get(change.changeId);
    if (made !== undefined && !change.changeId.startsWith(`${this.clientId}:`)) propagation.push(now - made);
  }
}

const answer = await fetch(`${url}/api/v1/sessions`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ name: 'Propagation', kind: 'bench', maxUsers: Math.max(50, clientCount) }),
});
if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
const { sessionId } = /** @type {{ sessionId: string }} */ (await answer.json());

const clients = await Promise.all(Array.from({ length: clientCount }, (_, index) => Client.join(sessionId, index)));
const [first] = clients;
if (!first) throw new Error('no clients');
const ids = Array.from({ length: ELEMENTS }, (_, index) => `element-${index}`);
for (let from = 0; from < ELEMENTS; from += OPERATIONS_PER_CHANGE) {
  const props = { position: [0, 0, 0], rotation: [0, 0, 0], scale: [1, 1, 1], color: '#808080' };
  first.edit(
    ids.slice(from, from + OPERATIONS_PER_CHANGE).map((id) => ({ op: 'create', id, elementType: 'box', parent: null, props })),
  );
}
await first.settled();

console.log(`${clientCount} clients × ${rate}/s on ${ELEMENTS} elements, ${warmUpSeconds} s warm-up, ${seconds} s measured, ${url}`);
await edits(warmUpSeconds);
measuring = true;
await edits(seconds);
measuring = false;
const made = madeAt.size;
const expected = made * (clientCount - 1);
const deadline = performance.now() + ARRIVAL_MS;
while ((propagation.length < expected || acknowledgement.length < made) && performance.now() < deadline) await pause(20);
for (const client of clients) client.socket.removeAllListeners('close').close();

const results = {
  changes: made,
  deliveries: propagation.length,
  lost: expected - propagation.length,
  unacknowledged: made - acknowledgement.length,
  propagationMs: percentiles(propagation),
  acknowledgementMs: percentiles(acknowledgement),
  generatorLagMs: percentiles(generatorLag),
};
console.log(`changes ${results.changes}, deliveries ${results.deliveries}, lost ${results.lost}, unacknowledged ${results.unacknowledged}`);
for (const name of /** @type {const} */ (['propagationMs', 'acknowledgementMs', 'generatorLagMs'])) {
  const { p50, p95, p99, max } = results[name];
  console.log(`${name.padEnd(17)}  p50 ${p50}  p95 ${p95}  p99 ${p99}  max ${max}`);
}
if (options.out !== undefined) {
  const environment = { node: process.version, cpu: cpus()[0]?.model, cpus: cpus().length, serverVersion: first.serverVersion };
  const settings = { url, clients: clientCount, rate, seconds, warmUpSeconds, elements: ELEMENTS, seed: options.seed };
  await writeFile(options.out, `${JSON.stringify({ at: new Date().toISOString(), environment, settings, results }, null, 2)}\n`);
}
process.exit(results.lost === 0 && results.unacknowledged === 0 ? 0 : 1);

/** Lets everybody edit for so long. @param {number} forSeconds */
async function edits(forSeconds) {
  const began = performance.now();
  await Promise.all(
    clients.map(async (client) => {
      const phase = random() / rate;
      for (let edit = 0; edit < forSeconds * rate; edit++) {
        const due = began + (phase + edit / rate) * 1000;
        await pause(due - performance.now());
        if (measuring) generatorLag.push(performance.now() - due);
        const id = ids[Math.floor(random() * ids.length)] ?? '';
        client.edit([{ op: 'set', id, path: ['position'], value: [coordinate(), coordinate(), coordinate()] }]);
      }
    }),
  );
}

function coordinate() {
  return Math.round(random() * 20_000 - 10_000) / 1000;
}

/** @param {number} milliseconds @returns {Promise<void>} */
function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, Math.ceil(milliseconds))));
}

/** @param {number[]} samples */
function percentiles(samples) {
  const sorted = Float64Array.from(samples).sort();
  /** @param {number} share */
  const at = (share) => {
    const sample = sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN;
    return Math.round(sample * 100) / 100;
  };
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

/** @param {string} name @param {string} text */
function positive(name, text) {
  const number = Number(text);
  if (!(number > 0)) throw new Error(`--${name} ${text} (expected: a number above 0)`);
  return number;
}

/** Numbers from 0 to 1 that a seed repeats (mulberry32). @param {number} seed */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
