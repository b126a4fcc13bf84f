import { spawn, spawnSync } from 'node:child_process';
import { availableParallelism, cpus } from 'node:os';

/** The database and the server share one CPU, unless told otherwise; the generator has another: neither steals from the other unseen. */
export const SERVER_CPUS = process.env['CHORALE_BENCH_SERVER_CPUS'] ?? '0';
export const GENERATOR_CPU = 1;
/** Collects seldom: the generator's pauses would be counted as the server's. */
const YOUNG_SPACE = '--max-semi-space-size=64';
const PINNED = 'CHORALE_BENCH_PINNED';

export const canPin = cpus().length > 1 && spawnSync('taskset', ['--version'], { stdio: 'ignore' }).status === 0;

/** A command line that runs on the server's CPU, where that can be had. @param {string} command @param {string[]} args */
export function onServerCpu(command, args) {
  return canPin ? { command: 'taskset', args: ['-c', SERVER_CPUS, command, ...args] } : { command, args };
}

/**
 * Runs this program again on the generator's CPU and ends with it; returns where it runs there already, or cannot.
 * Signals are handed on; a terminal sends them to both.
 *
 * @returns {Promise<void>}
 */
export async function pinGenerator() {
  if (!canPin || process.env[PINNED] !== undefined || availableParallelism() === 1) return;
  const args = ['-c', String(GENERATOR_CPU), process.execPath, YOUNG_SPACE, ...process.execArgv, ...process.argv.slice(1)];
  const child = spawn('taskset', args, { stdio: 'inherit', env: { ...process.env, [PINNED]: String(GENERATOR_CPU) } });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal));
  const status = await new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
  process.exit(status);
}
