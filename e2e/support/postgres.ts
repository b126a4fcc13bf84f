import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './server.js';

const DEBIAN = '/usr/lib/postgresql';
const USER = 'chorale';
const READY = 'database system is ready to accept connections';
const START_MS = 30_000;

/** The programs of the newest PostgreSQL that is installed here: the server's and `pg_dump` of the same version. */
export function postgresPrograms(): string | undefined {
  if (!existsSync(DEBIAN)) return undefined;
  const versions = readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a));
  const folders = versions.map((version) => join(DEBIAN, version, 'bin'));
  return folders.find((bin) => ['initdb', 'postgres', 'pg_dump'].every((program) => existsSync(join(bin, program))));
}

/** A PostgreSQL of the test's own, in a folder that goes with it. */
export class Postgres {
  private constructor(
    readonly programs: string,
    readonly port: number,
    private readonly folder: string,
    private readonly process: ChildProcess,
  ) {}

  static async start(): Promise<Postgres> {
    const programs = postgresPrograms();
    if (programs === undefined) throw new Error('there is no PostgreSQL: apt-get install postgresql');
    const owner = databaseOwner();
    const folder = mkdtempSync(join(tmpdir(), 'chorale-pg-'));
    if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid ?? owner.uid);
    const data = join(folder, 'data');
    const initdb = ['-D', data, '-U', USER, '-A', 'trust', '--locale=C.UTF-8', '-E', 'UTF8', '--no-sync'];
    execFileSync(join(programs, 'initdb'), initdb, { ...owner, cwd: folder, stdio: 'pipe' });
    const port = await freePort();
    const settings = ["listen_addresses = '127.0.0.1'", `port = ${port}`, `unix_socket_directories = '${folder}'`];
    appendFileSync(join(data, 'postgresql.conf'), `\n${settings.join('\n')}\n`);
    const env = { PATH: process.env['PATH'], LC_ALL: 'C' };
    const child = spawn(join(programs, 'postgres'), ['-D', data], { ...owner, cwd: folder, env });
    const postgres = new Postgres(programs, port, folder, child);
    let log = '';
    await new Promise<void>((ready, failed) => {
      const timer = setTimeout(() => failed(new Error(`PostgreSQL is not ready\n${log}`)), START_MS);
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        log += text;
        if (!log.includes(READY)) return;
        clearTimeout(timer);
        ready();
      });
    });
    return postgres;
  }

  createDatabase(name: string): void {
    this.query(`create database ${name}`, 'postgres');
  }

  query(sql: string, database = USER): string {
    const connection = ['-h', '127.0.0.1', '-p', String(this.port), '-U', USER, '-d', database];
    const args = [...connection, '-v', 'ON_ERROR_STOP=1', '-Atc', sql];
    return execFileSync(join(this.programs, 'psql'), args, { encoding: 'utf8' }).trim();
  }

  /** What a server and `bin/chorale` are told to work with a database of it. */
  environment(database: string): Readonly<Record<string, string>> {
    return {
      CHORALE_DB_URL: `jdbc:postgresql://127.0.0.1:${this.port}/${database}?sslmode=disable&tcpKeepAlive=true`,
      CHORALE_DB_USER: USER,
      PATH: `${this.programs}:${process.env['PATH'] ?? ''}`,
    };
  }

  async dispose(): Promise<void> {
    const ended = new Promise((end) => this.process.once('exit', end));
    this.process.kill('SIGINT');
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Who PostgreSQL runs as: it refuses root. */
function databaseOwner(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (option: string): number => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
