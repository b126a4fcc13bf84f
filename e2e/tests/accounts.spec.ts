import { expect, type Locator } from '@playwright/test';
import { connect, isProblem, ProblemError } from '@chorale/client';
import { accessTokens, login, refresh, register, type SignedIn } from '@chorale/client/account';
import { WebSocket } from 'ws';
import { isAccessible } from '../support/accessibility.js';
import { until } from '../support/clients.js';
import { test } from '../support/fixtures.js';
import type { Person } from '../support/person.js';
import { ChoraleServer } from '../support/server.js';

const PASSWORD = 'a sentence that nobody else says';
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
const SETUP_LINK = /#setup=([\w-]+)/;
const CALM = { viewport: { width: 1000, height: 640 }, reducedMotion: 'reduce' } as const;
/** Asking as nobody, with what is worth nothing any more, or for a bad password is refused, and a browser says so. */
const REFUSALS = [/^40[01]: /, /status of 40[01]/];

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

  test('[ACC-1] [ACC-3] [ACC-6] [ACC-8] in the browser people come by links of their administrator, and go at once', async ({ newPerson }) => {
    const [adaPage, benPage] = [await newPerson('Ada', { ...CALM, baseURL: server.url }), await newPerson('Ben', { ...CALM, baseURL: server.url })];
    for (const person of [adaPage, benPage]) person.tolerate(...REFUSALS, /WebSocket/);
    const { page } = adaPage;
    let sessionId = '';
    const network = await benPage.network();

    await test.step('nobody begins anything without an account', async () => {
      expect(await refusal(register(server.url, { login: 'eve', password: PASSWORD }))).toBe('registration-closed');
      await page.goto('/');
      await expect(page.getByTestId('sign-in-needed')).toBeVisible();
      await adaPage.photograph('needed');
    });

    await test.step('the printed link makes the first administrator', async () => {
      await expect.poll(() => SETUP_LINK.exec(server.log)?.[1]).toBeDefined();
      const invitation = SETUP_LINK.exec(server.log)?.[1] ?? '';
      await page.goto(`/#setup=${invitation}`);
      await expect(page.getByTestId('register')).toBeVisible();
      await isAccessible(adaPage, 'setting up');
      await adaPage.photograph('set-up');
      await fillIn(adaPage, { login: 'ada', password: 'password' });
      await expect(page.getByTestId('account-error')).toContainText('too easy to guess');
      await fillIn(adaPage, { login: 'ada', password: PASSWORD });
      await expect(page.getByTestId('account-link')).toHaveAccessibleName('Your account: Ada');
      expect(page.url()).toBe(`${server.url}/`);
      expect(await refusal(register(server.url, { login: 'eve', password: PASSWORD, invitation }))).toBe('invalid-link');
    });

    await test.step('she starts a session, is still signed in after a reload, and sees what she uploads', async () => {
      await page.getByTestId('new-session-name').fill('Bridge');
      await page.getByTestId('new-session-create').click();
      await adaPage.isOnline();
      sessionId = new URL(page.url()).pathname.replace('/s/', '');
      await page.reload();
      await adaPage.isOnline();
      await drop(adaPage);
      await expect(adaPage.objects).toHaveCount(1);
      await expect(page.getByTestId('file-state')).toHaveText('640 × 400 pixels');
      await adaPage.isSaved();
      const kept = page.waitForResponse((response) => response.url().endsWith('/thumbnail') && response.request().method() === 'PUT');
      await adaPage.leave();
      expect((await kept).status()).toBe(204);
      await page.reload();
      const thumbnail = page.locator(`[data-session-id="${sessionId}"]`).getByTestId('thumbnail');
      await expect(thumbnail).toHaveAttribute('data-picture', 'true');
      await expect(thumbnail.locator('img')).toHaveJSProperty('naturalWidth', 320);
    });

    await test.step('Ben is invited, and comes to the session that he was on his way to', async () => {
      await page.goto('/account/people');
      await page.getByTestId('invite').click();
      const link = await page.getByTestId('one-time-link').inputValue();
      await adaPage.photograph('invited');
      await benPage.page.goto(link);
      await fillIn(benPage, { login: 'ben', password: PASSWORD });
      await benPage.page.getByTestId('account-link').click();
      await benPage.page.getByTestId('sign-out').click();
      await expect(benPage.page.getByTestId('sign-in-needed')).toBeVisible();

      await benPage.page.goto(`/s/${sessionId}`);
      await expect(benPage.page.getByTestId('session-sign-in')).toHaveAttribute('data-ended', 'false');
      await benPage.photograph('sign-in');
      await signIn(benPage, 'ben');
      await benPage.isOnline();
      await expect(benPage.objects).toHaveCount(1);
      expect(benPage.page.url()).toBe(`${server.url}/s/${sessionId}`);
    });

    await test.step('who is disabled is out at once, and what was not sent waits for them', async () => {
      await page.goto('/account/people');
      const ben = page.locator('[data-testid="person"][data-login="ben"]');
      await network.cut();
      await benPage.add('box');
      await benPage.hasOnDisk(1);
      await disable(ben, true);
      network.mend();
      await expect(benPage.page.getByTestId('unsent')).toContainText('1 edit was not sent', { timeout: 30_000 });
      await disable(ben, false);
      await signIn(benPage, 'ben');
      await benPage.isOnline();
      await benPage.isSaved();
      await expect(benPage.objects).toHaveCount(2);

      await disable(ben, true);
      const away = benPage.page.getByTestId('session-sign-in');
      await expect(away).toHaveAttribute('data-ended', 'true', { timeout: 3_000 });
      await expect(away).toContainText('You are signed out');
      await isAccessible(benPage, 'being signed out');
      await benPage.photograph('signed-out');
      await isAccessible(adaPage, 'people');
      await adaPage.photograph('people');
      await disable(ben, false);
    });

    await test.step('a reset link lets Ben choose another password; what was done is in the audit log', async () => {
      const ben = page.locator('[data-testid="person"][data-login="ben"]');
      await ben.getByTestId('person-menu').click();
      await ben.getByTestId('person-reset').click();
      await benPage.page.goto(await page.getByTestId('one-time-link').inputValue());
      await page.keyboard.press('Escape');
      await benPage.page.getByTestId('account-password').fill(`${PASSWORD} anew`);
      await benPage.page.getByTestId('reset-submit').click();
      await benPage.page.getByTestId('reset-sign-in').click();
      await signIn(benPage, 'ben', `${PASSWORD} anew`);
      await expect(benPage.page.getByTestId('account-link')).toHaveAccessibleName('Your account: Ben');

      await page.getByTestId('people-tabs').getByLabel('Audit log').check();
      await expect(page.locator('[data-action="account.administered"]').first()).toContainText('Ben');
      await page.getByTestId('events-search').fill('registered');
      await expect(page.getByTestId('account-events').locator('tbody tr')).toHaveCount(2);
      await page.setViewportSize({ width: 390, height: 844 });
      await adaPage.photograph('events-phone');
      await page.getByTestId('people-tabs').getByLabel('People').check();
      await adaPage.photograph('people-phone');
    });
  });

  test('[ACC-4] [HEL-3] who is signed in takes part, guests do not', async () => {
    ada = await login(server.url, { login: 'ada', password: PASSWORD, refreshIn: 'body' });
    expect(ada.user.administrator).toBe(true);
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

test('[ACC-3] [ACC-6] [ACC-9] a guest makes an account, which takes their name along and can be looked after', async ({ newPerson }) => {
  const ada = await newPerson('Ada Lovelace', CALM);
  ada.tolerate(...REFUSALS);
  const { page } = ada;
  const login = `ada-${Date.now().toString(36)}`;
  const sessionId = await ada.startSession('Engine');

  await test.step('the account shows the name that the guest had', async () => {
    await page.getByTestId('session-menu-button').click();
    await page.getByTestId('menu-identity').click();
    await page.getByTestId('identity-sign-in').click();
    await page.getByTestId('to-register').click();
    await expect(page.getByTestId('register-name')).toHaveValue('Ada Lovelace');
    await isAccessible(ada, 'registering');
    await fillIn(ada, { login, password: PASSWORD });
    await ada.isOnline();
    expect(page.url()).toContain(`/s/${sessionId}`);
    await expect(page.getByTestId('participants').locator('[data-name="Ada Lovelace"]')).toBeAttached();
  });

  const tab = await page.context().newPage();
  await test.step('another name counts in open sessions too, and a theme on every device', async () => {
    await tab.goto('/account');
    await tab.getByTestId('profile-name').fill('Countess');
    await tab.getByTestId('profile-save').click();
    await expect(page.getByTestId('participants').locator('[data-name="Countess"]')).toBeAttached();
    await tab.getByTestId('account-theme').getByLabel('Dark').check();
    await expect(tab.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await tab.getByTestId('account-theme').getByLabel('System').check();
  });

  await test.step('a key is shown once', async () => {
    await tab.getByTestId('key-new').click();
    await tab.getByTestId('key-name').fill('Import');
    await tab.getByTestId('key-submit').click();
    await expect(tab.getByTestId('key-secret')).toHaveValue(/^chk_/);
    await tab.getByTestId('key-done').click();
    await expect(tab.getByTestId('api-key')).toHaveAttribute('data-name', 'Import');
  });

  await test.step('who signs out in one tab is signed out in all', async () => {
    await ada.add('box');
    await tab.getByTestId('sign-out').click();
    await expect(page.getByTestId('session-sign-in')).toHaveAttribute('data-ended', 'true', { timeout: 3_000 });
    await tab.close();
    await page.getByTestId('as-guest').click();
    await ada.isOnline();
    await expect(page.getByTestId('participants').locator('[data-name="Ada Lovelace"]')).toBeAttached();
  });

  await test.step('the account can be erased', async () => {
    await page.goto('/account');
    await signIn(ada, login);
    await page.getByTestId('account-link').click();
    await isAccessible(ada, 'one’s own account');
    await ada.photograph('own-account');
    await page.setViewportSize({ width: 390, height: 844 });
    await ada.photograph('own-account-phone');
    await page.getByTestId('erase-open').click();
    await ada.photograph('erase-phone');
    await page.getByTestId('erase-word').fill(login);
    await page.getByTestId('erase-submit').click();
    await expect(page.getByTestId('sign-in-link')).toBeVisible();
    expect(await refusal(loginAt(ada, login))).toBe('invalid-credentials');
  });
});

async function loginAt({ page }: Person, name: string): Promise<unknown> {
  return login(new URL(page.url()).origin, { login: name, password: PASSWORD });
}

/** Makes an account by the form that is on the page. */
async function fillIn({ page, name }: Person, { login: called, password }: { readonly login: string; readonly password: string }): Promise<void> {
  await page.getByTestId('register-name').fill(name);
  await page.getByTestId('account-login').fill(called);
  await page.getByTestId('account-password').fill(password);
  await page.getByTestId('register-submit').click();
}

async function signIn({ page }: Person, called: string, password = PASSWORD): Promise<void> {
  await page.getByTestId('account-login').fill(called);
  await page.getByTestId('account-password').fill(password);
  await page.getByTestId('sign-in-submit').click();
}

async function disable(person: Locator, disabled: boolean): Promise<void> {
  await person.getByTestId('person-menu').click();
  await person.getByTestId('person-disable').click();
  await expect(person).toHaveAttribute('data-disabled', String(disabled));
}

/** Drops a picture of 640 by 400 into the scene. */
async function drop({ page }: Person): Promise<void> {
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(640, 400);
    const pen = canvas.getContext('2d');
    if (pen === null) throw new Error('no 2d context');
    pen.fillStyle = '#2a9d8f';
    pen.fillRect(0, 0, 640, 400);
    const data = new DataTransfer();
    data.items.add(new File([await canvas.convertToBlob({ type: 'image/png' })], 'Poster.png', { type: 'image/png' }));
    const at = { bubbles: true, cancelable: true, clientX: 500, clientY: 380, dataTransfer: data };
    document.querySelector('[data-testid="workspace"]')?.dispatchEvent(new DragEvent('drop', at));
  });
}
