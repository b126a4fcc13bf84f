import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { killWithUs } from './processes.js';

const ROOT = resolve(import.meta.dirname, '../..');
const BUILT = process.env['CHORALE_SERVER_BUILD'] ?? join(ROOT, 'ear/target/liberty');
const READY = 'Chorale is ready';
const START_MS = 60_000;
const STOP_MS = 20_000;

/** As `./chorale run` ends: what it starts is what was packaged, whatever lies newer in the sources. */
const RUN = 'root=$ROOT && . "$root/.mvn/select-jdk.sh" && . "$root/.mvn/run-server.sh"';

/** Half the work of a start is compiling what runs once; these servers are started often, and never run for long. */
const SOON_READY = '-XX:TieredStopAtLevel=1';

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Stopped extends Exit {
  readonly milliseconds: number;
}

/** A server process of its own process group, as it is after Enter in a terminal. */
interface Run {
  readonly process: ChildProcess;
  readonly ended: Promise<Exit>;
  log: string;
  alive: boolean;
}

/** What a server may be told before it starts. */
export interface ServerOptions {
  readonly port?: number;
  readonly dataDir?: string;
  /** How long a start may take; 60 seconds where absent. */
  readonly startMs?: number;
  /** Configuration beyond what every server here gets. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The packaged server on a data folder of its own, to be stopped, killed and started again. */
export class ChoraleServer {
  static readonly #all = new Set<ChoraleServer>();

  #run: Run | undefined;
  #startedInMs = 0;

  private constructor(
    readonly port: number,
    readonly dataDir: string,
    private readonly borrowsDataDir: boolean,
    private readonly environment: Readonly<Record<string, string>>,
    private readonly startMs: number,
  ) {}

  /** A server that does not run yet; by default on a free port and in an empty folder of its own. */
  static async create(options: ServerOptions = {}): Promise<ChoraleServer> {
    const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'chorale-e2e-')));
    const port = options.port ?? (await freePort());
    const server = new ChoraleServer(port, dataDir, options.dataDir !== undefined, options.environment ?? {}, options.startMs ?? START_MS);
    if (ChoraleServer.#all.size === 0) process.once('exit', ChoraleServer.#disposeAtOnce);
    ChoraleServer.#all.add(server);
    return server;
  }

  static async start(options: ServerOptions = {}): Promise<ChoraleServer> {
    const server = await ChoraleServer.create(options);
    await server.start();
    return server;
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** What the present or last process printed. */
  get log(): string {
    return this.#run?.log ?? '';
  }

  /** From the start of the process until it said that it is ready. */
  get startedInMs(): number {
    return this.#startedInMs;
  }

  /** Starts the process and waits until it says that it is ready. */
  async start(): Promise<void> {
    const began = performance.now();
    const run = this.#launch();
    await new Promise<void>((ready, failed) => {
      const timer = setTimeout(() => failed(new Error(`not ready after ${this.startMs} ms\n${run.log}`)), this.startMs);
      const look = (): void => {
        if (!run.log.includes(READY)) return;
        clearTimeout(timer);
        ready();
      };
      run.process.stdout?.on('data', look);
      void run.ended.then(({ code, signal }) => {
        clearTimeout(timer);
        failed(new Error(`ended with ${signal ?? code} before it was ready\n${run.log}`));
      });
    });
    this.#startedInMs = performance.now() - began;
  }

  /** Starts the process and waits for its end, for starts that must fail. */
  async startAndEnd(): Promise<Exit> {
    const run = this.#launch();
    return within(this.startMs, run.ended, () => `still running after ${this.startMs} ms\n${run.log}`);
  }

  /** Ctrl-C in the terminal by default, or what a service manager sends. */
  async stop(signal: 'SIGINT' | 'SIGTERM' = 'SIGINT'): Promise<Stopped> {
    const run = this.#running();
    const began = performance.now();
    this.#signal(signal);
    const exit = await within(STOP_MS, run.ended, () => `still running ${STOP_MS} ms after ${signal}\n${run.log}`);
    return { ...exit, milliseconds: performance.now() - began };
  }

  /** The process is gone without a chance to do anything. The signal is sent before this returns. */
  async kill(): Promise<void> {
    const run = this.#running();
    this.#signal('SIGKILL');
    await run.ended;
  }

  /** The process does nothing any more, and its sockets stay open, until {@link thaw}. */
  freeze(): void {
    this.#signal('SIGSTOP');
  }

  thaw(): void {
    this.#signal('SIGCONT');
  }

  get isRunning(): boolean {
    return this.#run?.alive === true;
  }

  /** No file that the process writes grows beyond this, as on a full disk; nothing but a new limit changes that. */
  limitFiles(bytes: number | 'unlimited'): void {
    const { pid } = this.#running().process;
    const pids = execFileSync('pgrep', ['--pgroup', String(pid)], { encoding: 'utf8' });
    for (const each of pids.trim().split('\n')) {
      execFileSync('prlimit', [`--fsize=${bytes}:unlimited`, '--pid', each]);
    }
  }

  /** Leaves neither process nor folder behind; a folder that was given is its giver's. */
  async dispose(): Promise<void> {
    if (this.#run?.alive) await this.kill();
    ChoraleServer.#all.delete(this);
    if (ChoraleServer.#all.size === 0) process.removeListener('exit', ChoraleServer.#disposeAtOnce);
    if (!this.borrowsDataDir) await rm(this.dataDir, { recursive: true, force: true });
  }

  #launch(): Run {
    if (this.#run?.alive) throw new Error('the server runs already');
    const child = spawn('sh', ['-eu', '-c', RUN], {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        JVM_ARGS: SOON_READY,
        // All people of a test come from one address.
        CHORALE_RATE_JOINS: '0',
        CHORALE_RATE_SESSIONS: '0',
        ...this.environment,
        ROOT,
        CHORALE_HTTP_PORT: String(this.port),
        CHORALE_DATA_DIR: this.dataDir,
        WLP_USER_DIR: BUILT,
        WLP_OUTPUT_DIR: join(this.dataDir, 'server'),
      },
    });
    const ended = new Promise<Exit>((resolveEnd, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => {
        run.alive = false;
        resolveEnd({ code, signal });
      });
    });
    const run: Run = { process: child, ended, log: '', alive: true };
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        run.log += text;
      });
    }
    this.#run = run;
    if (child.pid !== undefined) killWithUs(child.pid);
    return run;
  }

  #running(): Run {
    if (!this.#run?.alive) throw new Error('the server does not run');
    return this.#run;
  }

  #signal(signal: NodeJS.Signals): void {
    const { pid } = this.#running().process;
    if (pid !== undefined) process.kill(-pid, signal);
  }

  /** When the tests themselves are ended before their clean-up. */
  static readonly #disposeAtOnce = (): void => {
    for (const server of ChoraleServer.#all) {
      if (server.#run?.alive) server.#signal('SIGKILL');
      if (!server.borrowsDataDir) rmSync(server.dataDir, { recursive: true, force: true });
    }
  };
}

export async function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no port'));
        else resolvePort(address.port);
      });
    });
  });
}

async function within<T>(milliseconds: number, outcome: Promise<T>, otherwise: () => string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(otherwise())), milliseconds);
  });
  try {
    return await Promise.race([outcome, late]);
  } finally {
    clearTimeout(timer);
  }
}
