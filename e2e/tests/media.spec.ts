import { createSession } from '@chorale/client';
import { expect } from '@playwright/test';
import { join, newSession, until } from '../support/clients.js';
import { test } from '../support/fixtures.js';
import type { Person } from '../support/person.js';

/** None that the scene has by itself. */
const INDIGO = '#5b6ee1';
const SMALL = { viewport: { width: 1000, height: 640 } };

interface Dropped {
  readonly name: string;
  readonly type: string;
  readonly base64: string;
}

test('one drops an image and a model, another sees both; files that would do harm are refused with words', async ({ server, newPerson }) => {
  const sessionId = await newSession(server);
  const [ada, ben] = [await newPerson('Ada', SMALL), await newPerson('Ben', SMALL)];
  await ada.join(sessionId);
  await ben.join(sessionId);

  await test.step('Ada drops both; Ben sees the image in its own colour, and both are loaded', async () => {
    await drop(ada, [await picture(ada, INDIGO), model('Chair.glb')]);
    await expect(ada.objects).toHaveCount(2);
    await expect(ben.objects).toHaveCount(2);
    await ben.find(INDIGO);
    for (const [name, state] of [['Poster', '64 × 32 pixels'], ['Chair', '12 triangles']] as const) {
      await ben.objects.filter({ hasText: name }).getByTestId('outline-row').click();
      await expect(ben.page.getByTestId('file-state')).toHaveText(state);
    }
    await ben.photograph('image-and-model');
  });

  await test.step('she gives a light, and a material to a box; one undo takes a whole gesture back', async () => {
    await ada.page.getByTestId('add-more').click();
    await ada.page.getByTestId('add-light-spot').click();
    await expect(ben.objects).toHaveCount(3);
    await expect(ada.page.getByTestId('light-fields')).toBeVisible();
    await ada.add('box');
    await ada.page.getByTestId('preset-metal').click();
    await expect(ada.page.getByTestId('preset-metal')).toHaveAttribute('aria-pressed', 'true');
    await ada.page.getByTestId('roughness-slider').focus();
    await ada.page.keyboard.press('ArrowRight');
    await expect(ada.page.getByTestId('roughness')).toHaveValue('0.23');
    await ada.isSaved();
  });

  await test.step('what refers to other servers, what is damaged and what is no picture is refused before it is sent', async () => {
    await drop(ada, [model('Spy.glb', { images: [{ uri: 'https://example.com/spy.png' }] })]);
    await expect(ada.notice('“Spy.glb” was not added')).toContainText('It refers to other files');
    await drop(ada, [{ name: 'Torn.glb', type: '', base64: model('Torn.glb').base64.slice(0, 120) }]);
    await expect(ada.notice('“Torn.glb” was not added')).toContainText('damaged');
    await drop(ada, [{ name: 'Run.svg', type: 'image/svg+xml', base64: base64('<svg xmlns="http://www.w3.org/2000/svg" onload="window.ran=1"/>') }]);
    await expect(ada.notice('“Run.svg” was not added')).toBeVisible();
    await expect(ada.objects).toHaveCount(4);
    expect(await ada.page.evaluate(() => Reflect.get(window, 'ran'))).toBeUndefined();
  });
});

test('an image is pasted and dragged; a compressed model that is dropped while offline comes when the connection is back', async ({ newPerson }) => {
  const ada = await newPerson('Ada', SMALL);
  ada.tolerate(/WebSocket/);
  const network = await ada.network();
  await ada.startSession('Stand');

  await test.step('the clipboard’s image stands in the scene, and goes where it is dragged to', async () => {
    await paste(ada, await picture(ada, INDIGO));
    await expect(ada.objects).toHaveCount(1);
    const id = (await ada.objects.first().getAttribute('data-element-id')) ?? '';
    await ada.isSaved();
    const { x, y } = await ada.find(INDIGO);
    const before = await ada.positionOf(id);
    // Beside its middle, where its handles are.
    await ada.page.mouse.move(x + 24, y + 14);
    await ada.page.mouse.down();
    await ada.page.mouse.move(x + 34, y + 18);
    await ada.page.mouse.move(x + 84, y + 24);
    await ada.page.mouse.up();
    await ada.isSaved();
    const after = await ada.positionOf(id);
    expect(Math.hypot((after[0] ?? 0) - (before[0] ?? 0), (after[2] ?? 0) - (before[2] ?? 0))).toBeGreaterThan(0.2);
    expect(after[1]).toBe(before[1]);
    await ada.page.getByTestId('undo').click();
    await expect.poll(() => ada.positionOf(id)).toEqual(before);
  });

  await test.step('without a connection the model waits and says so; then it is there, and can be drawn', async () => {
    await network.cut();
    await expect(ada.workspace).toHaveAttribute('data-connection', 'offline');
    await drop(ada, [compressedModel('Chair.glb')]);
    await expect(ada.page.getByTestId('upload')).toHaveAttribute('data-state', 'waiting');
    await expect(ada.notice('You are offline')).toBeVisible();
    network.mend();
    await expect(ada.objects).toHaveCount(2, { timeout: 45_000 });
    await expect(ada.page.getByTestId('upload')).toHaveCount(0);
    await expect(ada.notice('You are offline')).toHaveCount(0);
    await ada.objects.filter({ hasText: 'Chair' }).getByTestId('outline-row').click();
    await expect(ada.page.getByTestId('file-state')).toHaveText('12 triangles');
    await ada.photograph('pasted-and-compressed');
  });
});

test('a stranger’s element that names no file, or one that is gone, is a sign and nothing worse', async ({ server, newPerson }) => {
  const sessionId = await newSession(server);
  const ada = await newPerson('Ada', SMALL);
  ada.tolerate(/404/);
  const stranger = join(server, sessionId, 'Mallory');
  await until(stranger, ({ state }) => state === 'online');
  stranger.edit([
    { op: 'create', id: 'gone', elementType: 'model', parent: null, props: { name: 'Gone', asset: 'no-such-file', position: [0, 0.5, 0] } },
    { op: 'create', id: 'away', elementType: 'image', parent: null, props: { name: 'Away', asset: '../../../secret', aspect: 'NaN', position: [2, 0.5, 0] } },
    { op: 'create', id: 'lamp', elementType: 'light', parent: null, props: { name: 'Lamp', light: 'laser', intensity: 1e9, range: -5, position: [0, 2, 0] } },
  ]);
  await ada.join(sessionId);
  await expect(ada.objects).toHaveCount(3);
  for (const [name, words] of [['Gone', 'The file is no longer there.'], ['Away', 'No file is chosen.']] as const) {
    await ada.objects.filter({ hasText: name }).getByTestId('outline-row').click();
    await expect(ada.page.getByTestId('file-state')).toHaveText(words);
  }
  await ada.objects.filter({ hasText: 'Lamp' }).getByTestId('outline-row').click();
  await expect(ada.page.getByTestId('light-intensity')).toHaveValue('20');
  stranger.close();
});

test('a scene that was edited has its picture on the start page, parameters have a drawing', async ({ server, newPerson }) => {
  const parameters = (await createSession(server.url, { name: 'Numbers', kind: 'parameters', visibility: 'public' })).sessionId;
  const ada = await newPerson('Ada', SMALL);
  const scene = await ada.startSession('Stand');
  await ada.add('box');
  await ada.isSaved();
  const kept = ada.page.waitForResponse((response) => response.url().endsWith(`/${scene}/thumbnail`) && response.request().method() === 'PUT');
  await ada.leave();
  expect((await kept).status()).toBe(204);
  await ada.page.reload();
  const row = (sessionId: string) => ada.page.locator(`[data-session-id="${sessionId}"]`).getByTestId('thumbnail');
  await expect(row(scene)).toHaveAttribute('data-picture', 'true');
  await expect.poll(() => row(scene).locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(320);
  await expect(row(parameters)).toHaveAttribute('data-kind', 'parameters');
  await expect(row(parameters)).toHaveAttribute('data-picture', 'false');
  await ada.photograph('start-with-pictures');
});

async function drop(person: Person, files: readonly Dropped[]): Promise<void> {
  const dataTransfer = await person.page.evaluateHandle((given) => {
    const transfer = new DataTransfer();
    for (const { name, type, base64: text } of given) transfer.items.add(new File([Uint8Array.from(atob(text), (each) => each.charCodeAt(0))], name, { type }));
    return transfer;
  }, files);
  await person.page.dispatchEvent('[data-testid="workspace"]', 'drop', { dataTransfer, clientX: 500, clientY: 380 });
}

async function paste({ page }: Person, { name, type, base64: text }: Dropped): Promise<void> {
  await page.evaluate(
    (file) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([Uint8Array.from(atob(file.text), (each) => each.charCodeAt(0))], file.name, { type: file.type }));
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    },
    { name, type, text },
  );
}

/** A poster of one colour, twice as wide as high. */
async function picture({ page }: Person, color: string): Promise<Dropped> {
  const url = await page.evaluate((fill) => {
    const canvas = document.createElement('canvas');
    canvas.width = 64;
    canvas.height = 32;
    const context = canvas.getContext('2d');
    if (context) {
      context.fillStyle = fill;
      context.fillRect(0, 0, 64, 32);
    }
    return canvas.toDataURL('image/png');
  }, color);
  return { name: 'Poster.png', type: 'image/png', base64: url.slice(url.indexOf(',') + 1) };
}

/** A cube of one metre as binary glTF. */
function model(name: string, more: Readonly<Record<string, unknown>> = {}, packed?: Buffer): Dropped {
  const corners = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((bits) => [0, 1, 2].map((axis) => ((bits >> axis) & 1) - 0.5));
  const faces = [0, 2, 1, 1, 2, 3, 4, 5, 6, 5, 7, 6, 0, 1, 4, 1, 5, 4, 2, 6, 3, 3, 6, 7, 0, 4, 2, 2, 4, 6, 1, 3, 5, 3, 7, 5];
  const bin = packed ?? Buffer.concat([Buffer.from(new Float32Array(corners).buffer), Buffer.from(new Uint16Array(faces).buffer)]);
  const json = {
    asset: { version: '2.0' },
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [{ mesh: 0 }],
    meshes: [{ primitives: [{ attributes: { POSITION: 0 }, indices: 1 }] }],
    accessors: [
      { bufferView: 0, componentType: 5126, count: 8, type: 'VEC3', min: [-0.5, -0.5, -0.5], max: [0.5, 0.5, 0.5] },
      { bufferView: 1, componentType: 5123, count: 36, type: 'SCALAR' },
    ],
    bufferViews: [{ buffer: 0, byteLength: 96 }, { buffer: 0, byteOffset: 96, byteLength: 72 }],
    buffers: [{ byteLength: bin.length }],
    ...more,
  };
  const text = Buffer.from(JSON.stringify(json));
  const padded = Buffer.concat([text, Buffer.alloc((4 - (text.length % 4)) % 4, ' ')]);
  const word = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return bytes;
  };
  const length = 12 + 8 + padded.length + 8 + bin.length;
  const glb = Buffer.concat([word(0x46546c67), word(2), word(length), word(padded.length), word(0x4e4f534a), padded, word(bin.length), word(0x004e4942), bin]);
  return { name, type: '', base64: glb.toString('base64') };
}

/** The same cube as meshoptimizer's encoder packs it. */
function compressedModel(name: string): Dropped {
  const corners = Buffer.from('oAAAAAE//wAA/////////wAAAAEMzAAA////AAAAAQDAAAD/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAC/AAAAvwAAAL8=', 'base64');
  const faces = Buffer.from('4f4e/x5zEqEPZxKVD/AE/wICAgAAAHaHVmd4qYZliWiYAWkAAA==', 'base64');
  const bin = Buffer.concat([corners, faces, Buffer.alloc(3)]);
  const view = (byteLength: number, place: Readonly<Record<string, unknown>>) => ({ buffer: 1, byteLength, extensions: { EXT_meshopt_compression: { buffer: 0, ...place } } });
  return model(
    name,
    {
      extensionsUsed: ['EXT_meshopt_compression'],
      extensionsRequired: ['EXT_meshopt_compression'],
      bufferViews: [
        view(96, { byteOffset: 0, byteLength: corners.length, byteStride: 12, count: 8, mode: 'ATTRIBUTES' }),
        view(72, { byteOffset: corners.length, byteLength: faces.length, byteStride: 2, count: 36, mode: 'TRIANGLES' }),
      ],
      buffers: [{ byteLength: bin.length }, { byteLength: 168, extensions: { EXT_meshopt_compression: { fallback: true } } }],
    },
    bin,
  );
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
