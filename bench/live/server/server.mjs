import { existsSync, mkdtempSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Child, removeAtExit, removeNow } from './children.mjs';
import { freePort } from './freePort.mjs';
import { heapAfterCollection, javaVersion } from './jvm.mjs';
import { onServerCpu } from './pinning.mjs';
import { Postgres } from './postgres.mjs';
import { cpuSeconds, descendants, memoryOf, oneDigit, programOf, proportionalMB } from './processes.mjs';

const ROOT = resolve(import.meta.dirname, '../../..');
const READY = 'Chorale is ready';
const START_MS = 90_000;
const STOP_MS = 20_000;
/** The last lines of `./chorale run`: what they start is what was packaged. */
const RUN = '. "$ROOT/.mvn/select-jdk.sh" && exec "$(echo "$ROOT"/.chorale/liberty-*/wlp)/bin/server" run chorale';

/** @typedef {'hsqldb' | 'postgresql'} Database */

/** A server and those who work for it, as they look from outside. */
export class Server {
  /** @param {URL} url @param {number | null} pid unknown where null @param {readonly number[]} databasePids each with all below it */
  constructor(url, pid, databasePids) {
    this.url = url;
    this.pid = pid;
    this.databasePids = databasePids;
  }

  /** CPU seconds so far; null where the process is not known. */
  cpu() {
    if (this.pid === null) return null;
    // A backend that has ended is nobody's child any more; its time is in its parent's account of the reaped.
    const database = this.databasePids.reduce(
      (sum, pid) => sum + cpuSeconds(pid, { withReaped: true }) + descendants(pid).reduce((all, child) => all + cpuSeconds(child), 0),
      0,
    );
    return { server: cpuSeconds(this.pid), database };
  }

  memory() {
    if (this.pid === null) return null;
    const family = this.databasePids.flatMap((pid) => [pid, ...descendants(pid)]);
    return { ...memoryOf(this.pid), dbPssMB: oneDigit(family.reduce((sum, pid) => sum + proportionalMB(pid), 0)) };
  }

  /** In MB, behind a full collection; null where it cannot be known. */
  heapMB() {
    return this.pid === null ? null : heapAfterCollection(this.pid);
  }

  /** What the database takes; null where it is not known. @returns {number | null} */
  diskBytes() {
    return null;
  }

  /** What it runs on. @returns {Record<string, unknown>} */
  get environment() {
    return { jdk: this.pid === null ? null : javaVersion(this.pid) };
  }

  /** The end of what it printed. */
  get log() {
    return '';
  }

  async stop() {}
}

/** The packaged server with a data folder, and where asked a PostgreSQL, of its own; all of it on one CPU. */
export class StartedServer extends Server {
  #child;
  #dataDir;
  #postgres;
  #environment;

  /** @param {URL} url @param {number} pid @param {Child} child @param {string} dataDir @param {Postgres | null} postgres */
  constructor(url, pid, child, dataDir, postgres) {
    super(url, pid, postgres === null ? [] : [postgres.pid]);
    this.#child = child;
    this.#dataDir = dataDir;
    this.#postgres = postgres;
    this.#environment = {
      ...super.environment,
      ...(postgres !== null && { postgresql: postgres.version, durability: postgres.durability }),
    };
  }

  /** @param {Database} database @param {Record<string, string>} settings environment variables for the server */
  static async start(database, settings) {
    const postgres = database === 'postgresql' ? await Postgres.start() : null;
    const { child, dataDir, url } = await launched({ ...postgres?.environment, ...settings });
    try {
      const pid = await ready(child);
      return new StartedServer(url, pid, child, dataDir, postgres);
    } catch (error) {
      await child.stop('SIGKILL', STOP_MS);
      await postgres?.stop();
      removeNow(dataDir);
      throw error;
    }
  }

  /** @override */
  diskBytes() {
    return this.#postgres?.diskBytes ?? sizeOf(join(this.#dataDir, 'database'));
  }

  /** @override */
  get environment() {
    return this.#environment;
  }

  /** @override */
  get log() {
    return this.#child.output.slice(-1500);
  }

  /** @override */
  async stop() {
    await this.#child.stop('SIGTERM', STOP_MS);
    await this.#postgres?.stop();
    removeNow(this.#dataDir);
  }
}

/**
 * The packaged server with a data folder and a port of its own; it is not ready yet.
 *
 * @param {Record<string, string>} settings environment variables
 */
export async function launched(settings) {
  const dataDir = mkdtempSync(join(tmpdir(), 'chorale-bench-'));
  removeAtExit(dataDir);
  const port = await freePort();
  const { command, args } = onServerCpu('sh', ['-eu', '-c', RUN]);
  const child = new Child(command, args, {
    env: {
      ...process.env,
      ROOT,
      CHORALE_HTTP_HOST: '127.0.0.1',
      // All of the crowd comes from one address, and writes as fast as it is let.
      CHORALE_RATE_JOINS: '0',
      CHORALE_RATE_SESSIONS: '0',
      CHORALE_RATE_FRAMES: '0',
      CHORALE_RATE_SESSION_FRAMES: '0',
      CHORALE_HTTP_PORT: String(port),
      CHORALE_DATA_DIR: dataDir,
      WLP_USER_DIR: process.env['CHORALE_SERVER_BUILD'] ?? builtServer(),
      WLP_OUTPUT_DIR: join(dataDir, 'server'),
      ...settings,
    },
  });
  return { child, dataDir, url: new URL(`http://127.0.0.1:${port}`) };
}

/** Waits until a server takes work. @param {Child} child @returns {Promise<number>} the process that is it */
export async function ready(child) {
  await child.printed(READY, START_MS);
  const pid = [child.pid, ...descendants(child.pid)].find((candidate) => programOf(candidate) === 'java');
  if (pid === undefined) throw new Error(`no java is or is below the server's process ${child.pid}`);
  return pid;
}

function builtServer() {
  const built = join(ROOT, 'ear/target/liberty');
  if (!existsSync(built)) throw new Error(`${built} is missing: build the server first, as ./chorale run does`);
  return built;
}

/** Bytes of all files in a folder. @param {string} folder @returns {number} */
function sizeOf(folder) {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    return sum + (entry.isDirectory() ? sizeOf(path) : statSync(path).size);
  }, 0);
}
