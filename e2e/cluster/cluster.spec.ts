import { expect, test } from '@playwright/test';
import { note } from '../support/fixtures.js';
import { told } from './checker.js';
import { Cluster } from './cluster.js';
import { Crowd } from './crowd.js';
import { Liar } from './liar.js';
import { Postgres } from './postgres.js';

/** What a migration may do that programs of the version before have to live with. */
const NEXT_VERSION = [
  ...['session', 'branch', 'committed_change', 'snapshot', 'branch_lock', 'chat_message', 'document_version'].map(
    (table) => `alter table ${table} add column of_next_version varchar(40) not null default 'x'`,
  ),
  'create table of_next_version (id bigint primary key)',
  'insert into flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success) ' +
    "values (1000, '9999', 'of next version', 'SQL', 'V9999__of_next_version.sql', 1, 'chorale', 1, true)",
];

test.describe('two nodes over PostgreSQL alone', () => {
  test.skip(Postgres.missing !== undefined, Postgres.missing);
  const seed = 8;
  let cluster: Cluster | undefined;
  test.beforeAll(async () => {
    test.setTimeout(180_000);
    cluster = await Cluster.start({ nodes: 2, bus: 'postgresql', seed });
  });
  test.afterAll(async () => {
    await cluster?.dispose();
  });

  test(`nothing is lost, doubled or told otherwise when one is killed while eight people edit (seed ${seed})`, async () => {
    if (cluster === undefined) throw new Error('no cluster');
    const crowd = await Crowd.gather(cluster, { editors: 8, seed, rate: 4 });
    await crowd.progress(60);
    const { server } = cluster.node(1);
    await server.kill();
    const recovered = crowd.recovers();
    await server.start();
    const recoveryMs = await recovered;
    await crowd.progress(60);
    const verdict = await crowd.verdict();
    crowd.leave();
    note('killed', `${verdict.acknowledged} changes acknowledged, all edit again after ${Math.round(recoveryMs)} ms`);
    expect(told(verdict.violations)).toBe('');
    expect(verdict.head).toBeGreaterThan(120);
  });

  test('nodes work on when one of the version after theirs has changed the schema', async () => {
    if (cluster === undefined) throw new Error('no cluster');
    const { postgres } = cluster;
    const crowd = await Crowd.gather(cluster, { editors: 4, seed, rate: 4 });
    await crowd.progress(20);
    await postgres.down();
    postgres.change(NEXT_VERSION);
    await postgres.up();
    await crowd.recovers();
    await crowd.progress(20);
    const { violations } = await crowd.verdict();
    crowd.leave();
    expect(told(violations)).toBe('');
    expect(crowd.troubles).toEqual([]);
  });

  test('the checker sees a node that acknowledges what it has not stored', async () => {
    if (cluster === undefined) throw new Error('no cluster');
    const liar = await Liar.before(cluster.node(0).url, 5);
    const honest = cluster.route(0);
    const crowd = await Crowd.gather(cluster, {
      editors: 3,
      seed,
      rate: 8,
      route: (place) => (place === 0 ? () => liar.url : honest),
    });
    await crowd.until(() => liar.lies.length > 0, 20_000, () => 'no lie yet');
    await crowd.progress(10);
    const { violations } = await crowd.verdictNow();
    crowd.leave();
    liar.close();
    const [lie] = liar.lies;
    expect(told(violations)).toMatch(new RegExp(`acknowledged-once-in-log: \\d+\n  ${lie} was acknowledged to e1 at revision`));
  });
});
