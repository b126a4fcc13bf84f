import { expect } from '@playwright/test';
import { isProblem, ProblemError, readSession } from '@chorale/client';
import { join, newSession, until } from '../support/clients.js';
import { note, test } from '../support/fixtures.js';
import { RawSocket } from '../support/rawSocket.js';
import { ChoraleServer } from '../support/server.js';

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

test.describe('a server of its own', () => {
  let own: ChoraleServer;
  test.beforeAll(async () => {
    own = await ChoraleServer.start();
  });
  test.afterAll(async () => {
    await own.dispose();
  });

  test('runs beside another one, and neither knows what is in the other', async ({ server }) => {
    const sessionId = await newSession(own);

    expect((await readSession(own.url, sessionId)).name).toBe('End to end');
    const elsewhere = await readSession(server.url, sessionId).catch((failure: unknown) => failure);
    expect(elsewhere instanceof ProblemError && isProblem(elsewhere.problem, 'session-not-found')).toBe(true);
  });

  test('[CON-8] stops soon on SIGINT and says that it comes back, and everybody comes back to it', async () => {
    const sessionId = await newSession(own);
    const raw = await RawSocket.hello(own, sessionId);
    await raw.next('welcome');
    const [ada, ben] = [join(own, sessionId, 'Ada'), join(own, sessionId, 'Ben')];
    await Promise.all([ada.ready(), ben.ready()]);
    ada.edit([{ op: 'create', id: 'before', elementType: 'box', parent: null }]);
    await Promise.all([ada, ben].map((session) => until(session, ({ document }) => document.revision === 1)));
    const earlierStart = own.startedInMs;

    const stopped = await own.stop('SIGINT');

    expect(stopped).toMatchObject({ code: 130, signal: null });
    expect(stopped.milliseconds).toBeLessThan(STOPS_WITHIN_MS);
    expect(await raw.next('bye')).toMatchObject({ reason: 'draining', reconnect: true, retryAfter: expect.any(Number) });
    expect(await raw.closed).toBe(GOING_AWAY);

    await until(ada, ({ state }) => state === 'offline');
    ada.edit([{ op: 'create', id: 'meanwhile', elementType: 'sphere', parent: null }]);
    await own.start();
    await ada.idle();
    await until(ben, ({ document }) => document.live('before') && document.live('meanwhile'));
    ada.close();
    ben.close();

    note('stopped', `${Math.round(stopped.milliseconds)} ms after SIGINT`);
    note('started', `in ${Math.round(earlierStart)} ms, again in ${Math.round(own.startedInMs)} ms`);
  });
});

test('a second server on the same data folder refuses to start and says why', async ({ server, newServer }) => {
  const second = await newServer({ dataDir: server.dataDir });

  const exit = await second.startAndEnd();

  expect(exit.code).toBe(1);
  expect(second.log).toContain(`already runs on ${server.dataDir}`);
  expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
});

test('a server whose port is taken does not say that it is ready, but what is wrong', async ({ server, newServer }) => {
  const second = await newServer({ port: server.port });

  const exit = await second.startAndEnd();

  expect(exit.code).toBe(1);
  expect(second.log).toContain(`port ${server.port} belongs to another process`);
  expect(second.log).not.toContain('Chorale is ready');
});
