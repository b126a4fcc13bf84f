import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join as path } from 'node:path';
import { createSession } from '@chorale/client';
import { uploadAsset } from '@chorale/client/assets';
import { expect, test } from '@playwright/test';
import { join } from '../support/clients.js';
import { Distribution, type Ended, type Installed } from '../support/distribution.js';
import { note } from '../support/fixtures.js';
import { Postgres, postgresPrograms } from '../support/postgres.js';
import { seeded } from '../support/random.js';
import { Writer } from '../support/writer.js';

const CHANGES = 400;
/** Each starts three servers. */
const PATIENCE_MS = 360_000;
const LOOPBACK = String.raw`127\.0\.0\.1|::1|0:0:0:0:0:0:0:1`;
/** A PNG as far as anybody looks, and noise that nothing makes smaller. */
const BEGINNING = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const PICTURE = new Uint8Array(Buffer.concat([BEGINNING, randomBytes(700_000)]));

/** The tarball that operators install, by its own command. Runs after everything else that was built. */
test.describe('the tarball', () => {
  let distribution: Distribution;
  let postgres: Postgres | undefined;
  test.beforeAll(() => {
    distribution = Distribution.unpack();
  });
  test.afterAll(async () => {
    await distribution.dispose();
    await postgres?.dispose();
  });

  test('brings what it needs, and nothing that is secret', () => {
    const expected = ['LICENSE', 'NOTICE', 'conf/chorale.env.example', 'share/nginx/chorale.conf', 'lib/wlp/LICENSE'];
    for (const file of expected) {
      expect(existsSync(distribution.file(file)), file).toBe(true);
    }
    expect(existsSync(distribution.file('lib/server/servers/chorale/server.env'))).toBe(false);
  });

  test('runs for somebody without rights; what is backed up while people edit is restored as it was', async () => {
    test.setTimeout(PATIENCE_MS);
    const server = await distribution.newServer({ CHORALE_HTTP_TRUSTED_PROXIES: LOOPBACK, CHORALE_RATE_SESSIONS: '2' });
    expect(await server.command('status')).toMatchObject({ code: 3 });
    const start = await server.command('start');
    expect(start).toMatchObject({ code: 0, output: expect.stringContaining(`Chorale is ready: ${server.url}/`) });
    expect(await server.command('status')).toMatchObject({ code: 0 });
    expect(await server.command('start')).toMatchObject(refusal('already runs on'));

    const scene = await backedUpWhilePeopleEdit(server, 'backup.tar.gz');
    const other = await distribution.newServer();
    const file = path(server.dataDir, 'backup.tar.gz');
    expect(await other.command('restore', file)).toMatchObject({ code: 0 });
    expect(await other.command('restore', file)).toMatchObject(refusal('there is a database at'));
    await expectWholeAsItWas(server, scene, await other.command('verify', 'all'));

    // Behind a trusted proxy everybody has an allowance of their own.
    const from = async (address: string): Promise<number> =>
      (await newSession(server, { 'X-Forwarded-For': address })).status;
    expect([await from('203.0.113.1'), await from('203.0.113.1'), await from('203.0.113.1')]).toEqual([201, 201, 429]);
    expect(await from('203.0.113.2')).toBe(201);

    expect(await server.command('stop')).toMatchObject({ code: 0 });
    expect(await other.command('backup', 'offline.tar.gz')).toMatchObject({ code: 0 });
    expect(await other.command('backup', 'offline.tar.gz')).toMatchObject(refusal('is there already'));
  });

  test('backs a PostgreSQL up and restores it, and sees what somebody changed in it', async () => {
    test.setTimeout(PATIENCE_MS);
    test.skip(process.env['CHORALE_BACKUPS'] !== 'all', 'takes three servers more: CHORALE_BACKUPS=all');
    test.skip(postgresPrograms() === undefined, 'there is no PostgreSQL with pg_dump here: apt-get install postgresql');
    postgres = await Postgres.start();
    for (const database of ['chorale', 'restored']) postgres.createDatabase(database);
    const server = await distribution.newServer(postgres.environment('chorale'));
    expect(await server.command('start')).toMatchObject({ code: 0 });
    const scene = await backedUpWhilePeopleEdit(server, 'backup.dump');
    const other = await distribution.newServer(postgres.environment('restored'));
    const file = path(server.dataDir, 'backup.dump');
    expect(await other.command('restore', file)).toMatchObject({ code: 0 });
    expect(await other.command('restore', file)).toMatchObject(refusal('nothing was restored'));
    await expectWholeAsItWas(server, scene, await other.command('verify', 'all'));
    expect(await server.command('stop')).toMatchObject({ code: 0 });

    postgres.query('delete from committed_change where revision = 7', 'restored');
    postgres.query("update asset_chunk set content = replace(content, 'A', 'B') where chunk = 1", 'restored');
    const damaged = await other.command('verify');
    expect(damaged).toMatchObject(refusal('The database is not whole.'));
    expect(damaged.output).toMatch(/branch \S+: of the revisions 1 to \d+ only \d+ are there/);
    expect(damaged.output).toMatch(/asset \S+: its bytes were changed/);
  });
});

/** A command that ended with 1 and said why. */
function refusal(why: string): { readonly code: number; readonly output: unknown } {
  return { code: 1, output: expect.stringContaining(why) };
}

/** What was there when a backup was made. */
interface Scene {
  readonly sessionId: string;
  /** The newest revision that somebody was told of before the backup began. */
  readonly acknowledgedBefore: number;
}

function newSession(server: Installed, headers: Readonly<Record<string, string>>): Promise<Response> {
  const body = JSON.stringify({ name: 'Backed up', kind: 'scene' });
  const json = { 'Content-Type': 'application/json', ...headers };
  return fetch(`${server.url}/api/v1/sessions`, { method: 'POST', headers: json, body });
}

async function backedUpWhilePeopleEdit(server: Installed, file: string): Promise<Scene> {
  const { sessionId } = await createSession(server.url, { name: 'Backed up', kind: 'scene' });
  const guest = { name: 'Ana', color: '#2f74c0' };
  await uploadAsset(server.url, sessionId, guest, { name: 'noise.png', mediaType: 'image/png', data: PICTURE });
  const session = join(server, sessionId, 'Ana');
  await session.ready();
  let enough: () => void = () => undefined;
  const some = new Promise<void>((reached) => (enough = reached));
  const writer = new Writer(session, CHANGES, seeded(8), () => {
    if (writer.acknowledged.size === CHANGES / 4) enough();
  });
  writer.write();
  await some;
  const acknowledgedBefore = Math.max(...writer.acknowledged.values());
  const backup = await server.command('backup', file);
  expect(backup).toMatchObject({ code: 0, output: expect.stringContaining('Backed up to') });
  await writer.finished;
  expect(writer.refused).toEqual([]);
  session.close();

  return { sessionId, acknowledgedBefore };
}

/** All that was acknowledged before the backup is in it, and what is in it is what the server had then. */
async function expectWholeAsItWas(server: Installed, scene: Scene, verified: Ended): Promise<void> {
  const { sessionId, acknowledgedBefore } = scene;
  expect(verified).toMatchObject({ code: 0, output: expect.stringContaining('The database is whole.\n') });
  expect(verified.output).toContain('The audit log is whole.');
  expect(verified.output).toContain('1 assets were read.');
  const [, head, fingerprint] = /with ([\d,]+) revisions: .* are ([0-9a-f]{16})\./.exec(verified.output) ?? [];
  const revision = Number(head?.replace(',', ''));
  expect(revision).toBeGreaterThanOrEqual(acknowledgedBefore);
  const answer = await fetch(`${server.url}/api/v1/sessions/${sessionId}/document?revision=${revision}`);
  const { hash } = (await answer.json()) as { readonly hash: string };
  const documents = createHash('sha256').update(`${sessionId}/main ${revision} ${hash}\n`).digest('hex');
  expect(fingerprint).toBe(documents.slice(0, 16));
  note('restored', `revision ${revision} of ${CHANGES}; ${acknowledgedBefore} was acknowledged before the backup`);
}
