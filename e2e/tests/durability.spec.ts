import type { CommittedChange } from '@chorale/client';
import { expect } from '@playwright/test';
import { canonical, join, newSession, until } from '../support/clients.js';
import { note, test } from '../support/fixtures.js';
import { seeded } from '../support/random.js';
import { readLog } from '../support/rawSocket.js';
import { ChoraleServer } from '../support/server.js';
import { Writer } from '../support/writer.js';

const CHANGES_EACH = 250;
const CHANGES = 2 * CHANGES_EACH;

test.describe('a server that is killed while two clients edit', () => {
  let server: ChoraleServer;
  test.beforeAll(async () => {
    server = await ChoraleServer.start();
  });
  test.afterAll(async () => {
    await server.dispose();
  });

  for (const seed of [2, 41]) {
    test(`[SUB-1] [SUB-2] [RES-1] [RES-4] loses nothing acknowledged and stores nothing twice (seed ${seed})`, async () => {
      const random = seeded(seed);
      const killAt = 200 + Math.floor(random() * 100);
      const sessionId = await newSession(server);
      const { killed, onAcknowledged } = killedAfter(killAt, server);
      const writers = ['Ada', 'Ben'].map(
        (name) => new Writer(join(server, sessionId, name), CHANGES_EACH, seeded(random() * 2 ** 32), onAcknowledged),
      );
      for (const writer of writers) writer.write();

      await killed;
      const unanswered = writers.flatMap(({ made, acknowledged }) => [...made].filter((id) => !acknowledged.has(id)));
      const acknowledged = writers.flatMap((writer) => [...writer.acknowledged]);
      await server.start();
      const readyAt = performance.now();
      const survived = revisions(await readLog(server, sessionId));
      for (const [changeId, revision] of acknowledged) {
        expect(survived.get(changeId), `${changeId}, acknowledged before the kill`).toBe(revision);
      }

      await Promise.all(writers.map(({ finished }) => finished));
      const finishedIn = Math.round(performance.now() - readyAt);
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

      const storedUntold = unanswered.filter((changeId) => survived.has(changeId));
      note('killed', `at ${killAt} of ${CHANGES}: ${unanswered.length} unanswered, ${storedUntold.length} of them stored`);
      note('finished', `${finishedIn} ms after the server was ready again`);
    });
  }
});

function revisions(log: readonly CommittedChange[]): ReadonlyMap<string, number> {
  return new Map(log.map(({ changeId, revision }) => [changeId, revision]));
}

/** Kills the server the moment that it has acknowledged so many changes. */
function killedAfter(count: number, server: ChoraleServer): { killed: Promise<void>; onAcknowledged: () => void } {
  let seen = 0;
  let onAcknowledged = (): void => undefined;
  const killed = new Promise<void>((resolve, reject) => {
    onAcknowledged = () => {
      seen += 1;
      if (seen === count) server.kill().then(resolve, reject);
    };
  });
  return { killed, onAcknowledged };
}
