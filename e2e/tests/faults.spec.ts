import { statSync } from 'node:fs';
import { join as path } from 'node:path';
import { isProblem, type Participant, type Session } from '@chorale/client';
import { expect } from '@playwright/test';
import { canonical, join, newSession, until } from '../support/clients.js';
import { note, test } from '../support/fixtures.js';
import { pick, seeded } from '../support/random.js';
import { readLog } from '../support/rawSocket.js';
import { ChoraleServer } from '../support/server.js';
import { SilentNetwork } from '../support/silentNetwork.js';
import { Writer } from '../support/writer.js';

test.describe('a network that goes silent', () => {
  const HEARTBEAT_SECONDS = 1;
  const SEAT_SECONDS = 2;
  let server: ChoraleServer;
  let network: SilentNetwork;
  test.beforeAll(async () => {
    const environment = {
      CHORALE_CONNECTION_HEARTBEAT: `PT${HEARTBEAT_SECONDS}S`,
      CHORALE_SESSION_SEAT_TIMEOUT: `PT${SEAT_SECONDS}S`,
    };
    server = await ChoraleServer.start({ environment });
    network = await SilentNetwork.before(server);
  });
  test.afterAll(async () => {
    network.close();
    await server.dispose();
  });

  test('[CON-5] [HEL-8] ends a connection after three heartbeats; its seat waits, then is given up', async () => {
    const sessionId = await newSession(server);
    const [ada, ben] = [join(network, sessionId, 'Ada'), join(server, sessionId, 'Ben')];
    await Promise.all([ada.ready(), ben.ready()]);
    await until(ben, () => statusOf(ben, 'Ada') === 'ONLINE');

    network.goSilent();
    const silentAt = performance.now();
    ada.edit([{ op: 'create', id: 'meanwhile', elementType: 'box', parent: null }]);
    await until(ben, () => statusOf(ben, 'Ada') === 'OFFLINE');
    const offlineAfter = performance.now() - silentAt;
    await until(ben, () => statusOf(ben, 'Ada') === undefined);
    const leftAfter = performance.now() - silentAt;
    expect(offlineAfter).toBeGreaterThan((2 * HEARTBEAT_SECONDS) * 1000);
    expect(leftAfter - offlineAfter).toBeGreaterThan((SEAT_SECONDS - 0.5) * 1000);
    expect(ben.document.live('meanwhile'), 'what the network kept').toBe(false);

    network.comeBack();
    await until(ben, ({ document }) => document.live('meanwhile'));
    expect(statusOf(ben, 'Ada')).toBeDefined();
    ada.close();
    ben.close();
    note('silent', `OFFLINE after ${Math.round(offlineAfter)} ms, left after ${Math.round(leftAfter)} ms`);
  });
});

function statusOf(observer: Session, name: string): Participant['status'] | undefined {
  return [...observer.participants.values()].find((participant) => participant.name === name)?.status;
}

test.describe('a disk that is full', () => {
  const ROOM = 20_000;
  let server: ChoraleServer;
  test.beforeAll(async () => {
    server = await ChoraleServer.start();
  });
  test.afterAll(async () => {
    await server.dispose();
  });

  for (const seed of [3]) {
    test(`[SUB-1] [SUB-9] refuses clearly, loses nothing acknowledged, and goes on by itself (seed ${seed})`, async () => {
      const random = seeded(seed);
      const sessionId = await newSession(server);
      const people = ['Ada', 'Ben', 'Cleo'].map((name) => new Sufferer(join(server, sessionId, name), random));
      for (const { writer } of people) writer.write();
      await until(pick(random, people).writer.session, ({ document }) => document.revision > 30);

      server.limitFiles(databaseLog(server) + ROOM);
      await Promise.race(people.map(({ refused }) => refused));
      await expect.poll(() => server.log).toContain('the embedded database cannot write its files');
      expect(server.log).toContain(path(server.dataDir, 'database'));
      const refusedAt = Math.max(...people.map(({ writer }) => writer.session.document.revision));
      server.limitFiles('unlimited');
      await Promise.all(people.map(({ writer }) => until(writer.session, ({ document }) => document.revision > refusedAt + 30)));
      await expect.poll(async () => (await fetch(`${server.url}/health/ready`)).status).toBe(200);

      for (const person of people) person.forget();
      server.limitFiles(databaseLog(server) + ROOM);
      await Promise.race(people.map(({ refused }) => refused));
      await server.kill();
      const acknowledged = people.flatMap(({ writer }) => [...writer.acknowledged]);
      await server.start();
      const stored = new Map((await readLog(server, sessionId)).map(({ changeId, revision }) => [changeId, revision]));
      const lost = acknowledged.filter(([changeId, revision]) => stored.get(changeId) !== revision);
      expect(lost, 'acknowledged and not there').toEqual([]);

      for (const { writer } of people) writer.stop();
      await Promise.all(people.map(({ writer }) => writer.session.idle()));
      const log = await readLog(server, sessionId);
      expect(log.map(({ revision }) => revision)).toEqual(log.map((_, index) => index + 1));
      expect(new Set(log.map(({ changeId }) => changeId)).size, 'different change ids').toBe(log.length);
      for (const { writer } of people) {
        expect(writer.refused).toEqual([]);
        await until(writer.session, ({ document }) => document.revision === log.length);
        expect(canonical(writer.session.document)).toBe(canonical(people[0]?.writer.session.document ?? fail()));
      }
      for (const { writer } of people) writer.session.close();
      note('full', `${acknowledged.length} acknowledged before the kill, ${log.length} in the end`);
    });
  }
});

/** Somebody who writes without an end, and is told that nothing can be stored. */
class Sufferer {
  readonly writer: Writer;
  refused: Promise<void>;
  #tell: () => void = () => undefined;

  constructor(session: Session, random: () => number) {
    this.writer = new Writer(session, Number.POSITIVE_INFINITY, seeded(random() * 2 ** 32), () => undefined);
    this.refused = this.#next();
    session.on('problem', (problem) => {
      if (isProblem(problem, 'storage-unavailable')) this.#tell();
    });
  }

  /** Waits for the next refusal. */
  forget(): void {
    this.refused = this.#next();
  }

  #next(): Promise<void> {
    return new Promise((resolve) => (this.#tell = resolve));
  }
}

function fail(): never {
  throw new Error('nobody is there');
}

/** How much the database has written since it last began a new log. */
function databaseLog(server: ChoraleServer): number {
  return statSync(path(server.dataDir, 'database/chorale.log')).size;
}
