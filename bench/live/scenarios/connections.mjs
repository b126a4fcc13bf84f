// S5 and S5b: many are connected, few edit.
import { drained, load } from '../measure/load.mjs';
import { rounded } from '../measure/numbers.mjs';
import { Usage } from '../measure/usage.mjs';
import { Room } from '../protocol/room.mjs';
import { openFilesLimit } from '../server/processes.mjs';
import { verdict } from './bench.mjs';

/** Rooms in which one client holds the document, so that convergence can be seen. */
const ROOMS_WITH_FULL = 4;
const SETTLING_S = 3;
const DRAIN_MS = 10_000;
/** Files that a process has open besides its connections. */
const OTHER_FILES = 200;

/** @param {string} name @param {number} rooms @returns {(bench: import('./bench.mjs').Bench) => Promise<import('./bench.mjs').Row>} */
export function connections(name, rooms) {
  return async (bench) => {
    const { options, server, meter, random } = bench;
    const perRoom = options.perRoom;
    const total = (options.rooms ?? rooms) * perRoom;
    if (total + OTHER_FILES > openFilesLimit()) {
      throw new Error(`open files: at most ${openFilesLimit()} (expected: at least ${total + OTHER_FILES}, see ulimit -Hn)`);
    }
    const rssEmpty = server.memory();
    const { opened, plans } = await seededRooms(bench, name, total / perRoom);
    const rssSeeded = server.memory();
    const heapSeeded = server.heapMB();

    const connecting = new Usage(server);
    for (const [index, room] of opened.entries()) {
      const plan = plans[index];
      if (plan) await room.join(plan);
    }
    const connectSecs = connecting.seconds;
    const connectSrvCpuS = connecting.serverSeconds;
    const rssConnected = server.memory();
    const heapConnected = server.heapMB();
    bench.log(`${total} connected in ${connectSecs.toFixed(1)} s, RSS ${rssConnected?.rssMB} MB, heap ${heapConnected} MB`);

    const senders = opened.flatMap((room) => room.editors(room.clients.slice(0, 1)));
    await load({ senders, rate: 1, random, seconds: SETTLING_S });
    meter.start();
    const usage = new Usage(server);
    await load({ senders, rate: 1, random, seconds: options.seconds, onMade: (due, now) => meter.made(due, now) });
    meter.stop();
    const used = usage.read();
    const delivPerSec = Math.round(meter.delivered / usage.seconds);
    const ledgers = opened.map(({ ledger }) => ledger);
    await drained(ledgers, DRAIN_MS);
    const check = await allConverged(opened.filter(({ full }) => full.length > 0));
    const missing = sum(ledgers.map((ledger) => ledger.missing));
    const dup = sum(ledgers.map(({ doubled }) => doubled));
    const outOfOrder = sum(opened.map((room) => room.outOfOrder));
    for (const room of opened) room.close();
    return {
      scn: name,
      conns: total,
      connectSecs: rounded(connectSecs, 2),
      connPerSec: Math.round(total / connectSecs),
      connectSrvCpuS: connectSrvCpuS === null ? null : rounded(connectSrvCpuS, 2),
      delivPerSec,
      lat: meter.latency.summary(),
      latReal: meter.fullLatency.summary(),
      genLag: meter.lag.summary(),
      missing,
      dup,
      ...used,
      rssEmpty,
      rssSeeded,
      rssConnected,
      rssLoaded: server.memory(),
      heapSeededMB: heapSeeded,
      heapConnectedMB: heapConnected,
      heapPerConnKB: perConnectionKB(heapSeeded, heapConnected, total),
      rssPerConnKB: perConnectionKB(rssSeeded?.rssMB, rssConnected?.rssMB, total),
      converged: check,
      ...bench.troubles,
      ...verdict({ missing, dup, outOfOrder, converged: check }),
    };
  };
}

/** @param {import('./bench.mjs').Bench} bench @param {string} name @param {number} rooms */
async function seededRooms({ options, world }, name, rooms) {
  /** @type {Room[]} */
  const opened = [];
  /** @type {import('../protocol/room.mjs').Plan[]} */
  const plans = [];
  for (let room = 0; room < rooms; room++) {
    const firstConnection = room * options.perRoom;
    const full = room < ROOMS_WITH_FULL ? 1 : 0;
    const plan = { name: `${name}-${room}`, elements: options.elements, clients: options.perRoom, full, firstConnection };
    opened.push(await Room.seeded(world, plan));
    plans.push(plan);
  }
  return { opened, plans };
}

/** @param {Room[]} rooms */
async function allConverged(rooms) {
  let all = true;
  for (const room of rooms) all = (await room.converged()).equal && all;
  return all;
}

/** @param {number | null | undefined} before @param {number | null | undefined} after @param {number} connected */
function perConnectionKB(before, after, connected) {
  return before == null || after == null ? null : rounded(((after - before) * 1024) / connected, 1);
}

/** @param {readonly number[]} values */
function sum(values) {
  return values.reduce((all, value) => all + value, 0);
}
