// S6: how long until a large document is there? And what S7 asks before and after its history.
import { setTimeout as pause } from 'node:timers/promises';
import { median, rounded } from '../measure/numbers.mjs';
import { Usage } from '../measure/usage.mjs';
import { FullClient } from '../protocol/fullClient.mjs';
import { newcomer } from '../protocol/lightClient.mjs';
import { Room } from '../protocol/room.mjs';

const WARM_UPS = 2;
const COUNTED = 7;
const BETWEEN_MS = 100;
/** Numbers of those who come and go, no client's of a room. */
const FIRST_COMER = 2_000_000;

/** @param {import('./bench.mjs').Bench} bench */
export async function coldJoin(bench) {
  const { options, server } = bench;
  const elements = options.joinElements;
  const { target } = await Room.seeded(bench.world, { name: 'S6', elements, clients: 0, full: 0 });
  const usage = new Usage(server);
  const full = await times((turn) => fullJoin(target, turn, elements));
  const plain = await wire(target, 'chorale.v1');
  const deflate = await wire(target, 'chorale.v1.deflate').catch((/** @type {unknown} */ error) => {
    bench.log(`no chorale.v1.deflate: ${String(error)}`);
    return null;
  });
  return {
    scn: 'S6',
    E: elements,
    joinMs: middle(full),
    joinFirstMs: rounded(full.all[0] ?? NaN, 1),
    joinMaxMs: rounded(Math.max(...full.counted), 1),
    wireJoinMs: plain.wireMs,
    documentMs: plain.documentMs,
    bytes: plain.bytes,
    deflate,
    noise: usage.read().noise,
    mem: server.memory(),
    ...bench.troubles,
  };
}

/**
 * With Chorale's own client, until its document is ready, in milliseconds.
 *
 * @param {import('../protocol/lightClient.mjs').Target} target @param {number} turn @param {number} elements
 */
async function fullJoin(target, turn, elements) {
  const began = performance.now();
  const client = new FullClient(target, FIRST_COMER + turn);
  await client.join();
  const took = performance.now() - began;
  const found = client.elements;
  client.close();
  if (found !== elements) throw new Error(`joined with ${found} elements (expected: ${elements})`);
  return took;
}

/**
 * With a bare socket: until the last byte, and until it was inflated and parsed.
 *
 * @param {import('../protocol/lightClient.mjs').Target} target @param {string} protocol
 */
async function wire(target, protocol) {
  /** @type {Awaited<ReturnType<typeof newcomer>>[]} */
  const comers = [];
  const parsed = await times(async (turn) => {
    const comer = await newcomer(target, FIRST_COMER + 100 + turn, protocol);
    comers.push(comer);
    return comer.documentMs;
  });
  const counted = comers.slice(WARM_UPS);
  return {
    wireMs: rounded(median(counted.map(({ wireMs }) => wireMs)) ?? NaN, 1),
    documentMs: middle(parsed),
    bytes: counted[0]?.bytes ?? 0,
  };
}

/** The median of seven joins behind two that do not count. @param {(turn: number) => Promise<number>} join */
async function times(join) {
  /** @type {number[]} */
  const all = [];
  for (let turn = 0; turn < WARM_UPS + COUNTED; turn++) {
    all.push(await join(turn));
    await pause(BETWEEN_MS);
  }
  return { all, counted: all.slice(WARM_UPS) };
}

/** @param {{ counted: number[] }} times */
function middle({ counted }) {
  return rounded(median(counted) ?? NaN, 1);
}

/** A join as others have it: with the client, and what it takes on the wire. @param {Room} room @param {number} elements */
export async function joinNow(room, elements) {
  const full = await times((turn) => fullJoin(room.target, turn, elements));
  const { bytes } = await newcomer(room.target, FIRST_COMER + 200);
  return { ms: middle(full), bytes };
}
