// Everything that the bench starts and writes is noted here, and gone when it ends, however it ends.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

const KEPT_OUTPUT = 20_000;
/** @type {Set<Child>} */
const running = new Set();
/** @type {Set<string>} */
const folders = new Set();

process.once('exit', () => {
  for (const child of running) child.signal('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Removes a folder when the bench ends, unless {@link forget} was called. @param {string} folder */
export function removeAtExit(folder) {
  folders.add(folder);
}

/** @param {string} folder */
export function removeNow(folder) {
  rmSync(folder, { recursive: true, force: true });
  folders.delete(folder);
}

/** A process of its own process group, so that Ctrl-C in a terminal does not reach it before its turn. */
export class Child {
  /** The end of what it printed. */
  output = '';
  /** @type {import('node:child_process').ChildProcess} */
  #process;
  /** @type {Set<() => void>} */
  #listeners = new Set();

  /** @param {string} command @param {string[]} args @param {import('node:child_process').SpawnOptions} options */
  constructor(command, args, options) {
    this.#process = spawn(command, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(this);
    this.alive = true;
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
        this.output = (this.output + text).slice(-KEPT_OUTPUT);
        for (const listener of this.#listeners) listener();
      });
    }
    /** @type {Promise<void>} */
    this.ended = new Promise((resolve) => {
      /** @param {string} how */
      const end = (how) => {
        this.output += `\n${command}: ${how}\n`;
        this.alive = false;
        running.delete(this);
        for (const listener of this.#listeners) listener();
        resolve();
      };
      this.#process.once('error', (error) => end(String(error)));
      this.#process.once('exit', (code, signal) => end(`ended with ${signal ?? code}`));
    });
  }

  get pid() {
    return this.#process.pid ?? 0;
  }

  /** @param {string} text @param {number} maxMs @returns {Promise<void>} @throws {Error} where it ends or prints it not in time */
  printed(text, maxMs) {
    return new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer);
        this.#listeners.delete(look);
      };
      const look = () => {
        if (this.output.includes(text)) {
          stop();
          resolve();
        } else if (!this.alive) {
          stop();
          reject(new Error(`ended before it said "${text}":\n${this.output.slice(-3000)}`));
        }
      };
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`did not say "${text}" within ${maxMs} ms:\n${this.output.slice(-3000)}`));
      }, maxMs);
      this.#listeners.add(look);
      look();
    });
  }

  /** To the process and everything below it. @param {NodeJS.Signals} signal */
  signal(signal) {
    try {
      process.kill(-this.pid, signal);
    } catch {
      // It has ended.
    }
  }

  /** @param {NodeJS.Signals} signal @param {number} maxMs then it is killed */
  async stop(signal, maxMs) {
    if (!this.alive) return;
    this.signal(signal);
    const timer = setTimeout(() => this.signal('SIGKILL'), maxMs);
    await this.ended;
    clearTimeout(timer);
  }
}
