import { expect, type Locator } from '@playwright/test';
import { isAccessible } from '../support/accessibility.js';
import { test } from '../support/fixtures.js';
import type { Person } from '../support/person.js';

/** A scene is drawn without a graphics card here, and each pixel takes its time. */
const SMALL = { viewport: { width: 1000, height: 640 }, reducedMotion: 'reduce' } as const;
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1440, height: 900 };

test('[PRM-1][PRM-4][PRM-7] roles, rules and a pause act at once, and are told where one would edit', async ({ newPerson }) => {
  const [ada, ben] = [await newPerson('Ada', SMALL), await newPerson('Ben', SMALL)];
  const sessionId = await ada.startSession('Stand');
  await ben.join(sessionId);
  await ben.add('box');
  await ben.isSaved();
  const box = (await ben.objects.first().getAttribute('data-element-id')) ?? '';
  await expect(ada.object(box)).toBeVisible();

  await test.step('[PRM-7] Ada makes Ben a viewer: his tools are gone within a second, and come back', async () => {
    const menu = await menuOf(ada, 'Ben');
    await menu.getByTestId('person-role').selectOption('VIEWER');
    await expect(ben.page.getByTestId('read-only')).toBeVisible({ timeout: 1000 });
    await expect(ben.page.getByTestId('add-box')).toBeHidden();
    await expect(ben.page.getByTestId('delete')).toBeDisabled();
    await expect(ben.page.getByTestId('guarded-color')).toHaveAttribute('data-denied', 'true');
    await ben.scene.press('Delete');
    await expect(ben.objects).toHaveCount(1);
    await ben.photograph('viewer');
    await menu.getByTestId('person-role').selectOption('COLLABORATOR');
    await expect(ben.page.getByTestId('add-box')).toBeEnabled();
    await ada.photograph('person-menu');
    await ada.page.keyboard.press('Escape');
  });

  await test.step('[PRM-4] under a group he may change everything but its colour', async () => {
    await ada.selectInPanel(box);
    await ada.page.getByTestId('group').click();
    await ada.isSaved();
    const rules = await share(ada, 'rules');
    await choose(rules, { 'rule-who': 'Ben', 'rule-allow': 'may not', 'rule-what': 'change', 'rule-property': 'colour' });
    await expect(rules.getByTestId('rule-preview')).toHaveText('Ben may not change the colour in Group 1');
    await rules.getByTestId('rule-add').click();
    await expect(rules.getByTestId('rule')).toHaveText(['Ben may not change the colour in Group 1']);
    await isAccessible(ada, 'rules');
    await ada.photograph('rules');
    await close(ada);

    await ben.selectInPanel(box);
    await expect(ben.page.getByTestId('guarded-color')).toHaveAttribute('data-denied', 'true');
    await expect(ben.page.getByTestId('guarded-color').getByTestId('denied')).toContainText('You may not change colour of Box 1');
    await ben.page.getByTestId('inspector-name').fill('Plinth');
    await ben.page.getByTestId('inspector-name').press('Enter');
    await ben.isSaved();
    await expect(ada.object(box)).toContainText('Plinth');
    await ben.photograph('no-colour');
  });

  await test.step('[ACS-6] a pause holds everybody but those who manage', async () => {
    const dialog = await moderation(ada);
    await dialog.getByTestId('freeze').click();
    await expect(dialog.getByTestId('freeze')).toHaveAttribute('aria-checked', 'true');
    await expect(ben.page.getByTestId('frozen-banner')).toBeVisible();
    await expect(ben.page.getByTestId('add-box')).toBeDisabled();
    await expect(ben.page.getByTestId('delete')).toBeDisabled();
    await ben.photograph('frozen');
    await isAccessible(ben, 'paused');
    await ada.page.keyboard.press('Escape');
    await ada.page.getByTestId('unfreeze').click();
    await expect(ben.page.getByTestId('frozen-banner')).toBeHidden();
    await expect(ben.page.getByTestId('add-box')).toBeEnabled();
  });

  await test.step('[ACS-7] what Ben made goes at once, and comes back at once', async () => {
    await ada.add('sphere');
    await (await menuOf(ada, 'Ben')).getByTestId('person-remove').click();
    await ada.page.getByTestId('person-confirm').click();
    await expect(ada.object(box)).toHaveCount(0);
    await expect(ben.object(box)).toHaveCount(0);
    await ada.notice('1 object of Ben removed').getByTestId('notice-action').click();
    await expect(ada.object(box)).toHaveCount(1);
    await expect(ben.object(box)).toHaveCount(1);
  });
});

test('[PRM-5][PRM-6][ACS-6][ACS-8] people are asked in, kept quiet, sent away and kept out', async ({ newPerson }) => {
  const [ada, ben, cem] = [await newPerson('Ada', { viewport: DESK }), await newPerson('Ben', { viewport: PHONE }), await newPerson('Cem')];
  // What is private is told to nobody who comes from outside.
  for (const person of [ben, cem]) person.tolerate(/40[13].*\/sessions\/[^/]+$/);
  await ada.startSession('Wave', { kind: 'parameters' });
  let link = '';

  await test.step('Ada makes a session private, with a password, and an invitation for one', async () => {
    const access = await share(ada, 'access');
    await access.getByTestId('visibility-private').check();
    await expect(access.getByTestId('visibility')).toHaveAttribute('data-value', 'private');
    await access.getByTestId('set-password').click();
    await access.getByTestId('new-password').fill('open sesame');
    await access.getByTestId('save-password').click();
    await expect(access.getByTestId('password-state')).toHaveAttribute('data-set', 'true');
    await isAccessible(ada, 'access');
    await ada.photograph('access');
    await ada.page.setViewportSize(PHONE);
    await ada.photograph('access-phone');
    await ada.page.setViewportSize(DESK);
    await access.getByTestId('share-tab-invitations').click();
    await access.getByTestId('invite-role').selectOption('VIEWER');
    await access.getByTestId('invite-create').click();
    link = await access.getByTestId('invitation-link').inputValue();
    await expect(access.getByTestId('invitation')).toHaveCount(1);
    await isAccessible(ada, 'invitations');
    await ada.photograph('invitations');
    await close(ada);
  });

  await test.step('[PRM-6] Ben follows it and may look; nobody else can', async () => {
    await ben.page.goto(path(link));
    await ben.introduce();
    await ben.isOnline();
    expect(new URL(ben.page.url()).hash).toBe('');
    await expect(ben.page.getByTestId('read-only')).toBeVisible();
    await expect(ben.page.locator('input[type="range"]').first()).toBeDisabled();
    await isAccessible(ben, 'a viewer of parameters');
    await ben.photograph('viewer-phone');
    await cem.page.goto(path(link));
    await cem.introduce();
    await expect(cem.ended).toContainText('This invitation does not work');
    await cem.photograph('invitation-used');
    await cem.page.getByTestId('retry').click();
  });

  await test.step('[PRM-5] Cem is asked for the password until it is the right one', async () => {
    const screen = cem.page.getByTestId('password-screen');
    await enter(cem, 'guess');
    await expect(screen).toContainText('This is not the password');
    await isAccessible(cem, 'the password');
    await cem.photograph('password');
    await enter(cem, 'open sesame');
    await cem.isOnline();
  });

  await test.step('[PRM-7] a muted person sees it before writing, and one in slow mode when the next one goes', async () => {
    await cem.chat.toggle.click();
    await cem.say('Hello');
    await (await menuOf(ada, 'Cem')).getByTestId('person-mute').click();
    await ada.page.getByTestId('person-confirm').click();
    await expect(cem.page.getByTestId('chat-muted')).toBeVisible();
    await cem.photograph('muted');
    const dialog = await moderation(ada);
    await dialog.getByTestId('slow-mode').selectOption('60');
    await dialog.getByTestId('moderation-tab-sanctions').click();
    await expect(dialog.getByTestId('sanction')).toContainText('Cem is muted');
    await isAccessible(ada, 'bans and mutes');
    await dialog.getByTestId('lift').click();
    await expect(cem.page.getByTestId('chat-slow')).toContainText('Slow mode');
    await expect(cem.page.getByTestId('chat-slow')).not.toHaveAttribute('data-wait', '0');
    await cem.photograph('slow');
    await close(ada);
  });

  await test.step('[ACS-8] Ben reports Cem, and Ada reads it', async () => {
    await (await menuOf(ben, 'Cem')).getByTestId('person-report').click();
    await ben.page.getByTestId('person-reason').fill('Shouts at everybody');
    await ben.page.getByTestId('person-confirm').click();
    await expect(ben.notice('Thank you')).toBeVisible();
    const dialog = await moderation(ada);
    await dialog.getByTestId('moderation-tab-reports').click();
    await expect(dialog.getByTestId('report')).toContainText('Shouts at everybody');
    await ada.photograph('reports');
    await close(ada);
  });

  await test.step('[ACS-6] who is sent away may come back, who is banned may not', async () => {
    await (await menuOf(ada, 'Cem')).getByTestId('person-kick').click();
    await ada.page.getByTestId('person-confirm').click();
    await expect(cem.ended).toContainText('A moderator sent you away');
    await cem.photograph('kicked');
    await cem.page.getByTestId('retry').click();
    await cem.isOnline();
    await (await menuOf(ada, 'Cem')).getByTestId('person-ban').click();
    await ada.page.getByTestId('person-reason').fill('Shouts');
    await ada.photograph('ban');
    await ada.page.getByTestId('person-confirm').click();
    await expect(cem.ended).toContainText('You are banned');
    // His browser shows what it kept until the server says no, and asks meanwhile.
    cem.tolerate(/40[13].*\/sessions\/[^/]+(\/changes\?.*)?$/);
    await isAccessible(cem, 'banned');
    await cem.page.getByTestId('retry').click();
    await expect(cem.ended).toContainText('You are banned');
    await cem.photograph('banned');
    const dialog = await moderation(ada);
    await dialog.getByTestId('moderation-tab-log').click();
    await expect(dialog.locator('[data-action="moderation.ban"]')).toContainText('Ada banned: Cem');
    await isAccessible(ada, 'the log');
    await ada.photograph('log');
  });
});

/** Opens the list of people and what can be done about somebody. */
async function menuOf(person: Person, name: string): Promise<Locator> {
  const list = person.page.getByTestId('people-list');
  if (!(await list.isVisible())) await person.page.getByTestId('people-button').click();
  const row = list.locator(`[data-testid="person"][data-name="${name}"]`);
  await row.getByTestId('person-menu-button').click();
  return row.getByTestId('person-menu');
}

async function share(person: Person, tab: 'access' | 'members' | 'invitations' | 'rules'): Promise<Locator> {
  await person.page.getByTestId('share').click();
  const dialog = person.page.getByTestId('share-dialog');
  await dialog.getByTestId(`share-tab-${tab}`).click();
  return dialog;
}

async function moderation(person: Person): Promise<Locator> {
  await person.page.getByTestId('session-menu-button').click();
  await person.page.getByTestId('menu-moderation').click();
  return person.page.getByTestId('moderation-dialog');
}

async function close(person: Person): Promise<void> {
  await person.page.keyboard.press('Escape');
  await expect(person.page.locator('dialog[open]')).toHaveCount(0);
}

async function choose(dialog: Locator, choices: Readonly<Record<string, string>>): Promise<void> {
  for (const [testId, label] of Object.entries(choices)) await dialog.getByTestId(testId).selectOption({ label });
}

async function enter(person: Person, password: string): Promise<void> {
  await person.page.getByTestId('session-password').fill(password);
  await person.page.getByTestId('password-enter').click();
}

const path = (link: string) => {
  const { pathname, hash } = new URL(link);
  return pathname + hash;
};
