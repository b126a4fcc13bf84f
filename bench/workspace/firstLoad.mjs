#!/usr/bin/env node
// What has to come before one can work, and how long that takes: see ../README.md. Prints a JSON object.
import { parseArgs } from 'node:util';
import { createSession } from '@chorale/client';
import { median } from '../live/measure/numbers.mjs';
import { Server, StartedServer } from '../live/server/server.mjs';
import { introduce, openBrowser } from './browser.mjs';
import { Loads } from './loads.mjs';

const VIEWPORT = { width: 1440, height: 900 };

const { values: options } = parseArgs({ options: { url: { type: 'string' }, reps: { type: 'string', default: '10' } } });
const reps = Number(options.reps);
if (!(reps > 0)) {
  console.error(`--reps: ${options.reps} (expected: a number above 0)`);
  process.exit(2);
}
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => process.exit(130));

const server = options.url === undefined ? await StartedServer.start('hsqldb', {}) : new Server(new URL(options.url), null, []);
const browser = await openBrowser();
try {
  const { origin } = server.url;
  const scene = await createSession(origin, { name: 'First load', kind: 'scene' });
  const parameters = await createSession(origin, { name: 'First load', kind: 'parameters' });
  console.log(
    JSON.stringify(
      {
        when: new Date().toISOString(),
        viewport: VIEWPORT,
        start: await opened(`${origin}/`, '[data-testid="new-session-create"]'),
        parameters: await opened(`${origin}/s/${parameters.sessionId}`, '[data-connection="online"] [data-testid="parameter"]'),
        scene: await opened(`${origin}/s/${scene.sessionId}`, '[data-connection="online"] [data-testid="add-box"]'),
      },
      null,
      2,
    ),
  );
} finally {
  await browser.close();
  await server.stop();
}

/** Opens a page again and again with nothing in the browser's cache. @param {string} address @param {string} usable what shows that one can work */
async function opened(address, usable) {
  /** @type {number[]} */
  const times = [];
  /** @type {{ beforeScene: number, whole: number } | undefined} */
  let kilobytes;
  for (let rep = 0; rep <= reps; rep++) {
    const context = await browser.newContext({ viewport: VIEWPORT });
    const page = await context.newPage();
    if (address.includes('/s/')) await known(page, address);
    const loads = await Loads.of(page);
    const began = performance.now();
    await page.goto(address);
    await page.locator(usable).first().waitFor({ timeout: 60_000 });
    // The first one warms the server.
    if (rep > 0) times.push(Math.round(performance.now() - began));
    await page.waitForLoadState('networkidle');
    kilobytes = loads.kilobytes();
    await context.close();
  }
  return { gzippedKB: kilobytes, usableAfterMs: { median: median(times), longest: Math.max(...times) } };
}

/** Has a name in this browser already, and an empty cache again. @param {import('@playwright/test').Page} page @param {string} address */
async function known(page, address) {
  await page.goto(address);
  await introduce(page, 'Bench');
  await page.locator('[data-connection="online"]').waitFor({ timeout: 60_000 });
  await page.goto('about:blank');
}
