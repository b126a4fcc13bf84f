import { createSession, readSession, type JsonObject, type PolicySettings, type Session } from '@chorale/client';
import { expect } from '@playwright/test';
import { join } from '../support/clients.js';
import { test } from '../support/fixtures.js';
import type { Person } from '../support/person.js';
import type { ChoraleServer } from '../support/server.js';

const PHONE = { viewport: { width: 390, height: 844 } };

test('the plot follows everybody’s sliders while they move, says what it shows, and shows how a parameter moved', async ({ newPerson }) => {
  const [ada, ben] = [await newPerson('Ada', { reducedMotion: 'reduce' }), await newPerson('Ben')];
  const sessionId = await ada.startSession('Oscillator', { kind: 'parameters' });
  await ben.join(sessionId);
  await expect(plotOf(ada).canvas).toBeVisible();
  await expect(plotOf(ada).summary).toContainText('Maximum 1 at t = 0. It crosses zero 6 times, first at t = 0.785.');

  await test.step('Ben drags omega: Ada’s curve moves before he lets go', async () => {
    const before = await pictureOf(ada);
    const slider = await ben.slider('omega');
    await ben.page.mouse.move(slider.at(0.2), slider.y);
    await ben.page.mouse.down();
    await ben.page.mouse.move(slider.at(0.8), slider.y, { steps: 6 });
    await expect(plotOf(ada).summary).toContainText(/crosses zero 2[3-7] times/);
    await expect.poll(() => pictureOf(ada)).not.toBe(before);
    await expect(ada.parameter('omega').getByTestId('moving')).toContainText('Ben');
    await ada.photograph('wave');
    await ben.page.mouse.up();
    await ben.isSaved();
  });

  await test.step('the plot has a name and a description, and it says what is pointed at', async () => {
    await expect(plotOf(ada).root).toHaveAccessibleName('Damped wave');
    await expect(plotOf(ada).root).toHaveAccessibleDescription(/^Damped wave y\(t\) = 1 · .+ Maximum 1 at t = 0\./);
    await plotOf(ada).root.hover({ position: { x: 200, y: 60 } });
    await expect(ada.page.getByTestId('plot-reading')).toHaveText(/^t = \d\.\d\d, y = /);
  });

  await test.step('Ada looks at what omega was since she opened the page', async () => {
    await ada.page.getByTestId('plot-subject').selectOption('omega');
    await expect(plotOf(ada).root).toHaveAccessibleName('omega over time');
    await expect(plotOf(ada).summary).toContainText(/Between 2 and \d[.\d]*, \d+ changes? seen/);
    await ben.setParameter('omega', 9.5);
    await expect(plotOf(ada).summary).toContainText('omega is 9.5 now. Between 2 and 9.5');
    await ada.photograph('history');
  });
});

test('parameters of any name are added, defined anew and removed together, and hostile ones do no harm', async ({ server, newPerson }) => {
  const { sessionId, maker } = await parameterSession(server, { mu: 1, ranges: { mu: [0, 3] } }, { 'parameters.*': { windowMs: 0 } });
  const [ada, ben] = [await newPerson('Ada', PHONE), await newPerson('Ben')];
  await ada.join(sessionId);
  await ben.join(sessionId);

  await test.step('both add one at the same time', async () => {
    await ada.page.getByTestId('add-parameter').click();
    await ben.page.getByTestId('add-parameter').click();
    await field(ada, 'name').fill('Flow rate');
    await field(ada, 'symbol').fill('q');
    await field(ada, 'unit').fill('l/s');
    await field(ada, 'min').fill('20');
    await ada.page.getByTestId('definition-save').click();
    await expect(field(ada, 'max')).toBeFocused();
    await expect(ada.page.getByTestId('definition-dialog')).toContainText('must be greater');
    await field(ada, 'max').fill('40');
    await field(ada, 'step').fill('0,5');
    await field(ada, 'value').fill('25,5');
    await ada.photograph('definition-phone');
    await ben.page.getByTestId('definition-kind-toggle').click();
    await field(ben, 'name').fill('Pump');
    await Promise.all([ada, ben].map((each) => each.page.getByTestId('definition-save').click()));
    for (const person of [ada, ben]) {
      await expect(person.parameter('Flow rate')).toHaveAttribute('data-value', '25.5');
      await expect(person.parameter('Pump')).toHaveAttribute('data-value', 'false');
    }
    await expect(ben.page.getByTestId('slider-Flow rate')).toHaveAttribute('max', '40');
    await expect(ben.parameter('Flow rate')).toContainText('l/s');
  });

  await test.step('a switch switches for both, by keyboard too', async () => {
    await ben.page.getByTestId('switch-Pump').focus();
    await ben.page.keyboard.press('Space');
    await expect(ada.page.getByRole('switch', { name: 'Pump' })).toBeChecked();
  });

  await test.step('two people change different parts of one definition, and both win', async () => {
    await ada.page.getByTestId('edit-Flow rate').click();
    await ben.page.getByTestId('edit-Flow rate').click();
    await field(ada, 'max').fill('60');
    await field(ben, 'unit').fill('m³/h');
    await Promise.all([ada, ben].map((each) => each.page.getByTestId('definition-save').click()));
    for (const person of [ada, ben]) {
      await expect(person.page.getByTestId('slider-Flow rate')).toHaveAttribute('max', '60');
      await expect(person.parameter('Flow rate')).toContainText('m³/h');
    }
  });

  await test.step('Ada removes it, and brings it back as it was', async () => {
    await ada.page.getByTestId('edit-Flow rate').click();
    await ada.page.getByTestId('definition-remove').click();
    await expect(ben.parameter('Flow rate')).toHaveCount(0);
    await ada.notice('Flow rate removed').getByTestId('notice-action').click();
    await expect(ben.parameter('Flow rate')).toHaveAttribute('data-value', '25.5');
    await expect(ben.page.getByTestId('slider-Flow rate')).toHaveAttribute('max', '60');
    await expect(plotOf(ben).summary).toContainText('mu is 1 now');
    await ben.photograph('ben');
  });

  await test.step('thirty more, some of them hostile: the page stays usable, and what is searched for is found', async () => {
    maker.edit([
      ...Array.from({ length: 28 }, (_, index) => ({ op: 'set', id: 'parameters', path: [`Valve ${index + 1}`], value: index } as const)),
      { op: 'set', id: 'parameters', path: ['<img src=x onerror=alert(1)>'], value: 1e308 },
      { op: 'set', id: 'parameters', path: ['definition:Valve 3'], value: { min: 'x', max: [1], step: -1, symbol: 's'.repeat(3000), unit: 4 } },
      { op: 'set', id: 'parameters', path: ['toString'], value: -5e-324 },
    ]);
    await maker.idle();
    maker.close();
    await expect(ben.page.getByTestId('parameter')).toHaveCount(33);
    await ben.page.getByTestId('parameter-search').fill('valve 2');
    await expect(ben.page.getByTestId('parameter')).toHaveCount(11);
    await expect(ben.page.getByTestId('parameter-count')).toHaveText('11 of 33 parameters');
    await ben.photograph('many');
    await ben.setParameter('Valve 20', 12);
    await expect(ada.parameter('Valve 20')).toHaveAttribute('data-value', '12');
  });
});

test('[CNF-2] [CNF-13] two who turn one switch at the same time are asked, and one decides', async ({ server, newPerson }) => {
  const conflictPolicy = { 'parameters.*': { strategy: 'MANUAL', windowMs: 60_000 } } as const;
  const { sessionId, maker } = await parameterSession(server, { Pump: false }, conflictPolicy);
  const ada = await newPerson('Ada');
  await ada.join(sessionId);
  maker.edit([{ op: 'set', id: 'parameters', path: ['Pump'], value: true }]);
  await expect(ada.page.getByTestId('switch-Pump')).toBeChecked();

  await ada.page.getByTestId('switch-Pump').click();

  await expect(ada.conflict).toContainText('You and Maker changed Pump at the same time');
  await expect(ada.conflict.getByTestId('option-mine')).toContainText('Off');
  await expect(ada.conflict.getByTestId('option-theirs')).toContainText('On');
  await expect(ada.conflict.locator('[data-testid^="option-"]')).toHaveCount(2);
  await ada.photograph('asked');
  await ada.conflict.getByTestId('option-mine').click();
  await ada.conflict.getByTestId('conflict-use').click();
  await expect(ada.page.getByTestId('switch-Pump')).not.toBeChecked();
  await ada.isSaved();
  expect(maker.document.elements.get('parameters')?.props['Pump']).toBe(false);
  maker.close();
});

test('[REST-11] the owner decides how conflicts are settled, and nobody else may', async ({ server, newPerson }) => {
  const [ada, ben] = [await newPerson('Ada', PHONE), await newPerson('Ben')];
  const sessionId = await ada.startSession('Oscillator', { kind: 'parameters' });
  await ben.join(sessionId);
  await ben.page.getByTestId('session-menu-button').click();
  await expect(ben.page.getByTestId('menu-identity')).toBeVisible();
  await expect(ben.page.getByTestId('menu-policy')).toHaveCount(0);

  await ada.page.getByTestId('session-menu-button').click();
  await ada.page.getByTestId('menu-policy').click();
  await expect(rule(ada, 'parameters.*')).toHaveAttribute('data-strategy', 'MANUAL');
  await ada.page.getByTestId('policy-new-property').selectOption('kappa');
  await ada.page.getByTestId('policy-add').click();
  await ada.page.getByTestId('policy-parameters.kappa-strategy').selectOption('MERGE');
  await rule(ada, 'parameters.kappa').locator('summary').click();
  await ada.page.getByTestId('policy-parameters.kappa-blend').selectOption('AVERAGE');
  await ada.page.getByTestId('policy-parameters.kappa-window').fill('soon');
  await expect(ada.page.getByTestId('policy-save')).toBeDisabled();
  await ada.page.getByTestId('policy-parameters.kappa-window').fill('200');
  await ada.page.getByTestId('policy-usual-strategy').selectOption('LAST_WRITE_WINS');
  await ada.photograph('policy-phone');
  await ada.page.getByTestId('policy-save').click();
  await expect(ada.notice('The rules for conflicts are saved')).toBeVisible();

  const { conflictPolicy } = await readSession(server.url, sessionId);
  expect(conflictPolicy).toMatchObject({
    'parameters.kappa': { strategy: 'MERGE', blend: 'AVERAGE', windowMs: 200, atomic: false },
    'parameters.*': { strategy: 'MANUAL', windowMs: 500 },
    '*.*': { strategy: 'LAST_WRITE_WINS' },
  });

  await ada.page.getByTestId('session-menu-button').click();
  await ada.page.getByTestId('menu-policy').click();
  await ada.page.getByTestId('policy-reset').click();
  await expect(ada.page.getByTestId('policy-dialog')).toBeHidden();
  expect(Object.keys((await readSession(server.url, sessionId)).conflictPolicy ?? {}).sort()).toEqual(['*.color', '*.quaternion', 'parameters.*']);
});

const plotOf = ({ page }: Person) => ({ root: page.getByTestId('plot'), canvas: page.getByTestId('plot').locator('canvas'), summary: page.getByTestId('plot-summary') });
const field = ({ page }: Person, name: string) => page.getByTestId(`definition-${name}`);
const rule = ({ page }: Person, name: string) => page.locator(`[data-testid="policy-rule"][data-name="${name}"]`);

/** What the plot's canvas shows, to be compared. */
function pictureOf(person: Person): Promise<string> {
  return plotOf(person).canvas.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
}

/** A parameter session that a program began with these properties, and that program. */
async function parameterSession(server: ChoraleServer, props: JsonObject, conflictPolicy: PolicySettings = {}): Promise<{ readonly sessionId: string; readonly maker: Session }> {
  const { sessionId } = await createSession(server.url, { name: 'End to end', kind: 'parameters', conflictPolicy });
  const maker = join(server, sessionId, 'Maker');
  await maker.ready();
  maker.edit([{ op: 'create', id: 'parameters', elementType: 'parameters', parent: null, props }]);
  await maker.idle();
  return { sessionId, maker };
}
