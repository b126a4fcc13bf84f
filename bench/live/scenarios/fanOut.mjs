// S1, S2, S3, X and the soak: everybody edits one document.
import { drained, load } from '../measure/load.mjs';
import { rounded } from '../measure/numbers.mjs';
import { Usage } from '../measure/usage.mjs';
import { Room } from '../protocol/room.mjs';
import { verdict } from './bench.mjs';

const DRAIN_MS = 12_000;
/** Still flowing after so long: more was offered than can be done, and convergence cannot be tested. */
const OVERLOADED_MS = 10_000;
/** The share of what was offered that must have arrived within the window. */
const SUSTAINED = 0.97;

/** @typedef {import('./bench.mjs').Bench} Bench */
/** @typedef {{ name: string, clients: number, rate: number, full: number }} Shape */

/** @param {Shape} shape @returns {(bench: Bench) => Promise<import('./bench.mjs').Row>} */
export function fanOut({ name, clients, rate, full }) {
  return async (bench) => {
    const { options, server, meter, random } = bench;
    const room = await Room.open(bench.world, { name, elements: options.elements, clients, full: options.full ?? full });
    const senders = room.editors();
    await load({ senders, rate, random, seconds: options.warmUp });
    meter.start();
    const usage = new Usage(server);
    const before = room.ledger.totalMade;
    await load({ senders, rate, random, seconds: options.seconds, onMade: (due, now) => meter.made(due, now) });
    meter.stop();
    const seconds = usage.seconds;
    const used = usage.read();
    const made = room.ledger.totalMade - before;
    const mem = server.memory();

    const drain = await drained([room.ledger], DRAIN_MS);
    const overloaded = !drain.complete && drain.ms > OVERLOADED_MS;
    const check = overloaded ? { equal: null, compared: 0 } : await room.converged();
    const { missing, doubled, strays } = room.ledger;
    const offered = (made * (clients - 1)) / seconds;
    const delivered = meter.delivered / seconds;
    room.close();
    return {
      scn: name,
      n: clients,
      rate,
      nReal: room.full.length,
      E: options.elements,
      secs: rounded(seconds, 2),
      opsPerSec: rounded(made / seconds, 1),
      offeredDeliv: Math.round(offered),
      delivPerSec: Math.round(delivered),
      lat: meter.latency.summary(),
      latReal: meter.fullLatency.summary(),
      echo: meter.acknowledgement.summary(),
      genLag: meter.lag.summary(),
      missing,
      dup: doubled,
      stray: strays,
      outOfOrder: room.outOfOrder,
      drainMs: Math.round(drain.ms),
      drained: drain.complete,
      overloaded,
      sustained: delivered >= SUSTAINED * offered,
      ...used,
      mem,
      converged: check.equal,
      nSnaps: check.compared,
      ...bench.troubles,
      ...verdict({ missing, dup: doubled, stray: strays, outOfOrder: room.outOfOrder, converged: check.equal }),
    };
  };
}

/** Any number of clients at any rate. @param {Bench} bench */
export function freeForm(bench) {
  const { clients, rate, full } = bench.options;
  return fanOut({ name: 'X', clients, rate, full: full ?? 2 })(bench);
}

/** For hours: what grows, and does it stay as fast? One line a minute. @param {Bench} bench */
export async function soak(bench) {
  const { options, server, meter, random } = bench;
  const { clients, rate, minutes } = options;
  if (minutes === null) throw new Error('SOAK needs --minutes');
  const room = await Room.open(bench.world, { name: 'SOAK', elements: options.elements, clients, full: options.full ?? 4 });
  const senders = room.editors();
  await load({ senders, rate, random, seconds: options.warmUp });
  /** @type {Record<string, unknown>[]} */
  const each = [];
  const whole = new Usage(server);
  for (let minute = 1; minute <= minutes; minute++) {
    meter.start();
    const usage = new Usage(server);
    await load({ senders, rate, random, seconds: 60, onMade: (due, now) => meter.made(due, now) });
    meter.stop();
    const { p50, p99, max } = meter.latency.summary();
    const line = {
      minute,
      p50,
      p99,
      max,
      delivPerSec: Math.round(meter.delivered / usage.seconds),
      ...usage.read(),
      rssMB: server.memory()?.rssMB ?? null,
      generatorRssMB: Math.round(process.memoryUsage().rss / 2 ** 20),
      disk: server.diskBytes(),
      dup: room.ledger.doubled,
    };
    each.push(line);
    bench.log(JSON.stringify(line));
  }
  const drain = await drained([room.ledger], DRAIN_MS);
  const check = await room.converged();
  const { missing, doubled, strays, totalMade } = room.ledger;
  const outOfOrder = room.outOfOrder;
  room.close();
  return {
    scn: 'SOAK',
    n: clients,
    rate,
    minutes,
    ops: totalMade,
    each,
    ...whole.read(),
    heapMB: server.heapMB(),
    mem: server.memory(),
    missing,
    dup: doubled,
    drained: drain.complete,
    converged: check.equal,
    ...bench.troubles,
    ...verdict({ missing, dup: doubled, stray: strays, outOfOrder, converged: check.equal }),
  };
}
