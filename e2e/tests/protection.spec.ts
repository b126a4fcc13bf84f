import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, request as overTls } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { createSession } from '@chorale/client';
import { WebSocket } from 'ws';
import { test } from '../support/fixtures.js';
import { ChoraleServer, freePort } from '../support/server.js';

const FRIEND = 'https://tools.example.org';
const STRANGER = 'https://evil.example';
const TRY_AGAIN_LATER = 1013;
const GUEST = { name: 'Ana', color: '#336699', secret: 'kept-by-ana-alone-0123' };
/** Accepts what only the server itself has signed. */
const ANY_CERTIFICATE = new Agent({ rejectUnauthorized: false });

interface Frame {
  readonly type: string;
  readonly problem?: { readonly type: string; readonly retryAfter?: number };
  readonly self?: { readonly participantId: string };
  readonly text?: string;
}

/** A socket that has said what it is told to say. */
class Knock {
  readonly closed: Promise<number>;
  readonly #unread: Frame[] = [];
  #news = (): void => undefined;

  private constructor(readonly socket: WebSocket) {
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('message', (data: Buffer) => {
      this.#unread.push(JSON.parse(data.toString('utf8')) as Frame);
      this.#news();
    });
  }

  static async hello(url: string, sessionId: string, hello: Record<string, unknown>): Promise<Knock> {
    const knock = new Knock(new WebSocket(`${url.replace('http', 'ws')}/ws/v1/sessions/${sessionId}`, 'chorale.v1'));
    await new Promise((resolve, reject) => knock.socket.once('open', resolve).once('error', reject));
    knock.send({ type: 'hello', guest: GUEST, clientId: 'c1', ...hello });
    return knock;
  }

  send(frame: Record<string, unknown>): void {
    this.socket.send(JSON.stringify(frame));
  }

  /** The next frame of one of these types; others are passed over. */
  async next(...types: string[]): Promise<Frame> {
    for (;;) {
      const frame = this.#unread.shift();
      if (frame && types.includes(frame.type)) return frame;
      if (!frame) await new Promise<void>((resolve) => (this.#news = resolve));
    }
  }
}

/** How a handshake is answered. */
function handshake(url: string, origin: string): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${url}/ws/v1/sessions/none`, 'chorale.v1', { origin, rejectUnauthorized: false });
    socket.once('open', () => {
      resolve(101);
      socket.close();
    });
    socket.once('unexpected-response', (_, { statusCode }) => resolve(statusCode ?? 0));
    socket.on('error', () => undefined);
  });
}

/** The headers of an answer that came over TLS. */
function headersOverTls(port: number, path: string): Promise<Readonly<Record<string, unknown>>> {
  return new Promise((resolve, reject) => {
    overTls({ port, path, host: 'localhost', agent: ANY_CERTIFICATE }, (answer) => {
      answer.resume();
      resolve(answer.headers);
    })
      .once('error', reject)
      .end();
  });
}

test.describe('a server that knows how much is too much', () => {
  test.describe.configure({ mode: 'serial' });

  let server: ChoraleServer;
  let secrets: string;
  let tlsPort: number;

  test.beforeAll(async () => {
    secrets = await mkdtemp(join(tmpdir(), 'chorale-e2e-secrets-'));
    await writeFile(join(secrets, 'chorale.tls.keystore-password'), 'kept in a file');
    await writeFile(join(secrets, 'chorale.allowed-origins'), FRIEND);
    tlsPort = await freePort();
    server = await ChoraleServer.start({
      environment: {
        VARIABLE_SOURCE_DIRS: secrets,
        CHORALE_TLS: 'on',
        CHORALE_HTTPS_PORT: String(tlsPort),
        CHORALE_RATE_JOINS: '3',
        CHORALE_RATE_JOINS_GRACE: 'PT0S',
        CHORALE_RATE_SESSIONS: '2',
        CHORALE_RATE_UPLOADS: '1',
        CHORALE_RATE_WRITES: '12',
        CHORALE_RATE_FRAMES: '20',
        CHORALE_SESSION_SEAT_TIMEOUT: 'PT1S',
      },
    });
  });

  test.afterAll(async () => {
    await server.dispose();
    await rm(secrets, { recursive: true, force: true });
  });

  test('[LIM-1] [LIM-3] [LIM-4] [LIM-5] what comes too often is told when again, and others do not notice', async () => {
    const { sessionId } = await createSession(server.url, { name: 'Rush', kind: 'scene' });
    const api = `${server.url}/api/v1/sessions`;
    const json = { 'Content-Type': 'application/json' };

    await test.step('joins are counted, returns are not', async () => {
      const ana = await Knock.hello(server.url, sessionId, {});
      const seat = (await ana.next('welcome')).self?.participantId;
      ana.socket.terminate();
      await ana.closed;
      const reloaded = await Knock.hello(server.url, sessionId, { clientId: 'c2', seat });
      expect((await reloaded.next('welcome')).self?.participantId).toBe(seat);
      reloaded.socket.close(1000);
      await reloaded.closed;
      const watcher = await Knock.hello(server.url, sessionId, { guest: { ...GUEST, secret: 'kept-by-ben-alone-0123' } });
      await watcher.next('welcome');
      const again = await Knock.hello(server.url, sessionId, { clientId: 'c2', revision: 0 });
      await again.next('welcome');
      const made = await Knock.hello(server.url, sessionId, { guest: { ...GUEST, secret: 'kept-by-eve-alone-0123' }, seat });
      await made.next('welcome');

      for (const claim of [{}, { seat }, { revision: 0 }]) {
        const eve = await Knock.hello(server.url, sessionId, { guest: { name: 'Eve', color: '#000000' }, clientId: 'e', ...claim });
        const { problem } = await eve.next('error', 'welcome');
        expect(problem?.type).toBe('urn:chorale:problem:too-many-requests');
        expect(problem?.retryAfter).toBeGreaterThan(0);
        expect(problem?.retryAfter).toBeLessThanOrEqual(20);
        expect(await eve.closed).toBe(TRY_AGAIN_LATER);
      }

      await test.step('frames are counted for each user', async () => {
        for (let i = 0; i < 30; i += 1) again.send({ type: 'chat', text: `spam ${i}` });
        expect((await again.next('error')).problem?.type).toBe('urn:chorale:problem:too-many-requests');
        const operations = [{ op: 'create', id: 'a', elementType: 'box', parent: null }];
        again.send({ type: 'submit', changes: [{ changeId: 'c2:1', baseRevision: 0, seenRevision: 0, operations }] });
        const refused = await again.next('refused', 'accepted');
        expect(refused.problem?.type).toBe('urn:chorale:problem:too-many-requests');
        expect(refused.problem?.retryAfter).toBeGreaterThan(0);
        watcher.send({ type: 'chat', text: 'in peace' });
        while ((await watcher.next('chat')).text !== 'in peace');
      });
      for (const { socket } of [watcher, again, made]) socket.close();
    });

    await test.step('new sessions, uploads and other calls are counted', async () => {
      const start = (): Promise<Response> => fetch(api, { method: 'POST', headers: json, body: '{"name": "More", "kind": "scene"}' });
      expect((await start()).status).toBe(201);
      const refused = await start();
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
      expect(await refused.json()).toMatchObject({ type: 'urn:chorale:problem:too-many-requests' });

      const upload = (): Promise<Response> =>
        fetch(`${api}/${sessionId}/assets`, {
          method: 'POST',
          headers: { 'Content-Type': 'image/png', 'Chorale-Guest': JSON.stringify(GUEST) },
          body: 'no image',
        });
      expect((await upload()).status).toBe(422);
      expect((await upload()).status).toBe(429);

      const statuses: number[] = [];
      for (let i = 0; i < 10; i += 1) {
        const body = JSON.stringify({ guest: GUEST, text: `call ${i}` });
        statuses.push((await fetch(`${api}/${sessionId}/chat`, { method: 'POST', headers: json, body })).status);
      }
      expect(statuses[0]).toBe(201);
      expect(statuses.at(-1)).toBe(429);
      expect((await fetch(`${api}/${sessionId}/chat`)).status, 'reading').toBe(200);
    });
  });

  test('[ORG-1] [ORG-2] pages of strange sites neither call nor connect, and TLS is a matter of a port', async () => {
    const sessions = `${server.url}/api/v1/sessions`;
    const preflight = (origin: string): Promise<Response> =>
      fetch(sessions, { method: 'OPTIONS', headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' } });

    await test.step('calls', async () => {
      for (const origin of [STRANGER, 'null', `${FRIEND}.evil.example`, `${server.url}0`, 'https://tools.example.org:444']) {
        const asked = await preflight(origin);
        expect([origin, asked.status, asked.headers.get('Access-Control-Allow-Origin')]).toEqual([origin, 403, null]);
        const acted = await fetch(sessions, { method: 'POST', headers: { Origin: origin, 'Content-Type': 'text/plain' }, body: '{}' });
        expect(await acted.json()).toMatchObject({ type: 'urn:chorale:problem:forbidden' });
        const read = await fetch(sessions, { headers: { Origin: origin } });
        expect([read.status, read.headers.get('Access-Control-Allow-Origin')]).toEqual([200, null]);
      }
      const asked = await preflight(FRIEND);
      expect([asked.status, asked.headers.get('Access-Control-Allow-Origin'), asked.headers.get('Vary')]).toEqual([
        204,
        FRIEND,
        expect.stringContaining('Origin'),
      ]);
      expect(asked.headers.get('Access-Control-Allow-Headers')).toContain('Authorization');
      expect((await fetch(sessions, { headers: { Origin: FRIEND } })).headers.get('Access-Control-Allow-Origin')).toBe(FRIEND);
    });

    await test.step('sockets, with TLS and without', async () => {
      for (const url of [`ws://localhost:${server.port}`, `wss://localhost:${tlsPort}`]) {
        expect([url, await handshake(url, STRANGER)]).toEqual([url, 403]);
        expect([url, await handshake(url, FRIEND)]).toEqual([url, 101]);
        expect([url, await handshake(url, url.replace('ws', 'http'))]).toEqual([url, 101]);
      }
    });

    await test.step('headers', async () => {
      const page = await fetch(`${server.url}/s/0123456789`);
      const policy = page.headers.get('Content-Security-Policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toMatch(/script-src 'self'( 'wasm-unsafe-eval')?;/);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe-inline');
      expect(page.headers.get('Referrer-Policy')).toBe('same-origin');
      expect(page.headers.get('Permissions-Policy')).toContain('camera=()');
      expect(page.headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(page.headers.get('Strict-Transport-Security')).toBeNull();
      for (const path of ['/', '/api/v1/sessions']) {
        expect((await headersOverTls(tlsPort, path))['strict-transport-security']).toBe('max-age=31536000');
      }
      for (const path of ['/', '/api/v1/sessions', '/health/ready']) {
        const visited = await fetch(server.url + path, { headers: { Cookie: 'JSESSIONID=chosen-by-somebody-else' } });
        expect([path, visited.headers.get('Set-Cookie')], 'nothing is kept under a name that others know').toEqual([path, null]);
      }
      const answer = await fetch(sessions);
      expect(answer.headers.get('Content-Security-Policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    });
  });
});
