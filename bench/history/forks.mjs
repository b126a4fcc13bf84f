// Does it cost anything that a document is large: forks, versions and merges. node bench/history/forks.mjs [hsqldb|postgresql]
import { StartedServer } from '../live/server/server.mjs';
import { Calls, GUEST, told } from './calls.mjs';

const TIMES = 100;
/** Before that: a JVM that has just started takes several times as long, until it has compiled what a call goes through. */
const WARM_UP = 600;
const SIZES = [10, 10_000];

const database = process.argv[2] ?? 'hsqldb';
if (database !== 'hsqldb' && database !== 'postgresql') throw new Error(`database: ${database} (expected: hsqldb or postgresql)`);

const server = await StartedServer.start(database, {
  CHORALE_RATE_WRITES: '0',
  CHORALE_RATE_SESSION_WRITES: '0',
  CHORALE_BRANCHES_MAX_COUNT: '10000',
  CHORALE_MERGE_REQUESTS_MAX_OPEN: '10000',
});
try {
  const calls = new Calls(server.url);
  const warm = await calls.session(10);
  await all(calls, warm, 'warm', WARM_UP);
  for (const elements of SIZES) {
    const session = await calls.session(elements);
    console.log(`${elements} elements`);
    for (const [what, times] of Object.entries(await all(calls, session, 'b', TIMES))) console.log(`  ${what}: ${told(times)}`);
  }
} finally {
  await server.stop();
}

/** @param {Calls} calls @param {string} session @param {string} prefix @param {number} count */
async function all(calls, session, prefix, count) {
  /** @type {{ fork: number[], version: number[], merge: number[] }} */
  const times = { fork: [], version: [], merge: [] };
  for (let i = 0; i < count; i++) {
    const name = `${prefix}${i}`;
    times.fork.push(await timed(() => calls.post(`${session}/branches`, { guest: GUEST, name })));
    times.version.push(await timed(() => calls.post(`${session}/versions`, { guest: GUEST, name })));
    if (i % 5 === 0) times.merge.push(await merge(calls, session, name));
  }
  return times;
}

/** One edit on a branch, brought into main: how long the merge itself takes. @param {Calls} calls @param {string} session @param {string} branch */
async function merge(calls, session, branch) {
  const operations = [{ op: 'set', id: 'e1', path: ['position'], value: [1, Math.random(), 0] }];
  await calls.post(`${session}/changes`, { guest: GUEST, branch, changes: [{ operations }] });
  const { id } = await calls.post(`${session}/merge-requests`, { guest: GUEST, source: branch, title: branch });
  const { conflicts } = JSON.parse(await calls.get(`${session}/merge-requests/${id}/conflicts`));
  if (conflicts.length > 0) throw new Error(`merge of ${branch}: ${conflicts.length} conflicts`);
  return timed(() => calls.post(`${session}/merge-requests/${id}/merge`, { guest: GUEST }));
}

/** @param {() => Promise<unknown>} call */
async function timed(call) {
  const start = performance.now();
  await call();
  return performance.now() - start;
}
