import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { WebSocket, WebSocketServer } from 'ws';
import { Nginx, nginxProgram } from '../support/nginx.js';

const MIB = 1024 * 1024;
const SESSIONS = Array.from({ length: 40 }, (_, i) => `S${String(i).padStart(9, '0')}`);

/** Stands for a node: says its name, or that it is stopping. */
class Node {
  readonly #server: Server;
  readonly #sockets = new WebSocketServer({ noServer: true });
  stopping = false;
  /** Of another version: it does not have the scripts that a page of the other node names. */
  older = false;
  headers: IncomingHttpHeaders = {};

  private constructor(readonly name: string) {
    this.#server = createServer((request, response) => {
      this.headers = request.headers;
      request.resume().on('end', () => {
        const missing = this.older && request.url?.startsWith('/assets/');
        response.writeHead(this.stopping ? 503 : missing ? 404 : 200, { 'Retry-After': '1' }).end(this.name);
      });
    });
    this.#server.on('upgrade', (request, socket, head) => {
      if (this.stopping) socket.end('HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n');
      else this.#sockets.handleUpgrade(request, socket, head, (open) => open.send(this.name));
    });
  }

  static async start(name: string): Promise<Node> {
    const node = new Node(name);
    await new Promise<void>((listening) => node.#server.listen(0, '127.0.0.1', listening));
    return node;
  }

  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }
}

/** What `deploy/nginx/chorale.conf` does, with the nginx that is installed here. */
test.describe('nginx', () => {
  test.skip(nginxProgram() === undefined, 'there is no nginx here: apt-get install nginx-light');

  let nodes: [Node, Node];
  let nginx: Nginx;
  test.beforeEach(async () => {
    nodes = [await Node.start('one'), await Node.start('two')];
    nginx = await Nginx.start({ nodes: nodes.map(({ address }) => address) });
  });
  test.afterEach(async () => {
    await nginx.dispose();
    await Promise.all(nodes.map((node) => node.stop().catch(() => undefined)));
  });

  const rest = async (session: string): Promise<string> => {
    const answer = await fetch(`${nginx.url}/api/v1/sessions/${session}/state`);
    expect(answer.status).toBe(200);
    return answer.text();
  };
  const socket = (session: string): Promise<string> =>
    new Promise((said, failed) => {
      const open = new WebSocket(`ws://localhost:${nginx.port}/ws/v1/sessions/${session}`);
      open.once('error', failed).once('message', (name) => {
        open.terminate();
        said(String(name));
      });
    });

  test('sends all that is about one session to one node, and sessions to both', async () => {
    const chosen = new Map<string, string>();
    for (const session of SESSIONS) chosen.set(session, await rest(session));

    expect(new Set(chosen.values())).toEqual(new Set(['one', 'two']));
    for (const session of SESSIONS) {
      expect(await socket(session)).toBe(chosen.get(session));
      expect(await rest(`${session}/branches/main`)).toBe(chosen.get(session));
    }
  });

  test('asks the other node where one is stopping, for sockets too', async () => {
    nodes[0].stopping = true;

    for (const session of SESSIONS) expect(await rest(session)).toBe('two');
    for (const session of SESSIONS) expect(await socket(session)).toBe('two');
  });

  test('does not ask twice for something that writes, but passes on when to come again', async () => {
    nodes[0].stopping = true;
    nodes[1].stopping = true;

    const answer = await fetch(`${nginx.url}/api/v1/sessions`, { method: 'POST', body: '{}' });

    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
  });

  test('works with one node down', async () => {
    await nodes[1].stop();

    for (const session of SESSIONS) expect(await rest(session)).toBe('one');
    for (const session of SESSIONS) expect(await socket(session)).toBe('one');
  });

  for (const older of [0, 1] as const) {
    test(`finds a script that node ${older + 1} does not have yet`, async () => {
      nodes[older].older = true;

      const answer = await fetch(`${nginx.url}/assets/index-1a2b3c.js`);

      expect([answer.status, await answer.text()]).toEqual([200, older === 0 ? 'two' : 'one']);
    });
  }

  test('tells nodes who asks, and lets nobody say so themselves', async () => {
    const lies = { 'X-Forwarded-For': '203.0.113.7', 'X-Forwarded-Proto': 'https' };
    await fetch(`${nginx.url}/api/v1/sessions/x`, { headers: lies });

    const headers = nodes.map((node) => node.headers).find((each) => each.host !== undefined);
    expect(headers).toMatchObject({
      host: `localhost:${nginx.port}`,
      'x-forwarded-for': expect.stringMatching(/^(127\.0\.0\.1|::1)$/),
      'x-forwarded-host': `localhost:${nginx.port}`,
      'x-forwarded-proto': 'http',
    });
  });

  test('lets the largest asset through, and nothing larger', async () => {
    const upload = async (bytes: number): Promise<number> =>
      (await fetch(`${nginx.url}/api/v1/sessions/x/assets`, { method: 'POST', body: new Uint8Array(bytes) })).status;

    expect(await upload(20 * MIB)).toBe(200);
    expect(await upload(20 * MIB + 1)).toBe(413);
  });

  test('keeps health and metrics for those who ask the nodes themselves', async () => {
    for (const path of ['/health', '/health/ready', '/metrics']) {
      expect((await fetch(nginx.url + path)).status).toBe(404);
    }
  });

  test('takes the lines for TLS as well', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chorale-tls-'));
    const [key, certificate] = [join(folder, 'privkey.pem'), join(folder, 'fullchain.pem')];
    const subject = ['-subj', '/CN=localhost', '-days', '1', '-nodes', '-newkey', 'rsa:2048'];
    execFileSync('openssl', ['req', '-x509', ...subject, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
    const secure = await Nginx.create({ nodes: nodes.map(({ address }) => address), tls: { certificate, key } });

    expect(secure.check()).toBe('');

    await secure.dispose();
    rmSync(folder, { recursive: true });
  });
});
