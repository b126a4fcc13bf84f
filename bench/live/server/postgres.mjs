import { execFileSync } from 'node:child_process';
import { appendFileSync, chownSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child, removeAtExit, removeNow } from './children.mjs';
import { freePort } from './freePort.mjs';
import { onServerCpu } from './pinning.mjs';

const DEBIAN = '/usr/lib/postgresql';
const READY = 'database system is ready to accept connections';
const START_MS = 30_000;
const STOP_MS = 15_000;
const USER = 'chorale';
/** Room to work; what durability depends on is left at its default. */
const SETTINGS = ["listen_addresses = '127.0.0.1'", 'shared_buffers = 512MB', 'max_wal_size = 4GB'];
const DURABILITY = ['fsync', 'synchronous_commit', 'full_page_writes'];

/** A PostgreSQL of the bench's own, in a folder that goes with it. */
export class Postgres {
  #bin;
  #folder;
  #owner;
  #child;

  /** @param {string} bin @param {string} folder @param {Owner} owner @param {Child} child @param {number} port */
  constructor(bin, folder, owner, child, port) {
    this.#bin = bin;
    this.#folder = folder;
    this.#owner = owner;
    this.#child = child;
    this.port = port;
  }

  /** Creates a cluster with an empty database `chorale` and starts it. */
  static async start() {
    const bin = findBin();
    const owner = databaseOwner();
    const folder = mkdtempSync(join(tmpdir(), 'chorale-bench-pg-'));
    removeAtExit(folder);
    if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid ?? owner.uid);
    const data = join(folder, 'data');
    run(bin, owner, folder, 'initdb', ['-D', data, '-U', USER, '-A', 'trust', '--locale=C.UTF-8', '-E', 'UTF8']);
    const port = await freePort();
    const settings = [...SETTINGS, `port = ${port}`, `unix_socket_directories = '${folder}'`];
    appendFileSync(join(data, 'postgresql.conf'), `\n${settings.join('\n')}\n`);
    const { command, args } = onServerCpu(join(bin, 'postgres'), ['-D', data]);
    const child = new Child(command, args, { ...owner, cwd: folder, env: { ...process.env, LC_ALL: 'C' } });
    await child.printed(READY, START_MS);
    const postgres = new Postgres(bin, folder, owner, child, port);
    postgres.#run('createdb', ['-h', '127.0.0.1', '-p', String(port), '-U', USER, 'chorale']);
    return postgres;
  }

  /** The postmaster: what works for it is below it. */
  get pid() {
    return this.#child.pid;
  }

  /** For the server under test. */
  get environment() {
    return { CHORALE_DB_URL: `jdbc:postgresql://127.0.0.1:${this.port}/chorale`, CHORALE_DB_USER: USER };
  }

  get version() {
    return this.query('SHOW server_version');
  }

  /** The settings that decide whether a commit survives a crash, as they are. */
  get durability() {
    return Object.fromEntries(DURABILITY.map((name) => [name, this.query(`SHOW ${name}`)]));
  }

  /** Tables and indexes; without the write-ahead log. */
  get diskBytes() {
    return Number(this.query("SELECT pg_database_size('chorale')"));
  }

  /** @param {string} sql */
  query(sql) {
    return this.#run('psql', ['-h', '127.0.0.1', '-p', String(this.port), '-U', USER, '-d', 'chorale', '-Atc', sql]);
  }

  /** @param {string} tool @param {string[]} args */
  #run(tool, args) {
    return run(this.#bin, this.#owner, this.#folder, tool, args);
  }

  async stop() {
    await this.#child.stop('SIGINT', STOP_MS);
    removeNow(this.#folder);
  }
}

/** @typedef {{ uid?: number, gid?: number }} Owner */

/** Who PostgreSQL runs as: it refuses root. @returns {Owner} */
function databaseOwner() {
  if (process.getuid?.() !== 0) return {};
  /** @param {string} option */
  const id = (option) => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** @param {string} bin @param {Owner} owner @param {string} cwd @param {string} tool @param {string[]} args */
function run(bin, owner, cwd, tool, args) {
  return execFileSync(join(bin, tool), args, { ...owner, cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

/** The folder of the newest PostgreSQL's programs. */
function findBin() {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const candidates = [...versions.map((version) => join(DEBIAN, version, 'bin')), ...(process.env['PATH'] ?? '').split(':')];
  const bin = candidates.find((folder) => existsSync(join(folder, 'initdb')));
  if (bin === undefined) throw new Error(`no PostgreSQL under ${DEBIAN} or in the PATH: install it, as by apt-get install postgresql`);
  return bin;
}
