import { expect, test as base, type BrowserContextOptions } from '@playwright/test';
import { Person } from './person.js';
import { ChoraleServer } from './server.js';

interface OwnServers {
  /** Makes a server of the test's own that does not run yet; it is gone after the test. */
  readonly newServer: typeof ChoraleServer.create;
}

interface PersonOptions extends BrowserContextOptions {
  /** Whether the person was never in a session on this device: then they are shown the first steps. */
  readonly firstVisit?: boolean;
}

interface People {
  /** Somebody with a fresh browser who knows their way around, at the shared server unless `baseURL` says otherwise. */
  readonly newPerson: (name: string, options?: PersonOptions) => Promise<Person>;
}

interface SharedServer {
  /** One running server for all tests that do it no harm. */
  readonly server: ChoraleServer;
}

export const test = base.extend<OwnServers & People, SharedServer>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are used.
  newServer: async ({}, use) => {
    const servers: ChoraleServer[] = [];
    await use(async (where) => {
      const server = await ChoraleServer.create(where);
      servers.push(server);
      return server;
    });
    for (const server of servers) await server.dispose();
  },
  newPerson: async ({ browser, server }, use) => {
    const people: Person[] = [];
    await use(async (name, { firstVisit = false, ...options } = {}) => {
      const baseURL = options.baseURL ?? server.url;
      const context = await browser.newContext({ ...options, baseURL });
      if (!firstVisit) await context.addInitScript(knowTheFirstSteps);
      const person = new Person(await context.newPage(), name, baseURL);
      people.push(person);
      return person;
    });
    for (const { page } of people) await page.context().close();
    for (const { name, troubles } of people) expect.soft(troubles, `${name}'s troubles`).toEqual([]);
  },
  server: [
    // eslint-disable-next-line no-empty-pattern -- As above.
    async ({}, use) => {
      const server = await ChoraleServer.start();
      await use(server);
      await server.dispose();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
});

/** Runs in each page: what is remembered on a device on which somebody closed the first steps. */
function knowTheFirstSteps(): void {
  const key = 'chorale.onboarding';
  // An empty page has no storage.
  if (!window.location.protocol.startsWith('http') || window.localStorage.getItem(key) !== null) return;
  const closed = { done: [], ended: 'dismissed' };
  window.localStorage.setItem(key, JSON.stringify({ scene: closed, parameters: closed }));
}

/** Kept with the test's result and shown at the terminal: measured, not judged. */
export function note(type: string, description: string): void {
  test.info().annotations.push({ type, description });
  console.log(`    ${type}: ${description}`);
}
