import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { Nginx, nginxProgram } from '../support/nginx.js';
import { pick, seeded } from '../support/random.js';
import { told } from './checker.js';
import { Cluster, type BusKind, type ClusterOptions } from './cluster.js';
import { Crowd } from './crowd.js';
import { FAULTS, ROLLING_RESTART, type Fault, type Scene } from './faults.js';
import { Postgres } from './postgres.js';
import { Redis } from './redis.js';
import { SmallDisk } from './smallDisk.js';
import { WrongClock } from './wrongClock.js';

const WANTED = process.env['CHORALE_FAULTS'];
const BUS: BusKind = process.env['CHORALE_FAULTS_BUS'] === 'postgresql' ? 'postgresql' : 'redis';
const SEED = Number(process.env['CHORALE_FAULTS_SEED'] ?? 8);
const NODES = Number(process.env['CHORALE_FAULTS_NODES'] ?? 3);
const EDITORS = Number(process.env['CHORALE_FAULTS_EDITORS'] ?? 30);
const RATE = Number(process.env['CHORALE_FAULTS_RATE'] ?? 2);
const AT_RANDOM = Number(process.env['CHORALE_FAULTS_RANDOM'] ?? 12);
/** How slow a machine may be: the times that are asked for are multiplied by it. */
const SLOWNESS = Number(process.env['CHORALE_FAULTS_SLOWNESS'] ?? 1);
const TABLE = resolve(import.meta.dirname, '../test-results/faults.md');
const START_MS = 400_000;
const FAULT_MS = 300_000;
/** So many changes are acknowledged before a fault, and after it. */
const AROUND = 100;
const BY_NGINX = process.env['CHORALE_FAULTS_FRONT'] === 'nginx';
const OPTIONS: ClusterOptions = {
  nodes: NODES,
  bus: BUS,
  seed: SEED,
  ...(BY_NGINX && { front: (nodes) => Nginx.start({ nodes }) }),
};

const missing =
  WANTED === undefined
    ? 'faults take half an hour: CHORALE_FAULTS=all, or some by name (cluster/README.md)'
    : (Postgres.missing ?? (BUS === 'redis' ? Redis.missing : undefined) ?? (BY_NGINX ? missingNginx() : undefined));

test.skip(missing !== undefined, missing);
test.describe.configure({ timeout: FAULT_MS });

test.afterAll(() => {
  if (existsSync(TABLE)) console.log(`\n${readFileSync(TABLE, 'utf8')}`);
});

test.describe(`${NODES} nodes, ${BUS}, ${BY_NGINX ? 'nginx, ' : ''}${EDITORS} editors, seed ${SEED}`, () => {
  let shared: Cluster | undefined;
  test.beforeAll(async () => {
    if (missing !== undefined || ![...FAULTS, ROLLING_RESTART, { name: 'random' }].some(({ name }) => isWanted(name))) return;
    test.setTimeout(START_MS);
    shared = await Cluster.start(OPTIONS);
  });
  test.afterAll(async () => {
    test.setTimeout(START_MS);
    await shared?.dispose();
  });

  for (const fault of [...FAULTS, ROLLING_RESTART]) {
    test(`${fault.name}: ${fault.says}`, async () => {
      test.skip(!isWanted(fault.name), 'not asked for');
      test.skip(fault.redis === true && BUS !== 'redis', 'there is no Redis');
      await suffer(required(shared), [fault]);
    });
  }

  test(`random: ${AT_RANDOM} of them in a row`, async () => {
    test.skip(!isWanted('random'), 'not asked for');
    test.setTimeout(AT_RANDOM * 120_000);
    const random = seeded(SEED);
    const possible = FAULTS.filter(({ redis }) => redis !== true || BUS === 'redis');
    await suffer(required(shared), Array.from({ length: AT_RANDOM }, () => pick(random, possible)), 'random');
  });
});

test.describe('clusters of their own', () => {
  let cluster: Cluster | undefined;
  test.afterEach(async () => {
    test.setTimeout(START_MS);
    await cluster?.dispose();
    cluster = undefined;
  });

  test('scale-out: from one node to three under load', async () => {
    test.skip(!isWanted('scale-out'), 'not asked for');
    test.setTimeout(START_MS);
    cluster = await Cluster.start({ ...OPTIONS, nodes: 3, started: 1 });
    const strike = async ({ cluster: { nodes }, crowd }: Scene): Promise<number> => {
      await Promise.all(nodes.slice(1).map(({ server }) => server.start()));
      await crowd.grow(Math.ceil(EDITORS / 2));
      return crowd.recovers();
    };
    const fault: Fault = { name: 'scale-out', says: 'from one node to three', limitMs: 5_000, strike };
    await suffer(cluster, [fault], fault.name, Math.ceil(EDITORS / 2));
  });

  test('full-disk: the disk of PostgreSQL is full for 8 s', async () => {
    test.skip(!isWanted('full-disk'), 'not asked for');
    const why = SmallDisk.missing;
    test.skip(why !== undefined, why);
    test.setTimeout(START_MS);
    const disk = SmallDisk.mounted();
    cluster = await Cluster.start({ ...OPTIONS, nodes: 2, databaseFolder: disk.database });
    const strike = async ({ cluster: { postgres }, crowd }: Scene): Promise<number> => {
      disk.fill();
      await crowd.until(() => crowd.sawRefusal('storage-unavailable'), 30_000, () => `nobody was refused; ${postgres.log}`);
      await pause(8_000);
      disk.free();
      await postgres.upAgain();
      return crowd.recovers();
    };
    await suffer(cluster, [{ name: 'full-disk', says: 'PostgreSQL has no room', limitMs: 5_000, strike }]);
    await cluster.dispose();
    cluster = undefined;
    disk.dispose();
  });

  for (const [name, offset] of [['clock-ahead', '+1h'], ['clock-behind', '-1h']] as const) {
    test(`${name}: the clock of one node is set to ${offset} while it runs`, async () => {
      test.skip(!isWanted(name), 'not asked for');
      test.skip(WrongClock.missing !== undefined, WrongClock.missing);
      test.setTimeout(START_MS);
      const clock = WrongClock.right();
      cluster = await Cluster.start({ ...OPTIONS, nodes: 2, environmentOf: { 1: clock.environment } });
      const strike = async ({ crowd }: Scene): Promise<number> => {
        clock.set(offset);
        await pause(10_000);
        return crowd.recovers();
      };
      await suffer(cluster, [{ name, says: 'one clock is wrong', limitMs: 5_000, strike }]);
    });
  }
});

/** Has everybody edit, has it all happen, and says what came of it. */
async function suffer(cluster: Cluster, faults: readonly Fault[], name = faults[0]?.name ?? '', editors = EDITORS): Promise<void> {
  const crowd = await Crowd.gather(cluster, { editors, seed: SEED, rate: RATE });
  const scene: Scene = { cluster, crowd, random: seeded(SEED) };
  const late: string[] = [];
  let slowest = 0;
  try {
    for (const fault of faults) {
      await crowd.progress(AROUND);
      const recoveryMs = await fault.strike(scene);
      slowest = Math.max(slowest, recoveryMs);
      if (faults.length > 1) console.log(`    ${fault.name}: ${seconds(recoveryMs)} s`);
      if (recoveryMs > fault.limitMs) console.log(`${crowd.slowest}\n${cluster.logs()}`);
      if (recoveryMs > fault.limitMs * SLOWNESS) {
        late.push(`${fault.name}: ${seconds(recoveryMs)} s (expected: ${seconds(fault.limitMs)} s)`);
      }
    }
    await crowd.progress(AROUND);
    const { violations, acknowledged } = await crowd.verdict();
    const troubles = crowd.troubles;
    const wrong = [...new Set(violations.map(({ rule }) => rule)), ...troubles.slice(0, 2), ...late];
    row(name, String(acknowledged), seconds(slowest), wrong.join('; ') || 'sound');
    expect(told(violations), 'the history').toBe('');
    expect(troubles, 'what people were told').toEqual([]);
    expect(late, 'recovery').toEqual([]);
  } catch (failure) {
    console.log(cluster.logs());
    const isVerdict = failure instanceof Error && failure.message.includes('expect(');
    if (!isVerdict) row(name, String(crowd.acknowledged), '–', `failed: ${String(failure).split('\n')[0]}`);
    throw failure;
  } finally {
    crowd.leave();
  }
}

/** Kept in a file: after a failure the tests go on in another process. */
function row(...cells: readonly string[]): void {
  if (!existsSync(TABLE)) {
    mkdirSync(resolve(TABLE, '..'), { recursive: true });
    appendFileSync(TABLE, '| fault | acknowledged changes | recovery, s | verdict | load |\n|---|---|---|---|---|\n');
  }
  const line = `| ${cells.join(' | ')} | ${(loadavg()[0] ?? 0).toFixed(1)} |`;
  appendFileSync(TABLE, `${line}\n`);
  console.log(`    ${line}`);
}

function missingNginx(): string | undefined {
  return nginxProgram() === undefined ? 'no nginx: apt-get install nginx-light' : undefined;
}

function isWanted(name: string): boolean {
  return WANTED === 'all' || WANTED?.split(',').includes(name) === true;
}

function required(cluster: Cluster | undefined): Cluster {
  if (cluster === undefined) throw new Error('the cluster did not start');
  return cluster;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}
