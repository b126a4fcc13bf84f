// S4: how much can one document take?
import { setTimeout as pause } from 'node:timers/promises';
import { drained, load } from '../measure/load.mjs';
import { Usage } from '../measure/usage.mjs';
import { Room } from '../protocol/room.mjs';
import { verdict } from './bench.mjs';

const CLIENTS = 10;
/** None: two that fold 3,000 changes a second each fill the generator's core, while the server's is half idle. */
const FULL = 0;
const MAX_P99_MS = 100;
/** The share of a step's rate that the generator must have managed to make. */
const MADE = 0.95;
const STEP_WARM_UP_S = 1;
const DRAIN_MS = 8000;
const BUSY_PCT = 90;
/** One hiccup, of whichever machine, is not the end; twice the same is. */
const ATTEMPTS = 2;

/** @typedef {Awaited<ReturnType<typeof step>>} Step */

/** @param {import('./bench.mjs').Bench} bench */
export async function ramp(bench) {
  const { options, random } = bench;
  const full = options.full ?? FULL;
  const room = await Room.open(bench.world, { name: 'S4', elements: options.elements, clients: CLIENTS, full });
  const senders = room.editors();
  // Large batches take other paths than small ones, and both have to be compiled.
  await load({ senders, rate: 20, random, seconds: options.warmUp / 2 });
  await load({ senders, rate: 500, random, seconds: options.warmUp / 2 });
  /** @type {Step[]} */
  const steps = [];
  for (const offered of options.steps) {
    let isManaged = false;
    for (let attempt = 1; attempt <= ATTEMPTS && !isManaged; attempt++) {
      const result = await step(bench, room, offered);
      steps.push(result);
      bench.log(JSON.stringify(result));
      isManaged = result.ok;
      await pause(300);
    }
    if (!isManaged) break;
  }
  const rest = await drained([room.ledger], DRAIN_MS);
  // What still flows can be neither lost nor the same everywhere.
  const isJudged = rest.complete || rest.ms < DRAIN_MS - 1000;
  const check = isJudged ? await room.converged() : { equal: null };
  const { missing, doubled, strays } = room.ledger;
  const outOfOrder = room.outOfOrder;
  room.close();
  const best = steps.filter(({ ok }) => ok).at(-1);
  const last = steps.at(-1);
  return {
    scn: 'S4',
    n: CLIENTS,
    nReal: full,
    maxOps: best?.ops ?? 0,
    atP99: best?.p99 ?? null,
    genCpuPct: best?.genCpuPct ?? null,
    genBound: last !== undefined && isGeneratorsFault(last),
    noise: steps.reduce((most, { noise }) => Math.max(most, noise ?? 0), 0),
    converged: check.equal,
    missing: isJudged ? missing : null,
    dup: doubled,
    steps,
    ...bench.troubles,
    ...verdict({ missing: isJudged ? missing : 0, dup: doubled, stray: strays, outOfOrder, converged: check.equal }),
  };
}

/** Whether the generator was at its end, and not the server: then the true limit is higher. @param {Step} step */
function isGeneratorsFault({ offered, ops, genCpuPct, srvCpuPct, dbCpuPct }) {
  const isServerBusy = (srvCpuPct ?? 0) + (dbCpuPct ?? 0) >= BUSY_PCT;
  return !isServerBusy && (genCpuPct > BUSY_PCT || ops < MADE * offered);
}

/** @param {import('./bench.mjs').Bench} bench @param {Room} room @param {number} offered changes a second of all together */
async function step({ options, server, meter, random }, room, offered) {
  const senders = room.editors();
  const rate = offered / senders.length;
  await load({ senders, rate, random, seconds: STEP_WARM_UP_S });
  meter.start();
  const usage = new Usage(server);
  const before = room.ledger.totalMade;
  await load({ senders, rate, random, seconds: options.stepSeconds, onMade: (due, now) => meter.made(due, now) });
  meter.stop();
  const seconds = usage.seconds;
  const used = usage.read();
  const ops = Math.round((room.ledger.totalMade - before) / seconds);
  const deliv = Math.round(meter.delivered / seconds);
  const drain = await drained([room.ledger], DRAIN_MS);
  const { p50, p99, max } = meter.latency.summary();
  const lost = room.ledger.missing;
  return {
    offered,
    ops,
    deliv,
    p50,
    p99,
    max,
    realP99: meter.fullLatency.summary().p99,
    lost,
    drainMs: Math.round(drain.ms),
    drained: drain.complete,
    ...used,
    lagP99: meter.lag.summary().p99,
    rss: server.memory()?.rssMB ?? null,
    ok: p99 !== null && p99 <= MAX_P99_MS && ops >= MADE * offered && lost === 0,
  };
}
