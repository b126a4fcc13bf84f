import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child, removeAtExit, removeNow } from '../live/server/children.mjs';
import { freePort } from '../live/server/freePort.mjs';
import { onServerCpu } from '../live/server/pinning.mjs';

const PROGRAM = process.env['CHORALE_REDIS'] ?? '/usr/bin/redis-server';
const READY = 'Ready to accept connections';
const START_MS = 10_000;
const STOP_MS = 5_000;

/** A Redis of the bench's own that keeps nothing on disk. */
export class Redis {
  #child;
  #folder;

  /** @param {Child} child @param {string} folder @param {number} port */
  constructor(child, folder, port) {
    this.#child = child;
    this.#folder = folder;
    this.port = port;
  }

  static async start() {
    if (!existsSync(PROGRAM)) throw new Error(`no Redis at ${PROGRAM}: install it, as by apt-get install redis-server`);
    const folder = mkdtempSync(join(tmpdir(), 'chorale-bench-redis-'));
    removeAtExit(folder);
    const port = await freePort();
    const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
    const { command, args } = onServerCpu(PROGRAM, settings);
    const child = new Child(command, args, {});
    await child.printed(READY, START_MS);
    return new Redis(child, folder, port);
  }

  get pid() {
    return this.#child.pid;
  }

  async stop() {
    await this.#child.stop('SIGTERM', STOP_MS);
    removeNow(this.#folder);
  }
}
