import { setTimeout as sleep } from 'node:timers/promises';

const STEP_MS = 16;
/** Software takes its time for a picture of many objects. */
const PICTURE_MS = 180_000;

/** What somebody does with the scene. */
export class Actions {
  #page;

  /** @param {import('@playwright/test').Page} page */
  constructor(page) {
    this.#page = page;
  }

  /** Opens a session; milliseconds from going there to the picture. @param {string} url @param {import('./probe.mjs').Probe} probe */
  async open(url, probe) {
    const page = this.#page;
    // Introduced once, so that nothing but opening is measured.
    await page.goto(url);
    await page.getByTestId('identity-name').fill('Bench');
    await page.getByTestId('identity-join').click();
    await probe.isFull();
    await page.reload();
    const firstFullPictureMs = await probe.isFull();
    return { firstFullPictureMs, ...(await probe.loading()) };
  }

  /** Turns the view around, evenly. @param {number} seconds */
  async orbit(seconds) {
    const { mouse } = this.#page;
    const { width, height } = this.#page.viewportSize() ?? { width: 0, height: 0 };
    // Beside the middle, where nothing is selected that could be dragged.
    await mouse.move(width * 0.3, height * 0.8);
    await mouse.down();
    await this.#glide(seconds, (share) => [width * (0.3 + 0.4 * share), height * (0.8 - 0.1 * share)]);
    await mouse.up();
    await sleep(500);
  }

  /** Selects the object of a colour and moves it over the ground. @param {string} color @param {number} seconds */
  async drag(color, seconds) {
    const { mouse } = this.#page;
    const first = await this.#find(color);
    await mouse.click(first.x, first.y);
    await this.#page.getByTestId('inspector').waitFor();
    const { x, y } = await this.#find(color);
    await mouse.move(x, y);
    await mouse.down();
    await this.#glide(seconds, (share) => [x + 60 * Math.sin(share * 20), y + 30 * Math.sin(share * 13)]);
    await mouse.up();
    await this.#page.keyboard.press('Escape');
    await sleep(500);
  }

  /** @param {number} seconds @param {(share: number) => readonly [number, number]} at */
  async #glide(seconds, at) {
    const began = performance.now();
    for (let share = 0; share < 1; share = (performance.now() - began) / (seconds * 1000)) {
      await this.#page.mouse.move(...at(share));
      await sleep(STEP_MS);
    }
  }

  /** The middle of what has a colour, once it stands still. @param {string} color @returns {Promise<{ x: number, y: number }>} */
  async #find(color) {
    const { width, height } = this.#page.viewportSize() ?? { width: 0, height: 0 };
    // Panels have colours, too: the dots of the list, the swatches of what is selected, the people at the top.
    const clip = { x: width * 0.22, y: height * 0.12, width: width * 0.54, height: height * 0.7 };
    let before = { x: -1, y: -1 };
    for (let tries = 0; tries < 40; tries++) {
      const png = (await this.#page.screenshot({ clip, scale: 'css', timeout: PICTURE_MS })).toString('base64');
      const inClip = await this.#page.evaluate(middleOf, { png, color });
      const found = inClip && { x: clip.x + inClip.x, y: clip.y + inClip.y };
      if (found && Math.hypot(found.x - before.x, found.y - before.y) < 1) return found;
      if (found) before = found;
    }
    throw new Error(`nothing of ${color} stands still`);
  }
}

/** Runs in the page. @param {{ png: string, color: string }} picture */
async function middleOf({ png, color }) {
  const bytes = Uint8Array.from(atob(png), (char) => char.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  if (context === null) throw new Error('no 2d context');
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  const wanted = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  let [count, x, y] = [0, 0, 0];
  for (let pixel = 0; pixel < data.length / 4; pixel++) {
    if (!wanted.every((channel, index) => Math.abs((data[pixel * 4 + index] ?? 0) - channel) <= 24)) continue;
    count += 1;
    x += pixel % bitmap.width;
    y += Math.floor(pixel / bitmap.width);
  }
  return count < 20 ? undefined : { x: x / count, y: y / count };
}
