import type { CommittedChange } from '@chorale/client';
import { expect } from '@playwright/test';
import { canonical, join, newSession, until } from '../support/clients.js';
import { note, test } from '../support/fixtures.js';
import { seeded } from '../support/random.js';
import { readLog } from '../support/rawSocket.js';
import { ChoraleServer } from '../support/server.js';
import { Writer } from '../support/writer.js';

const CHANGES = 500;

test.describe('a server that is killed while people edit', () => {
  let server: ChoraleServer;
  test.beforeAll(async () => {
    server = await ChoraleServer.start();
  });
  test.afterAll(async () => {
    await server.dispose();
  });

  for (const { seed, people, kills } of [
    { seed: 41, people: ['Ada', 'Ben', 'Cleo', 'Dan', 'Eva'], kills: 3 },
  ]) {
    const title = `${people.length} clients, killed ${kills} times (seed ${seed})`;
    test(`[SUB-1] [SUB-2] [RES-1] [RES-4] loses nothing acknowledged and stores nothing twice: ${title}`, async () => {
      test.setTimeout((kills + 1) * 60_000);
      const random = seeded(seed);
      const sessionId = await newSession(server);
      const killer = new Killer(server);
      const each = CHANGES / people.length;
      const writers = people.map(
        (name) =>
          new Writer(join(server, sessionId, name), each, seeded(random() * 2 ** 32), () => {
            killer.count();
          }),
      );
      const share = CHANGES / (kills + 1);
      for (const writer of writers) writer.write();

      for (let kill = 0; kill < kills; kill += 1) {
        const killAt = Math.floor((kill + 0.5 + random() / 2) * share);
        await killer.at(killAt);
        const unanswered = writers.flatMap(({ made, acknowledged }) => [...made].filter((id) => !acknowledged.has(id)));
        const acknowledged = writers.flatMap((writer) => [...writer.acknowledged]);
        await server.start();
        const survived = revisions(await readLog(server, sessionId));
        for (const [changeId, revision] of acknowledged) {
          expect(survived.get(changeId), `${changeId}, acknowledged before kill ${kill + 1}`).toBe(revision);
        }
        const storedUntold = unanswered.filter((changeId) => survived.has(changeId));
        note('killed', `at ${killAt} of ${CHANGES}: ${unanswered.length} unanswered, ${storedUntold.length} of them seen`);
      }

      const readyAt = performance.now();
      await Promise.all(writers.map(({ finished }) => finished));
      note('finished', `${Math.round(performance.now() - readyAt)} ms after the server was last ready again`);
      const log = await readLog(server, sessionId);
      expect(log.map(({ revision }) => revision)).toEqual(Array.from({ length: CHANGES }, (_, index) => index + 1));
      expect(new Set(log.map(({ changeId }) => changeId)).size, 'different change ids').toBe(CHANGES);
      const stored = revisions(log);
      for (const writer of writers) {
        expect(writer.refused).toEqual([]);
        for (const [changeId, revision] of writer.acknowledged) {
          expect(stored.get(changeId), `revision of ${changeId}`).toBe(revision);
        }
      }

      const newcomer = join(server, sessionId, 'Newcomer');
      await newcomer.ready();
      for (const { session } of writers) {
        await until(session, ({ document, pendingChanges }) => document.revision === CHANGES && pendingChanges === 0);
        expect(canonical(session.document)).toBe(canonical(newcomer.document));
        session.close();
      }
      newcomer.close();
    });
  }
});

function revisions(log: readonly CommittedChange[]): ReadonlyMap<string, number> {
  return new Map(log.map(({ changeId, revision }) => [changeId, revision]));
}

/** Kills the server the moment that it has acknowledged so many changes. */
class Killer {
  #seen = 0;
  #due: { readonly at: number; readonly act: () => void } | undefined;

  constructor(private readonly server: ChoraleServer) {}

  /** One more was acknowledged. */
  count(): void {
    this.#seen += 1;
    if (this.#due !== undefined && this.#seen >= this.#due.at) {
      const { act } = this.#due;
      this.#due = undefined;
      act();
    }
  }

  /** Resolves when the process is gone. */
  at(count: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const act = (): void => {
        this.server.kill().then(resolve, reject);
      };
      if (this.#seen >= count) act();
      else this.#due = { at: count, act };
    });
  }
}
