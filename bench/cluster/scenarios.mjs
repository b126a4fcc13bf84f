import { setTimeout as pause } from 'node:timers/promises';
import { drained, load } from '../live/measure/load.mjs';
import { Usage } from '../live/measure/usage.mjs';
import { Room } from '../live/protocol/room.mjs';
import { verdict } from '../live/scenarios/bench.mjs';
import { SplitMeter } from './splitMeter.mjs';

const MAX_P99_MS = 100;
/** The share of a step's rate that the generator must have managed to make. */
const MADE = 0.95;
const WARM_UP_CHANGES = 1_000;
const STEP_WARM_UP_S = 1;
const DRAIN_MS = 8_000;
/** One hiccup, of whichever machine, is not the end; twice the same is. */
const ATTEMPTS = 2;

/** @typedef {import('../live/scenarios/bench.mjs').Bench} Bench */

/**
 * How many changes a second, over all sessions, until twice p99 > 100 ms, something is lost or the generator cannot follow?
 *
 * @param {Bench} bench
 * @param {readonly (readonly URL[])[]} sessions the nodes that each session's clients are on
 */
export async function saturation(bench, sessions) {
  const { options, random } = bench;
  const rooms = await opened(bench, sessions, 0);
  const senders = rooms.flatMap((room) => room.editors());
  // A JVM compiles what it has run often: each node gets its part of the load only.
  await load({ senders, rate: WARM_UP_CHANGES / senders.length, random, seconds: options.warmUp });
  await drained(rooms.map(({ ledger }) => ledger), DRAIN_MS);
  const steps = [];
  for (const offered of options.steps) {
    let isManaged = false;
    for (let attempt = 1; attempt <= ATTEMPTS && !isManaged; attempt++) {
      const result = await step(bench, rooms, offered);
      steps.push(result);
      bench.log(JSON.stringify(result));
      isManaged = result.ok;
      await pause(300);
    }
    if (!isManaged) break;
  }
  const best = steps.filter(({ ok }) => ok).at(-1);
  return {
    sessions: sessions.length,
    clients: options.clients,
    maxChanges: best?.changes ?? 0,
    best: best ?? null,
    steps,
    ...(await judged(bench, rooms)),
  };
}

/**
 * How long from the making of a change to its receipt by another client, on the same node and on another one, at a rate
 * that leaves room? Half of the clients hold the document.
 *
 * @param {Bench} bench @param {readonly URL[]} nodes
 */
export async function propagation(bench, nodes) {
  const { options, meter, random, server } = bench;
  const rooms = await opened(bench, [nodes], options.full ?? 2);
  const senders = rooms.flatMap((room) => room.editors());
  await load({ senders, rate: options.rate, random, seconds: options.warmUp });
  meter.start();
  const usage = new Usage(server);
  await load({ senders, rate: options.rate, random, seconds: options.seconds, onMade: (due, now) => meter.made(due, now) });
  meter.stop();
  const used = usage.read();
  await drained(rooms.map(({ ledger }) => ledger), DRAIN_MS);
  return {
    clients: options.clients,
    rate: options.rate,
    all: meter.latency.summary(),
    ...partsOf(bench),
    acknowledgement: meter.acknowledgement.summary(),
    lag: meter.lag.summary(),
    ...used,
    ...(await judged(bench, rooms)),
  };
}

/** @param {Bench} bench @param {readonly (readonly URL[])[]} sessions @param {number} full */
async function opened(bench, sessions, full) {
  const { options } = bench;
  return Promise.all(
    sessions.map((urls, place) => {
      const url = urls[0] ?? bench.server.url;
      const clients = Math.ceil(options.clients / sessions.length);
      return Room.open({ ...bench.world, url, urls }, { name: `cluster-${place}`, elements: options.elements, clients, full });
    }),
  );
}

/** @param {Bench} bench @param {Room[]} rooms @param {number} offered changes a second of all together */
async function step(bench, rooms, offered) {
  const { options, server, meter, random } = bench;
  const senders = rooms.flatMap((room) => room.editors());
  const rate = offered / senders.length;
  await load({ senders, rate, random, seconds: STEP_WARM_UP_S });
  meter.start();
  const usage = new Usage(server);
  const before = made(rooms);
  await load({ senders, rate, random, seconds: options.stepSeconds, onMade: (due, now) => meter.made(due, now) });
  meter.stop();
  const seconds = usage.seconds;
  const used = usage.read();
  const changes = Math.round((made(rooms) - before) / seconds);
  const drain = await drained(rooms.map(({ ledger }) => ledger), DRAIN_MS);
  const { p50, p95, p99, max } = meter.latency.summary();
  const lost = rooms.reduce((sum, { ledger }) => sum + ledger.missing, 0);
  return {
    offered,
    changes,
    delivered: Math.round(meter.delivered / seconds),
    p50,
    p95,
    p99,
    max,
    ...partsOf(bench),
    lost,
    drainMs: Math.round(drain.ms),
    ...used,
    lagP99: meter.lag.summary().p99,
    rssMB: server.memory()?.rssMB ?? null,
    ok: p99 !== null && p99 <= MAX_P99_MS && changes >= MADE * offered && lost === 0,
  };
}

/** Whether the rooms are as they must be; everybody leaves. @param {Bench} bench @param {Room[]} rooms */
async function judged(bench, rooms) {
  await drained(rooms.map(({ ledger }) => ledger), DRAIN_MS);
  let converged = true;
  for (const room of rooms) converged = (await room.converged()).equal && converged;
  /** @param {(room: Room) => number} of */
  const sum = (of) => rooms.reduce((all, room) => all + of(room), 0);
  const found = {
    missing: sum(({ ledger }) => ledger.missing),
    dup: sum(({ ledger }) => ledger.doubled),
    outOfOrder: sum((room) => room.outOfOrder),
  };
  for (const room of rooms) room.close();
  return { ...found, converged, ...bench.troubles, ...verdict({ ...found, converged }) };
}

/** @param {Bench} bench */
function partsOf({ meter }) {
  return meter instanceof SplitMeter ? meter.parts : {};
}

/** @param {Room[]} rooms */
function made(rooms) {
  return rooms.reduce((sum, { ledger }) => sum + ledger.totalMade, 0);
}
