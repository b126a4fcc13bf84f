// What a long history takes, and how fast one looks back into it: node bench/history/growth.mjs [hsqldb|postgresql] [changes]
import { setTimeout } from 'node:timers/promises';
import { StartedServer } from '../live/server/server.mjs';
import { Calls, GUEST, told } from './calls.mjs';

const ELEMENTS = 200;
const CHANGES_PER_CALL = 100;
const FIRST_LOOKS = 20;
const LOOKS = 100;
const HOT = 1000;
const MB = 1024 * 1024;

const database = process.argv[2] ?? 'hsqldb';
if (database !== 'hsqldb' && database !== 'postgresql') throw new Error(`database: ${database} (expected: hsqldb or postgresql)`);
const changes = Number(process.argv[3] ?? 100_000);
if (!Number.isInteger(changes) || changes < HOT) throw new Error(`changes: ${process.argv[3]} (expected: a whole number from ${HOT})`);

const server = await StartedServer.start(database, {
  CHORALE_HISTORY_HOT_CHANGES: String(HOT),
  CHORALE_HISTORY_HOT_AGE: 'PT0S',
  CHORALE_HISTORY_COMPACTION_INTERVAL: 'PT0S',
  CHORALE_RATE_WRITES: '0',
  CHORALE_RATE_SESSION_WRITES: '0',
});
const calls = new Calls(server.url);
try {
  const { accessToken } = await calls.post('/auth/register', {
    login: 'bench',
    password: 'nobody else would say this sentence',
    invitation: await setupToken(),
    refreshIn: 'none',
  });
  const session = await calls.session(ELEMENTS);

  const empty = server.diskBytes();
  await edit(session, changes);
  const hot = server.diskBytes();
  console.log(line('rows', hot - empty));
  await looks(session, 'rows');
  await timed('timeline, first', () => calls.get(`${session}/timeline`));
  await timed('timeline, again', () => calls.get(`${session}/timeline`));

  const compacted = await compact(accessToken);
  console.log(`compacted: ${compacted.changes} changes, ${mb(compacted.bytesBefore)} MB as rows, ${mb(compacted.bytesAfter)} MB in segments`);
  await looks(session, 'segments');
  await timed('timeline.json of all', () => calls.get(`${session}/timeline.json`));

  // The database uses again what became free: what a history costs in the long run is what the next changes add.
  const before = server.diskBytes();
  for (let part = 0; part < 10; part++) {
    await edit(session, changes / 10);
    await compact(accessToken);
  }
  console.log(line('compacted as they come', server.diskBytes() - before));
} finally {
  await server.stop();
}

/** Of the link that is printed once the server is ready. */
async function setupToken() {
  for (let look = 0; look < 300; look++) {
    const token = /#setup=([A-Za-z0-9_-]+)/.exec(server.log)?.[1];
    if (token !== undefined) return token;
    await setTimeout(100);
  }
  throw new Error('the server printed no link for its first administrator');
}

/** @param {string} session @param {number} count */
async function edit(session, count) {
  for (let done = 0; done < count; done += CHANGES_PER_CALL) {
    const edits = Array.from({ length: CHANGES_PER_CALL }, () => ({ operations: [move()] }));
    await calls.post(`${session}/changes`, { guest: GUEST, changes: edits });
  }
}

function move() {
  const at = Array.from({ length: 3 }, () => Math.round(Math.random() * 1e6) / 1e4);
  return { op: 'set', id: `e${Math.floor(Math.random() * ELEMENTS)}`, path: ['position'], value: at };
}

/** The first ones pay for a JVM that has never looked back. @param {string} session @param {string} kept */
async function looks(session, kept) {
  await look(session, FIRST_LOOKS, `${kept}, the first`);
  await look(session, LOOKS, `${kept}, then`);
}

/** @param {string} session @param {number} count @param {string} which */
async function look(session, count, which) {
  const times = [];
  while (times.length < count) {
    const revision = 1 + Math.floor(Math.random() * changes);
    const start = performance.now();
    await calls.get(`${session}/document?revision=${revision}`);
    times.push(performance.now() - start);
  }
  console.log(`document?revision= at random places, ${which} ${count}: ${told(times)}`);
}

/** @param {string} token @returns {Promise<{ changes: number, bytesBefore: number, bytesAfter: number }>} */
async function compact(token) {
  const total = { changes: 0, bytesBefore: 0, bytesAfter: 0 };
  for (let more = true; more; ) {
    const done = await calls.post('/admin/compaction', { dryRun: false }, token);
    total.changes += done.changes;
    total.bytesBefore += done.bytesBefore;
    total.bytesAfter += done.bytesAfter;
    more = done.more;
  }
  return total;
}

/** @param {string} what @param {() => Promise<unknown>} call */
async function timed(what, call) {
  const start = performance.now();
  await call();
  console.log(`${what}: ${(performance.now() - start).toFixed(0)} ms`);
}

/** @param {string} kept @param {number} bytes */
function line(kept, bytes) {
  return `growth by ${changes} changes, ${kept}: ${mb(bytes)} MB, ${Math.round(bytes / changes)} bytes a change`;
}

/** @param {number} bytes */
function mb(bytes) {
  return (bytes / MB).toFixed(1);
}
