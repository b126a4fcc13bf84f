// What tests start beside the server: gone when they end, however they end.
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { rmSync } from 'node:fs';

const KEPT_OUTPUT = 40_000;
/** Kills a process group once this process is gone, should it have been killed itself; ends with the group. */
const WATCH = 'while kill -s 0 -- -"$2"; do kill -s 0 "$1" || { kill -s KILL -- -"$2"; exit; }; sleep 1; done';

const running = new Set<Program>();
const folders = new Set<string>();

process.once('exit', () => {
  for (const program of running) program.signal('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Has a folder removed when the tests end. */
export function removeAtExit(folder: string): void {
  folders.add(folder);
}

/** Has a process group killed where this process ends without a chance to do it. */
export function killWithUs(group: number): void {
  const watchdog = spawn('sh', ['-c', WATCH, 'watch', String(process.pid), String(group)], { detached: true, stdio: 'ignore' });
  watchdog.unref();
}

/** Another program, in a process group of its own. */
export class Program {
  /** The end of what it printed. */
  output = '';
  alive = true;
  readonly ended: Promise<void>;
  readonly #process: ChildProcess;
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly command: string,
    args: readonly string[],
    options: SpawnOptions = {},
  ) {
    this.#process = spawn(command, [...args], { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(this);
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output = (this.output + text).slice(-KEPT_OUTPUT);
        this.#tell();
      });
    }
    this.ended = new Promise((resolve) => {
      const end = (how: string): void => {
        this.output += `\n${command}: ${how}\n`;
        this.alive = false;
        running.delete(this);
        this.#tell();
        resolve();
      };
      this.#process.once('error', (error) => end(String(error)));
      this.#process.once('exit', (code, signal) => end(`ended with ${signal ?? code}`));
    });
    if (this.#process.pid !== undefined) killWithUs(this.#process.pid);
  }

  /** Waits until it has printed a text; rejects where it ends before, or does not say it in time. */
  printed(text: string, maxMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        this.#listeners.delete(look);
      };
      const fail = (why: string): void => {
        stop();
        reject(new Error(`${this.command} ${why} "${text}":\n${this.output.slice(-3000)}`));
      };
      const look = (): void => {
        if (this.output.includes(text)) {
          stop();
          resolve();
        } else if (!this.alive) fail('ended before it said');
      };
      const timer = setTimeout(() => fail(`did not within ${maxMs} ms say`), maxMs);
      this.#listeners.add(look);
      look();
    });
  }

  /** To the process and everything below it; nothing happens where it has ended. */
  signal(signal: NodeJS.Signals): void {
    const { pid } = this.#process;
    if (pid === undefined) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // It has ended.
    }
  }

  /** To the process alone, which then ends those below it in its own way. */
  signalAlone(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  /** Ends it, after `maxMs` without mercy. */
  async stop(signal: NodeJS.Signals, maxMs: number): Promise<void> {
    if (!this.alive) return;
    this.signalAlone(signal);
    const timer = setTimeout(() => this.signal('SIGKILL'), maxMs);
    await this.ended;
    clearTimeout(timer);
    // What it left behind, where it had no time to clean up.
    this.signal('SIGKILL');
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
