#!/usr/bin/env node
// Load for a live server: see ../README.md. One JSON line for each run of each scenario, printed and appended to a file.
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseOptions } from './options.mjs';
import { Bench } from './scenarios/bench.mjs';
import { SCENARIOS } from './scenarios/scenarios.mjs';
import { machine } from './server/machine.mjs';
import { canPin, pinGenerator } from './server/pinning.mjs';
import { Server, StartedServer } from './server/server.mjs';

const INTERRUPTED = 130;
const RESULTS = join(resolve(import.meta.dirname, '..'), 'results', 'live.jsonl');

/** @typedef {{ tag: string, open: () => Promise<Server> }} System what is measured */

const options = readOptions();
await pinGenerator();
if (!canPin) log('no second CPU, or no taskset: server and generator disturb each other, so read the numbers with care');

// Whatever was started goes with this process.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => process.exit(INTERRUPTED));

const out = resolve(options.out ?? RESULTS);
mkdirSync(dirname(out), { recursive: true });
let isSound = true;
for (let rep = 1; rep <= options.reps; rep++) {
  for (const scenario of options.scenarios) {
    for (const system of systems()) {
      log(`--- ${system.tag} ${scenario}, run ${rep} of ${options.reps}`);
      const row = await measure(system, scenario, rep);
      isSound = isSound && row['failed'] === undefined && row['broken'] === undefined;
      const line = JSON.stringify(row);
      appendFileSync(out, `${line}\n`);
      console.log(line);
    }
  }
}
log(`results: ${out}`);
process.exit(isSound ? 0 : 1);

/** @returns {System[]} */
function systems() {
  const { url, pids } = options;
  if (url !== null) {
    const [pid = null, ...databasePids] = pids;
    return [{ tag: options.tag ?? 'chorale', open: async () => new Server(url, pid, databasePids) }];
  }
  return options.start.map((database) => ({
    tag: options.tag ?? `chorale-${database}`,
    open: () => StartedServer.start(database, options.env),
  }));
}

/**
 * One run against a server that has done nothing else, where we start it.
 *
 * @param {System} system @param {string} scenario @param {number} rep
 * @returns {Promise<Record<string, unknown>>} with `failed` where there is no result, with `broken` where it must not be believed
 */
async function measure({ tag, open }, scenario, rep) {
  const about = { tag, sys: 'chorale', scn: scenario, rep, when: new Date().toISOString(), command: command(), machine: machine() };
  /** @type {Server | null} */
  let server = null;
  try {
    server = await open();
    const bench = new Bench(options, server, log);
    const run = SCENARIOS[scenario];
    /** @type {Record<string, unknown>} */
    const row = (await run?.(bench)) ?? {};
    return { ...about, server: server.environment, ...row };
  } catch (error) {
    log(error);
    const failed = String(error instanceof Error ? error.stack : error).slice(0, 700);
    return { ...about, failed, serverLog: server?.log ?? '' };
  } finally {
    await server?.stop();
  }
}

function command() {
  return `node bench/live/run.mjs ${process.argv.slice(2).join(' ')}`;
}

function readOptions() {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
}

/** Not among the results. @param {unknown} what */
function log(what) {
  console.error(what instanceof Error ? what.stack : what);
}
