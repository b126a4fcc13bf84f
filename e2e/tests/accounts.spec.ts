import { expect } from '@playwright/test';
import { connect, isProblem, ProblemError } from '@chorale/client';
import { accessTokens, login, refresh, register, type SignedIn } from '@chorale/client/account';
import { WebSocket } from 'ws';
import { until } from '../support/clients.js';
import { test } from '../support/fixtures.js';
import { ChoraleServer } from '../support/server.js';

const PASSWORD = 'a sentence that nobody else says';
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
const SETUP_LINK = /#setup=([\w-]+)/;

/** The slug of what a call is refused with. */
async function refusal(call: Promise<unknown>): Promise<string> {
  const failure = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(failure instanceof ProblemError)) throw new Error('the call was not refused');
  return failure.problem.type.replace('urn:chorale:problem:', '');
}

test.describe('a server as it faces strangers', () => {
  test.describe.configure({ mode: 'serial' });

  let server: ChoraleServer;
  let ada: SignedIn;

  test.beforeAll(async () => {
    server = await ChoraleServer.start({
      environment: {
        CHORALE_GUESTS_ALLOWED: 'false',
        CHORALE_ACCOUNTS_REGISTRATION: 'invited',
        CHORALE_ACCOUNTS_FREE_ATTEMPTS: '2',
        CHORALE_ACCOUNTS_FIRST_DELAY: 'PT10M',
        CHORALE_TOKENS_KEY_SECRET: 'thirty-two bytes that are in no database',
      },
    });
  });

  test.afterAll(async () => {
    await server.dispose();
  });

  test('[ACC-1] the printed link makes the first administrator, and nobody else comes in', async () => {
    const newcomer = { login: 'ada', password: PASSWORD, refreshIn: 'body' as const };
    expect(await refusal(register(server.url, newcomer))).toBe('registration-closed');
    await expect.poll(() => SETUP_LINK.exec(server.log)?.[1]).toBeDefined();
    const invitation = SETUP_LINK.exec(server.log)?.[1] ?? '';

    ada = await register(server.url, { ...newcomer, invitation });

    expect(ada.user.administrator).toBe(true);
    expect(await refusal(register(server.url, { ...newcomer, login: 'eve', invitation }))).toBe('invalid-link');
  });

  test('[ACC-4] [HEL-3] who is signed in takes part, guests do not', async () => {
    const start = (headers: Readonly<Record<string, string>>): Promise<Response> =>
      fetch(`${server.url}/api/v1/sessions`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify({ name: 'Bridge', kind: 'scene' }),
      });
    expect((await start({})).status).toBe(401);
    const started = await start({ Authorization: `Bearer ${ada.accessToken}` });
    expect(started.status).toBe(201);
    const { sessionId } = (await started.json()) as { readonly sessionId: string };
    expect((await fetch(`${server.url}/api/v1/sessions/${sessionId}/document`)).status).toBe(401);

    const place = {
      url: server.url,
      sessionId,
      webSocket: (url: string, protocols: string[]): WebSocket => new WebSocket(url, protocols),
    };
    const session = connect({ ...place, token: accessTokens(server.url, ada) });
    const guest = connect({ ...place, guest: { name: 'Eve', color: '#000000' } });
    await session.ready();
    session.edit([{ op: 'create', id: 'a', elementType: 'box', parent: null }]);
    await session.idle();
    await until(guest, ({ state }) => state === 'closed');

    const assets = `${server.url}/api/v1/sessions/${sessionId}/assets`;
    const bearer = { Authorization: `Bearer ${ada.accessToken}` };
    const kept = await fetch(assets, { method: 'POST', headers: { ...bearer, 'Content-Type': 'image/png' }, body: PIXEL });
    const { assetId } = (await kept.json()) as { readonly assetId: string };
    const asset = await fetch(`${assets}/${assetId}`, { headers: bearer });
    expect([kept.status, asset.status, asset.headers.get('Cache-Control')]).toEqual([201, 200, expect.stringMatching(/^private, /)]);
    expect((await fetch(`${assets}/${assetId}`)).status).toBe(401);

    expect(session.self?.userId).toBe(ada.user.userId);
    expect(guest.problem && isProblem(guest.problem, 'unauthenticated')).toBe(true);
    session.close();
  });

  test('[ACC-2] [ACC-3] [ACC-11] sign-ins, keys and failed log-ins outlive the process', async () => {
    for (let i = 0; i < 3; i += 1) {
      expect(await refusal(login(server.url, { login: 'ben', password: `guess ${i}` }))).toBe('invalid-credentials');
    }
    expect(await refusal(login(server.url, { login: 'ben', password: PASSWORD }))).toBe('too-many-attempts');

    await server.kill();
    await server.start();

    expect(await refusal(login(server.url, { login: 'ben', password: PASSWORD }))).toBe('too-many-attempts');
    const me = await fetch(`${server.url}/api/v1/users/me`, { headers: { Authorization: `Bearer ${ada.accessToken}` } });
    expect(me.status).toBe(200);
    ada = await refresh(server.url, ada.refreshToken);
    expect((await login(server.url, { login: 'ada', password: PASSWORD, refreshIn: 'none' })).user).toEqual(ada.user);
    expect(server.log).not.toMatch(SETUP_LINK);
  });
});
