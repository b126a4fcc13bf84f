// S7: does a long history slow things down?
import { drained, load } from '../measure/load.mjs';
import { rounded } from '../measure/numbers.mjs';
import { Usage } from '../measure/usage.mjs';
import { Room } from '../protocol/room.mjs';
import { verdict } from './bench.mjs';
import { joinNow } from './join.mjs';

const CLIENTS = 10;
const DRAIN_MS = 120_000;

/** @param {import('./bench.mjs').Bench} bench */
export async function history(bench) {
  const { options, server, random } = bench;
  const { elements, changes, historyRate } = options;
  const room = await Room.open(bench.world, { name: 'S7', elements, clients: CLIENTS, full: options.full ?? 1 });
  const senders = room.editors();
  await load({ senders, rate: 10, random, seconds: options.warmUp });
  await room.settled();
  const before = { join: await joinNow(room, elements), heap: server.heapMB(), memory: server.memory(), disk: server.diskBytes() };

  const usage = new Usage(server);
  const madeBefore = room.ledger.totalMade;
  await load({ senders, rate: historyRate / CLIENTS, random, seconds: changes / historyRate });
  const drain = await drained([room.ledger], DRAIN_MS);
  const seconds = usage.seconds;
  const serverSeconds = usage.serverSeconds;
  const used = usage.read();
  const made = room.ledger.totalMade - madeBefore;

  const after = { join: await joinNow(room, elements), heap: server.heapMB(), memory: server.memory(), disk: server.diskBytes() };
  const check = drain.complete ? await room.converged() : { equal: null };
  const { missing, doubled, strays } = room.ledger;
  const outOfOrder = room.outOfOrder;
  room.close();
  const growth = before.disk === null || after.disk === null ? null : after.disk - before.disk;
  return {
    scn: 'S7',
    ops: made,
    secs: rounded(seconds, 2),
    drained: drain.complete,
    srvCpuS: serverSeconds === null ? null : rounded(serverSeconds, 2),
    usPerOp: serverSeconds === null ? null : Math.round((1e6 * serverSeconds) / made),
    joinBefore: before.join,
    joinAfter: after.join,
    joinRatio: rounded(after.join.ms / before.join.ms, 2),
    heapBeforeMB: before.heap,
    heapAfterMB: after.heap,
    memBefore: before.memory,
    memAfter: after.memory,
    disk: after.disk,
    diskGrowth: growth,
    diskBytesPerOp: growth === null ? null : Math.round(growth / made),
    ...used,
    missing,
    dup: doubled,
    converged: check.equal,
    ...bench.troubles,
    ...verdict({ missing, dup: doubled, stray: strays, outOfOrder, converged: check.equal }),
  };
}
