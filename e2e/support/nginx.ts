import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from './server.js';

const CONFIGURATION = resolve(import.meta.dirname, '../../deploy/nginx/chorale.conf');
const PROGRAMS = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/opt/homebrew/bin/nginx'];
const START_MS = 10_000;

/** Whether there is an nginx to be tested with. */
export function nginxProgram(): string | undefined {
  return PROGRAMS.find((program) => spawnSync(program, ['-v']).status === 0);
}

/** What operators install, with other addresses. */
export interface NginxOptions {
  /** `host:port` of each node. */
  readonly nodes: readonly string[];
  /** Certificate and key: the lines of TLS are used. */
  readonly tls?: { readonly certificate: string; readonly key: string };
}

/** A real nginx with `deploy/nginx/chorale.conf` on a port of its own. */
export class Nginx {
  readonly #folder = mkdtempSync(join(tmpdir(), 'chorale-nginx-'));
  #process: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    private readonly program: string,
    site: string,
  ) {
    writeFileSync(join(this.#folder, 'chorale.conf'), site);
    writeFileSync(join(this.#folder, 'nginx.conf'), around(this.#folder));
  }

  static async create(options: NginxOptions): Promise<Nginx> {
    const program = nginxProgram();
    if (program === undefined) throw new Error('there is no nginx: apt-get install nginx-light');
    const port = await freePort();
    return new Nginx(port, program, substituted(readFileSync(CONFIGURATION, 'utf8'), port, options));
  }

  static async start(options: NginxOptions): Promise<Nginx> {
    const nginx = await Nginx.create(options);
    await nginx.start();
    return nginx;
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** What nginx says of the configuration; empty where it takes it. */
  check(): string {
    const { status, stderr } = spawnSync(this.program, [...this.#arguments(), '-t'], { encoding: 'utf8' });
    return status === 0 ? '' : stderr;
  }

  async start(): Promise<void> {
    const child = spawn(this.program, [...this.#arguments(), '-g', 'daemon off;'], { stdio: 'inherit' });
    this.#process = child;
    const deadline = performance.now() + START_MS;
    while (!(await answers(this.url))) {
      if (child.exitCode !== null || performance.now() > deadline) {
        throw new Error(`nginx does not start: ${this.check()}`);
      }
      await new Promise((wait) => setTimeout(wait, 20));
    }
  }

  async dispose(): Promise<void> {
    const child = this.#process;
    if (child?.exitCode === null) {
      const ended = new Promise((end) => child.once('exit', end));
      child.kill('SIGTERM');
      await ended;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #arguments(): string[] {
    return ['-p', this.#folder, '-c', join(this.#folder, 'nginx.conf')];
  }
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/health`).then(
    () => true,
    () => false,
  );
}

/** The file as it is, but for ports, addresses and, where asked for, the remarks that TLS is behind. */
function substituted(text: string, port: number, { nodes, tls }: NginxOptions): string {
  const [first, ...others] = [...text.matchAll(/^ +server (chorale-\d+:9080) .*;\n/gm)];
  if (first === undefined) throw new Error('the upstream names no node');
  let site = text.replace(first[0], nodes.map((node) => first[0].replace(first[1] ?? '', node)).join(''));
  for (const other of others) site = site.replace(other[0], '');
  if (tls !== undefined) {
    site = site.replace(/^ +listen 80;\n/m, '').replace(/^( *)#(?! )/gm, '$1');
    site = site.replace(/\S+fullchain\.pem/, tls.certificate).replace(/\S+privkey\.pem/, tls.key);
    return site.replace('443 ssl', `${port} ssl`).replace('listen 80;', 'listen 127.0.0.1:0;');
  }
  return site.replace('listen 80;', `listen 127.0.0.1:${port};`);
}

/** What a distribution's own nginx.conf has around it, in a folder of the test. */
function around(folder: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const owner = process.getuid?.() === 0 ? 'user root;\n' : '';
  return `${owner}worker_processes 2;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log warn;
events { worker_connections 4096; }
http {
${temporary.map((each) => `    ${each}_temp_path ${folder}/${each};`).join('\n')}
    access_log off;
    include ${folder}/chorale.conf;
}
`;
}
