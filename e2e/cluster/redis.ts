import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Program, removeAtExit } from '../support/processes.js';
import { freePort } from '../support/server.js';

const DEBIAN = '/usr/bin/redis-server';
const READY = 'Ready to accept connections';
const START_MS = 10_000;
const STOP_MS = 5_000;

/** A Redis of the tests' own that keeps nothing on disk. */
export class Redis {
  #program: Program | undefined;

  private constructor(
    readonly port: number,
    private readonly folder: string,
  ) {}

  /** Why there is none to start. */
  static get missing(): string | undefined {
    return existsSync(program()) ? undefined : `no Redis at ${program()}: apt-get install redis-server, or name another by CHORALE_REDIS`;
  }

  static async start(): Promise<Redis> {
    const folder = mkdtempSync(join(tmpdir(), 'chorale-e2e-redis-'));
    removeAtExit(folder);
    const redis = new Redis(await freePort(), folder);
    await redis.up();
    return redis;
  }

  async up(): Promise<void> {
    const settings = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', this.folder];
    this.#program = new Program(program(), settings);
    await this.#program.printed(READY, START_MS);
  }

  /** The process is gone without a chance to do anything. */
  async kill(): Promise<void> {
    await this.#program?.stop('SIGKILL', STOP_MS);
  }

  async dispose(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function program(): string {
  return process.env['CHORALE_REDIS'] ?? DEBIAN;
}
