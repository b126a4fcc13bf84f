import { expect } from '@playwright/test';
import { isProblem, ProblemError, readSession } from '@chorale/client';
import { join, newSession, until } from '../support/clients.js';
import { note, test } from '../support/fixtures.js';
import { RawSocket } from '../support/rawSocket.js';

const STOPS_WITHIN_MS = 5_000;
const GOING_AWAY = 1001;

test('/health/ready says that the server takes work', async ({ server }) => {
  const answer = await fetch(`${server.url}/health/ready`);

  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ status: 'UP' });
});

test('the line at the terminal tells where the server is', ({ server }) => {
  expect(server.log).toContain(`Chorale is ready: ${server.url}/`);
});

for (const { signal, code } of [
  { signal: 'SIGINT', code: 130 },
  { signal: 'SIGTERM', code: 143 },
] as const) {
  test(`[CON-8] ${signal} ends the server soon, and everybody is told that it comes back`, async ({ newServer }) => {
    const server = await newServer();
    await server.start();
    const sessionId = await newSession(server);
    const ada = await RawSocket.hello(server, sessionId);
    await ada.next('welcome');
    const ben = join(server, sessionId, 'Ben');
    await ben.ready();

    const stopped = await server.stop(signal);

    note('stopped', `${Math.round(stopped.milliseconds)} ms after ${signal}`);
    expect(stopped).toMatchObject({ code, signal: null });
    expect(stopped.milliseconds).toBeLessThan(STOPS_WITHIN_MS);
    expect(await ada.next('bye')).toMatchObject({ reason: 'draining', reconnect: true, retryAfter: expect.any(Number) });
    expect(await ada.closed).toBe(GOING_AWAY);
    await until(ben, ({ state }) => state === 'offline');
    ben.close();
  });
}

test('clients come back by themselves to a server that is started again, with what they did meanwhile', async ({ newServer }) => {
  const server = await newServer();
  await server.start();
  const first = server.startedInMs;
  const sessionId = await newSession(server);
  const [ada, ben] = [join(server, sessionId, 'Ada'), join(server, sessionId, 'Ben')];
  await Promise.all([ada.ready(), ben.ready()]);
  ada.edit([{ op: 'create', id: 'before', elementType: 'box', parent: null }]);
  await Promise.all([ada, ben].map((session) => until(session, ({ document }) => document.live('before'))));
  await ada.idle();

  await server.stop();
  await until(ada, ({ state }) => state === 'offline');
  ada.edit([{ op: 'create', id: 'meanwhile', elementType: 'sphere', parent: null }]);
  await server.start();

  note('first start', `${Math.round(first)} ms`);
  note('second start', `${Math.round(server.startedInMs)} ms`);
  await ada.idle();
  await until(ben, ({ document }) => document.live('before') && document.live('meanwhile'));
  ada.close();
  ben.close();
});

test('two servers run side by side and know nothing of each other', async ({ server, newServer }) => {
  const other = await newServer();
  await other.start();

  const sessionId = await newSession(other);

  expect((await readSession(other.url, sessionId)).name).toBe('End to end');
  const elsewhere = await readSession(server.url, sessionId).catch((failure: unknown) => failure);
  expect(elsewhere instanceof ProblemError && isProblem(elsewhere.problem, 'session-not-found')).toBe(true);
});

test('a second server on the same data folder refuses to start and says why', async ({ server, newServer }) => {
  const second = await newServer({ dataDir: server.dataDir });

  const exit = await second.startAndEnd();

  expect(exit.code).toBe(1);
  expect(second.log).toContain('already running');
  expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
});

test('a server whose port is taken does not say that it is ready, but what is wrong', async ({ server, newServer }) => {
  const second = await newServer({ port: server.port });

  const exit = await second.startAndEnd();

  expect(exit.code).toBe(1);
  expect(second.log).toContain(`port ${server.port} belongs to another process`);
  expect(second.log).not.toContain('Chorale is ready');
});
