import { expect } from '@playwright/test';
import { addContact, login, register } from '@chorale/client/account';
import { isAccessible } from '../support/accessibility.js';
import { test } from '../support/fixtures.js';

const PASSWORD = 'a sentence that nobody else says';
/** The page asks whether somebody is signed in, and a browser says that nobody is, or that one went on meanwhile. */
const REFUSALS = [/^40[01]: /, /status of 40[01]/, /ERR_ABORTED/];
const CALM = { viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' } as const;

test('[ACC-15] [ACC-16] [ACC-17] [ACC-18] others see the head and the picture that somebody chose, and can be found again', async ({ server, newPerson }) => {
  const suffix = Date.now().toString(36);
  const people = ['ada', 'ben'].map((name) => ({ login: `${name}-${suffix}`, name: name === 'ada' ? 'Ada' : 'Ben' }));
  for (const each of people) await register(server.url, { ...each, password: PASSWORD, refreshIn: 'none' });
  const [ada, ben] = [await newPerson('Ada', CALM), await newPerson('Ben', CALM)];
  for (const [index, person] of [ada, ben].entries()) {
    person.tolerate(...REFUSALS);
    await person.page.goto('/account');
    await person.page.getByTestId('account-login').fill(people[index]?.login ?? '');
    await person.page.getByTestId('account-password').fill(PASSWORD);
    await person.page.getByTestId('sign-in-submit').click();
    await expect(person.page.getByTestId('account-link')).toBeVisible();
    await person.page.goto('/account');
    await expect(person.page.getByTestId('own-account')).toBeVisible();
  }
  const { page } = ada;
  const editor = page.getByTestId('profile-look');

  await test.step('Ada chooses with mouse and keys; each choice is kept', async () => {
    await editor.getByTestId('look-shape').getByRole('radio', { name: 'Cube' }).check();
    await editor.getByTestId('look-hat').getByRole('radio', { name: 'Nothing' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await editor.getByTestId('look-extras').getByRole('checkbox', { name: 'Headphones' }).check();
    await editor.getByTestId('look-accent').getByRole('radio', { name: 'Ruby' }).check();
    await expect(editor.getByRole('img', { name: 'Preview: Cube, with Crown and Headphones' })).toBeVisible();
    await expect(editor.locator('.head-stage [data-progress]')).toHaveAttribute('data-progress', 'saved');
  });

  await test.step('a picture is made small before it is sent, and shown at once', async () => {
    const large = await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(900, 600);
      const pen = canvas.getContext('2d');
      if (pen === null) throw new Error('no 2d context');
      pen.fillStyle = '#7fb2d9';
      pen.fillRect(0, 0, 900, 600);
      pen.fillStyle = '#f0c29b';
      pen.beginPath();
      pen.arc(450, 330, 170, 0, 7);
      pen.fill();
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
      return [...bytes];
    });
    await page.getByTestId('picture-file').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: Buffer.from(large) });
    await expect(page.getByTestId('profile-picture').locator('img')).toHaveJSProperty('naturalWidth', 256);
    await page.getByTestId('picture-file').setInputFiles({ name: 'no.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
    await expect(page.getByTestId('profile-picture').locator('[data-progress]')).toHaveText(/no picture that can be read/);
    await isAccessible(ada, 'the page of one’s account');
    await page.getByTestId('section-appearance').scrollIntoViewIfNeeded();
    await ada.photograph('wide');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByTestId('section-appearance').evaluate((section) => section.scrollIntoView());
    await ada.photograph('narrow');
    await page.setViewportSize(CALM.viewport);
  });

  await test.step('in a session Ben sees both, and Ada’s next choice without a reload', async () => {
    await page.goto('/');
    await page.getByTestId('new-session-name').fill('Faces');
    await page.getByTestId('new-session-create').click();
    await ada.isOnline();
    const sessionId = new URL(page.url()).pathname.replace('/s/', '');
    await ben.page.goto(`/s/${sessionId}`);
    await ben.isOnline();
    await expect(ben.page.getByTestId('people-button').locator('img')).toHaveJSProperty('naturalWidth', 256);
    const told = async () => {
      const answer = (await (await fetch(`${server.url}/api/v1/sessions/${sessionId}/participants`)).json()) as { participants: { look?: { shape: string } }[] };
      return answer.participants.map(({ look }) => look?.shape);
    };
    expect(await told()).toEqual(['cube', undefined]);
    await expect(ben.page.locator('[data-position]').first()).toBeAttached();
    await ben.photograph('scene');
  });

  await test.step('they know each other from then on', async () => {
    const { accessToken } = await login(server.url, { login: people[1]?.login ?? '', password: PASSWORD, refreshIn: 'none' });
    await expect
      .poll(async () => {
        const answer = await fetch(`${server.url}/api/v1/users/me/recent-people`, { headers: { Authorization: `Bearer ${accessToken}` } });
        return ((await answer.json()) as { people: { name: string }[] }).people.map(({ name }) => name);
      })
      .toEqual(['Ada']);
    await ben.page.goto('/account');
    const contacts = ben.page.getByTestId('contacts');
    await contacts.getByRole('button', { name: 'Add Ada to your contacts' }).click();
    await expect(contacts.getByTestId('contact').locator('.contact-name')).toHaveText(['Ada']);
    await contacts.getByTestId('contact-login').fill('nobody-has-this');
    ben.tolerate(...REFUSALS, /^404: /, /status of 404/);
    await contacts.getByTestId('contact-submit').click();
    await expect(contacts.getByText('Nobody has this login.')).toBeVisible();
    await contacts.scrollIntoViewIfNeeded();
    await ben.photograph('contacts');
    await contacts.getByRole('button', { name: 'Remove Ada from your contacts' }).click();
    await expect(contacts.getByTestId('contact')).toHaveCount(0);
    await expect(addContact(server.url, accessToken, { login: people[1]?.login ?? '' })).rejects.toThrow();
  });
});

test('[REST-13] whoever starts a session archives it, and brings it back with everything in it', async ({ newPerson }) => {
  const [ada, ben] = [await newPerson('Ada', CALM), await newPerson('Ben', CALM)];
  for (const person of [ada, ben]) person.tolerate(/^4(01|03|10): /, /status of 4(01|03|10)/, /WebSocket/);
  const sessionId = await ada.startSession('To be kept');
  await ada.add('box');
  await ada.isSaved();
  await ben.join(sessionId);
  await ada.page.getByTestId('session-menu-button').click();
  await ada.page.getByTestId('menu-close-session').click();
  await ada.photograph('close');
  await ada.page.getByTestId('archive-confirm').click();
  for (const person of [ada, ben]) await expect(person.ended).toContainText('This session is archived');
  await isAccessible(ada, 'an archived session');
  await ben.page.getByTestId('bring-back').click();
  await expect(ben.page.getByRole('alert')).toContainText('Only its owner');
  await ben.photograph('archived');
  await ada.page.getByTestId('bring-back').click();
  await ada.isOnline();
  await expect(ada.objects).toHaveCount(1);
});
