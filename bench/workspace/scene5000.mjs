#!/usr/bin/env node
// How a browser copes with a scene of 5,000 objects: see ../README.md. Prints a JSON object.
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { Server, StartedServer } from '../live/server/server.mjs';
import { Actions } from './actions.mjs';
import { Crowd, SUN } from './crowd.mjs';
import { Probe } from './probe.mjs';

const VIEWPORT = { width: 1440, height: 900 };
const EDITS_PER_SECOND = 20;

const { values: options } = parseArgs({
  options: {
    url: { type: 'string' },
    elements: { type: 'string', default: '5000' },
    seconds: { type: 'string', default: '10' },
    picture: { type: 'string' },
  },
});
const elements = positive('elements', options.elements);
const seconds = positive('seconds', options.seconds);

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => process.exit(130));

const server = options.url === undefined ? await StartedServer.start('hsqldb', {}) : new Server(new URL(options.url), null, []);
const browser = await chromium.launch({
  executablePath: process.env['CHORALE_CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--no-first-run'],
});
try {
  console.log(JSON.stringify(await measure(), null, 2));
} finally {
  await browser.close();
  await server.stop();
}

async function measure() {
  const crowd = await Crowd.make(server.url.origin, elements);
  const page = await browser.newPage({ viewport: VIEWPORT });
  const probe = await Probe.into(page, elements);
  const actions = new Actions(page);

  const opened = await actions.open(`${server.url.origin}/s/${crowd.sessionId}`, probe);
  if (options.picture !== undefined) await page.screenshot({ path: options.picture, timeout: 180_000 });
  console.error(JSON.stringify(opened));
  const idle = await probe.during('idle', () => page.waitForTimeout(2000));
  const orbit = await probe.during('orbit', () => actions.orbit(seconds));
  const drag = await probe.during('drag', () => actions.drag(SUN, seconds));
  const others = await probe.during('others edit', () => crowd.edit(EDITS_PER_SECOND, seconds));
  const heapMB = await probe.heapMB();
  crowd.close();
  return { when: new Date().toISOString(), elements, viewport: VIEWPORT, renderer: await probe.renderer(), opened, idle, orbit, drag, others, heapMB };
}

/** @param {string} name @param {string} value @returns {number} */
function positive(name, value) {
  const number = Number(value);
  if (!(number > 0)) {
    console.error(`--${name}: ${value} (expected: a number above 0)`);
    process.exit(2);
  }
  return number;
}
