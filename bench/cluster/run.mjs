#!/usr/bin/env node
// A cluster of one, two and three nodes under load: see ../README.md. One JSON line for each run, printed and appended to a file.
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parseOptions } from '../live/options.mjs';
import { connections } from '../live/scenarios/connections.mjs';
import { machine } from '../live/server/machine.mjs';
import { canPin, pinGenerator } from '../live/server/pinning.mjs';
import { Cluster } from './cluster.mjs';
import { ClusterBench } from './clusterBench.mjs';
import { propagation, saturation } from './scenarios.mjs';

const INTERRUPTED = 130;
const RESULTS = join(resolve(import.meta.dirname, '..'), 'results', 'cluster.jsonl');
const CONNECTIONS_ROOMS = 200;

/** @type {Record<string, (bench: ClusterBench, cluster: Cluster) => Promise<Record<string, unknown>>>} */
const SCENARIOS = {
  // One session whose people are on all nodes.
  shared: (bench, cluster) => saturation(bench, [cluster.urls]),
  // As many sessions as nodes, each with its people on one node: what the balancer does.
  apart: (bench, cluster) => saturation(bench, cluster.urls.map((url) => [url])),
  propagation: (bench, cluster) => propagation(bench, cluster.urls),
  connections: connections('connections', CONNECTIONS_ROOMS),
};

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  options: {
    nodes: { type: 'string', default: '1,2,3' },
    bus: { type: 'string', default: 'postgresql' },
    reps: { type: 'string', default: '1' },
    out: { type: 'string', default: RESULTS },
    seconds: { type: 'string' },
    'warm-up': { type: 'string' },
    'step-seconds': { type: 'string' },
    steps: { type: 'string' },
    rooms: { type: 'string' },
    clients: { type: 'string', default: '12' },
    rate: { type: 'string' },
    env: { type: 'string', multiple: true, default: [] },
  },
});
const scenarios = positionals.length > 0 ? positionals : ['shared', 'apart', 'propagation'];
const unknown = scenarios.filter((name) => !(name in SCENARIOS));
const { bus } = values;
if (unknown.length > 0 || (bus !== 'postgresql' && bus !== 'redis')) {
  console.error(`${unknown.join(', ') || `--bus ${bus}`} (expected: of ${Object.keys(SCENARIOS).join(', ')}; --bus postgresql or redis)`);
  process.exit(2);
}
const options = parseOptions(shared());
await pinGenerator();
if (!canPin) console.error('no second CPU, or no taskset: cluster and generator disturb each other, so read the numbers with care');
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => process.exit(INTERRUPTED));

const out = resolve(values.out);
mkdirSync(dirname(out), { recursive: true });
let isSound = true;
for (let rep = 1; rep <= Number(values.reps); rep++) {
  for (const nodes of values.nodes.split(',').map(Number)) {
    for (const scenario of scenarios) {
      const row = await measure(nodes, scenario, rep);
      isSound = isSound && row['failed'] === undefined && row['broken'] === undefined;
      const line = JSON.stringify(row);
      appendFileSync(out, `${line}\n`);
      console.log(line);
    }
  }
}
process.exit(isSound ? 0 : 1);

/** @param {number} nodes @param {string} scenario @param {number} rep @returns {Promise<Record<string, unknown>>} */
async function measure(nodes, scenario, rep) {
  const about = { sys: 'chorale', scn: `cluster-${scenario}`, nodes, bus, rep, when: new Date().toISOString(), machine: machine() };
  /** @type {Cluster | null} */
  let cluster = null;
  try {
    cluster = await Cluster.start(nodes, bus === 'redis' ? 'redis' : 'postgresql', options.env);
    const bench = new ClusterBench(options, cluster, (text) => console.error(text));
    const row = await SCENARIOS[scenario]?.(bench, cluster);
    return { ...about, server: cluster.environment, ...row, scn: about.scn };
  } catch (error) {
    console.error(error);
    return { ...about, failed: String(error instanceof Error ? error.stack : error).slice(0, 700), serverLog: cluster?.log ?? '' };
  } finally {
    await cluster?.stop();
  }
}

/** The command line in the words of `live`, which checks it. */
function shared() {
  const words = ['X', '--start', 'postgresql'];
  for (const name of /** @type {const} */ (['seconds', 'warm-up', 'step-seconds', 'steps', 'rooms', 'clients', 'rate'])) {
    const value = values[name];
    if (value !== undefined) words.push(`--${name}`, value);
  }
  return [...words, ...values.env.flatMap((assignment) => ['--env', assignment])];
}
