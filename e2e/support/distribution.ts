import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from './server.js';

const TARBALLS = resolve(import.meta.dirname, '../../distribution/target');
/** Whom Debian calls nobody. */
const NOBODY = 65_534;

/** What a command printed, and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** The tarball, unpacked where nobody can write, and used as an operator does: by somebody without rights. */
export class Distribution {
  readonly #folder: string;
  readonly #servers: Installed[] = [];

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static unpack(): Distribution {
    const tarball = readdirSync(TARBALLS).find((file) => /^chorale-.*\.tar\.gz$/.test(file));
    if (tarball === undefined) throw new Error(`there is no tarball in ${TARBALLS}: ./mvnw package -DskipTests`);
    const folder = mkdtempSync(join(tmpdir(), 'chorale-dist-'));
    execFileSync('tar', ['-xzf', join(TARBALLS, tarball), '-C', folder, '--strip-components=1']);
    chmodSync(folder, 0o755);
    execFileSync('chmod', ['-R', 'a-w', folder]);
    return new Distribution(folder);
  }

  file(...path: readonly string[]): string {
    return join(this.#folder, ...path);
  }

  /** A server of this installation, in an empty data folder and on a port of its own. */
  async newServer(environment: Readonly<Record<string, string>> = {}): Promise<Installed> {
    const server = new Installed(this.file('bin', 'chorale'), await freePort(), environment);
    this.#servers.push(server);
    return server;
  }

  async dispose(): Promise<void> {
    for (const server of this.#servers) await server.dispose();
    execFileSync('chmod', ['-R', 'u+w', this.#folder]);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** One server as `bin/chorale` knows it. */
export class Installed {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'chorale-data-'));
  readonly #commands = new Set<ChildProcess>();

  constructor(
    private readonly program: string,
    readonly port: number,
    private readonly environment: Readonly<Record<string, string>>,
  ) {
    if (process.getuid?.() === 0) chownSync(this.dataDir, NOBODY, NOBODY);
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** Runs a command and waits for its end. */
  async command(...args: readonly string[]): Promise<Ended> {
    const child = spawn(this.program, args, {
      cwd: this.dataDir,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(process.getuid?.() === 0 && { uid: NOBODY, gid: NOBODY }),
      // Nothing of the environment that the tests run in, but where Java is.
      env: {
        PATH: process.env['PATH'],
        JAVA_HOME: process.env['JAVA_HOME'],
        JVM_ARGS: '-XX:TieredStopAtLevel=1',
        CHORALE_DATA_DIR: this.dataDir,
        CHORALE_HTTP_PORT: String(this.port),
        ...this.environment,
      },
    });
    this.#commands.add(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    // Not "close": a server that was started keeps what it inherited.
    const code = await new Promise<number | null>((ended, failed) => child.once('exit', ended).once('error', failed));
    this.#commands.delete(child);
    return { code, output };
  }

  async dispose(): Promise<void> {
    // Those that a test did not wait for, and what they started.
    for (const { pid } of this.#commands) if (pid !== undefined) process.kill(-pid, 'SIGKILL');
    if (existsSync(join(this.dataDir, 'server', 'chorale.pid'))) await this.command('stop');
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
