#!/usr/bin/env node
// Whether a page that is worked in for long keeps growing: see ../README.md. Prints a JSON object.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { connect } from '@chorale/client';
import { WebSocket } from 'ws';
import { seeded } from '../live/measure/random.mjs';
import { Server, StartedServer } from '../live/server/server.mjs';
import { introduce, isSettled, openBrowser } from './browser.mjs';

const OBJECTS = 40;
/** Where software draws, every pixel takes its time, and what is drawn is not the question. */
const VIEWPORT = { width: 760, height: 420 };
/** What scripts have made, as heap snapshots call it; the rest is what they were compiled to, and what the browser draws. */
const CONTENT = new Set(['object', 'array', 'string', 'concatenated string', 'sliced string', 'number', 'bigint', 'symbol', 'closure', 'regexp']);
/** So many rounds there are at least; the first half of all is not counted: the page compiles, and fills what it keeps on purpose. */
const FEWEST_ROUNDS = 6;
const COLORS = ['#e07a5f', '#2a9d8f', '#f2b134', '#5b6ee1'];

const { values: options } = parseArgs({
  options: {
    url: { type: 'string' },
    minutes: { type: 'string', default: '60' },
    /** Pauses between edits; without them the edits of an hour take some minutes. */
    'pause-ms': { type: 'string', default: '500' },
    'rounds-of': { type: 'string', default: '60' },
  },
});
const minutes = Number(options.minutes);
const pauseMs = Number(options['pause-ms']);
const editsPerRound = Number(options['rounds-of']);
if (!(minutes >= 0 && pauseMs >= 0 && editsPerRound > 0)) {
  console.error('--minutes, --pause-ms and --rounds-of are numbers');
  process.exit(2);
}
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => process.exit(130));

const server = options.url === undefined ? await StartedServer.start('hsqldb', {}) : new Server(new URL(options.url), null, []);
const browser = await openBrowser();
try {
  console.log(JSON.stringify(await measure(), null, 2));
} finally {
  await browser.close();
  await server.stop();
}

async function measure() {
  const page = await (await browser.newContext({ viewport: VIEWPORT })).newPage();
  await page.goto(server.url.origin);
  await page.getByTestId('kind-scene').click();
  await page.getByTestId('new-session-name').fill('An hour of work');
  await page.getByTestId('new-session-create').click();
  await introduce(page, 'Bench');
  await isSettled(page);
  const client = await page.context().newCDPSession(page);
  await client.send('HeapProfiler.enable');
  const other = await companion(new URL(page.url()).pathname.replace('/s/', ''));
  const random = seeded(42);

  const rounds = [];
  let edits = 0;
  const until = performance.now() + minutes * 60_000;
  while (performance.now() < until || rounds.length < FEWEST_ROUNDS) {
    for (let edit = 0; edit < editsPerRound; edit++) {
      await act(page, other, random);
      edits += 1;
      await sleep(pauseMs);
    }
    await page.keyboard.press('Escape');
    await isSettled(page);
    rounds.push({ minute: Math.round((performance.now() - until) / 6_000 + minutes * 10) / 10, edits, elements: other.document.elements.size, ...(await weighed(client)) });
    console.error(JSON.stringify(rounds.at(-1)));
  }
  other.close();
  const counted = rounds.slice(Math.floor(rounds.length / 2));
  return { when: new Date().toISOString(), edits, rounds, growth: per1000Edits(counted) };
}

/** Somebody else in the session, who comes and goes. @param {string} sessionId */
async function companion(sessionId) {
  const session = connect({
    url: server.url.origin,
    sessionId,
    guest: { name: 'Other', color: '#808080' },
    webSocket: (address, protocols) =>
      /** @type {import('@chorale/client').WebSocketLike} */ (/** @type {unknown} */ (new WebSocket(address, protocols))),
  });
  await session.ready();
  return session;
}

/** One thing that people do, so that the number of objects stays about the same. @param {import('@playwright/test').Page} page @param {import('@chorale/client').Session} other @param {() => number} random */
async function act(page, other, random) {
  const live = [...other.document.elements.values()].filter(({ id }) => other.document.live(id));
  const some = live[Math.floor(random() * live.length)];
  const dice = random();
  if (live.length < OBJECTS / 2 || dice < 0.15) {
    await page.keyboard.press('Escape');
    await page.getByTestId(['add-box', 'add-sphere', 'add-cylinder', 'add-cone'][Math.floor(random() * 4)] ?? 'add-box').click();
  } else if (live.length > OBJECTS || dice < 0.3) {
    if (some) other.edit([{ op: 'delete', id: some.id }]);
  } else if (dice < 0.55) {
    await page.keyboard.press(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'][Math.floor(random() * 4)] ?? 'ArrowUp');
  } else if (dice < 0.65) {
    await page.keyboard.press('Control+z');
  } else if (dice < 0.7) {
    await page.keyboard.press('Control+Shift+z');
  } else if (dice < 0.8 && some) {
    other.edit([{ op: 'set', id: some.id, path: ['color'], value: COLORS[Math.floor(random() * COLORS.length)] ?? '#808080' }]);
  } else if (some) {
    other.setAwareness({ selection: [some.id], pointer: { position: [random() * 4, 0, random() * 4] } });
    other.edit([{ op: 'set', id: some.id, path: ['position'], value: [random() * 8 - 4, 0.5, random() * 8 - 4] }]);
  }
}

/** What the page holds after everything unused was collected. @param {import('@playwright/test').CDPSession} client */
async function weighed(client) {
  await client.send('HeapProfiler.collectGarbage');
  const { usedSize } = await client.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await client.send('Memory.getDOMCounters');
  return { heapMB: megabytes(usedSize), contentMB: megabytes(await contentOf(client)), nodes, listeners: jsEventListeners };
}

/** Bytes of what scripts have made. @param {import('@playwright/test').CDPSession} client @returns {Promise<number>} */
async function contentOf(client) {
  /** @type {string[]} */
  const chunks = [];
  const take = (/** @type {{ chunk: string }} */ { chunk }) => chunks.push(chunk);
  client.on('HeapProfiler.addHeapSnapshotChunk', take);
  await client.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  client.off('HeapProfiler.addHeapSnapshotChunk', take);
  /** @type {{ snapshot: { meta: { node_fields: string[], node_types: string[][] } }, nodes: number[] }} */
  const { snapshot, nodes } = JSON.parse(chunks.join(''));
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [type, size] = [fields.indexOf('type'), fields.indexOf('self_size')];
  let bytes = 0;
  for (let at = 0; at < nodes.length; at += fields.length) {
    if (CONTENT.has(types[0]?.[nodes[at + type] ?? -1] ?? '')) bytes += nodes[at + size] ?? 0;
  }
  return bytes;
}

/** @param {number} bytes */
function megabytes(bytes) {
  return Math.round(bytes / 10_485.76) / 100;
}

/** Of elements the deleted ones count, too: they stay in the document. @param {readonly Round[]} rounds */
function per1000Edits(rounds) {
  const [heapMB, contentMB, elements, nodes, listeners] = /** @type {const} */ (['heapMB', 'contentMB', 'elements', 'nodes', 'listeners']).map((key) => slope(rounds, key) * 1000);
  return { heapKB: Math.round((heapMB ?? 0) * 1024), contentKB: Math.round((contentMB ?? 0) * 1024), elements: Math.round(elements ?? 0), nodes: Math.round(nodes ?? 0), listeners: Math.round(listeners ?? 0) };
}

/** @typedef {{ edits: number, elements: number, heapMB: number, contentMB: number, nodes: number, listeners: number }} Round */

/** Least squares, for each edit. @param {readonly Round[]} rounds @param {keyof Round} key */
function slope(rounds, key) {
  const mean = (/** @type {keyof Round} */ of) => rounds.reduce((sum, round) => sum + round[of], 0) / rounds.length;
  const [x, y] = [mean('edits'), mean(key)];
  const spread = rounds.reduce((sum, round) => sum + (round.edits - x) ** 2, 0);
  return spread === 0 ? 0 : rounds.reduce((sum, round) => sum + (round.edits - x) * (round[key] - y), 0) / spread;
}
