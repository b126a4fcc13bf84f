import { expect, test, type Locator, type Page, type WebSocketRoute } from '@playwright/test';

const GOING_AWAY = 1001;

/** What the test does to somebody's way to the server. */
export interface Network {
  /** Ends the connection, and lets none come up. */
  readonly cut: () => Promise<void>;
  readonly mend: () => void;
  /** Lets nothing come in, while what goes out does: who edits then cannot know of others' edits. */
  readonly deafen: () => void;
  readonly listen: () => void;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Somebody with a browser of their own, and what they can do in it. Whatever goes wrong in it is remembered. */
export class Person {
  /** The workspace's root: `data-connection`, `data-revision`, `data-pending` … */
  readonly workspace: Locator;
  readonly scene: Locator;
  readonly inspector: Locator;
  readonly ended: Locator;
  /** One row for each live object, whether the panel is open or not; of very many only those in view. */
  readonly objects: Locator;
  readonly chat: { readonly toggle: Locator; readonly panel: Locator; readonly log: Locator; readonly field: Locator; readonly messages: Locator };
  /** The dialog that asks which of several values counts. */
  readonly conflict: Locator;
  readonly #troubles: string[] = [];
  #tolerated: readonly RegExp[] = [];

  constructor(
    readonly page: Page,
    readonly name: string,
    private readonly serverUrl: string,
  ) {
    this.workspace = page.getByTestId('workspace');
    this.scene = page.getByTestId('scene').locator('canvas');
    this.inspector = page.getByTestId('inspector');
    this.ended = page.getByTestId('ended-screen');
    this.objects = page.getByTestId('outline').getByRole('treeitem');
    this.chat = {
      toggle: page.getByTestId('chat-toggle'),
      panel: page.getByTestId('chat'),
      log: page.getByTestId('chat-log'),
      field: page.getByTestId('chat-field'),
      messages: page.getByTestId('chat-message'),
    };
    this.conflict = page.getByTestId('conflict-dialog');
    page.on('pageerror', (error) => this.#troubles.push(`uncaught: ${error.stack ?? error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') this.#troubles.push(`console: ${message.text()} ${message.location().url}`);
    });
    page.on('dialog', (dialog) => {
      this.#troubles.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? '';
      // Whoever leaves a screen asks no longer for the pictures on it, nor how its branch stands: the page itself cancels these.
      const isCancelled = reason === 'net::ERR_ABORTED' && /\/(thumbnail|picture)\?|\/branches\/[^/?]+$/.test(request.url());
      if (!isCancelled) this.#troubles.push(`failed: ${request.url()} ${reason}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) this.#troubles.push(`${response.status()}: ${response.url()}`);
    });
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      const own = origin === this.serverUrl || protocol === 'data:' || protocol === 'blob:';
      if (!own) this.#troubles.push(`request to somebody else: ${request.url()}`);
    });
  }

  /** Troubles that belong to what a test is about. */
  tolerate(...patterns: readonly RegExp[]): void {
    this.#tolerated = patterns;
  }

  /** Console errors, failed requests, requests to other servers, dialogs: whatever nobody should ever have. */
  get troubles(): readonly string[] {
    return this.#troubles.filter((trouble) => !this.#tolerated.some((pattern) => pattern.test(trouble)));
  }

  /** Starts a session from the start page and takes part in it. */
  async startSession(sessionName: string, { maxUsers, kind = 'scene' }: { readonly maxUsers?: number; readonly kind?: 'scene' | 'parameters' } = {}): Promise<string> {
    await this.page.goto('/');
    await this.page.getByTestId(`kind-${kind}`).click();
    await this.page.getByTestId('new-session-name').fill(sessionName);
    if (maxUsers !== undefined) await this.page.getByTestId('new-session-max-users').fill(String(maxUsers));
    await this.page.getByTestId('new-session-create').click();
    await this.introduce();
    await this.isOnline();
    return new URL(this.page.url()).pathname.replace('/s/', '');
  }

  /** Opens a session by its link, introduces oneself and waits for the scene. */
  async join(sessionId: string): Promise<void> {
    await this.page.goto(`/s/${sessionId}`);
    await this.introduce();
    await this.isOnline();
  }

  async introduce(color?: string): Promise<void> {
    const dialog = this.page.getByTestId('identity-dialog');
    await dialog.getByTestId('identity-name').fill(this.name);
    if (color !== undefined) await dialog.locator(`[data-color="${color}"]`).click();
    await dialog.getByTestId('identity-join').click();
  }

  async isOnline(): Promise<void> {
    await expect(this.workspace).toHaveAttribute('data-connection', 'online', { timeout: 45_000 });
    await expect(this.scene.or(this.page.getByTestId('parameters'))).toBeVisible();
  }

  /** Goes to the start page, which gives the seat up; closing the window would let it wait. */
  async leave(): Promise<void> {
    await this.page.getByTestId('home-link').click();
    await expect(this.page.getByTestId('start')).toBeVisible();
  }

  /** Nothing of one's own waits for the server any more. */
  async isSaved(): Promise<void> {
    await expect(this.workspace).toHaveAttribute('data-pending', '0');
  }

  async add(kind: 'box' | 'sphere' | 'cylinder' | 'cone' | 'label'): Promise<void> {
    const before = await this.objects.count();
    await this.page.getByTestId(`add-${kind}`).click();
    await expect(this.objects).toHaveCount(before + 1);
  }

  object(id: string): Locator {
    return this.page.getByTestId('outline').locator(`[data-element-id="${id}"]`);
  }

  async positionOf(id: string): Promise<readonly number[]> {
    return ((await this.object(id).getAttribute('data-position')) ?? '').split(',').map(Number);
  }

  async selectInPanel(id: string): Promise<void> {
    await this.object(id).getByTestId('outline-row').click();
    await expect(this.object(id)).toHaveAttribute('data-selected', 'true');
  }

  parameter(name: string): Locator {
    return this.page.locator(`[data-testid="parameter"][data-name="${name}"]`);
  }

  async setParameter(name: string, value: number): Promise<void> {
    await this.page.getByTestId(`value-${name}`).fill(String(value));
    await this.page.getByTestId(`value-${name}`).press('Enter');
  }

  /** Where a parameter's slider is on the screen; `at` answers the place of a share of its way. */
  async slider(name: string): Promise<{ readonly y: number; readonly at: (share: number) => number }> {
    const box = await this.page.getByTestId(`slider-${name}`).boundingBox();
    if (box === null) throw new Error(`no slider for ${name}`);
    const thumb = 22;
    return { y: box.y + box.height / 2, at: (share) => box.x + thumb / 2 + share * (box.width - thumb) };
  }

  /** A notice with this title. */
  notice(title: string): Locator {
    return this.page.getByTestId('notice').filter({ hasText: title });
  }

  async say(text: string): Promise<void> {
    await this.chat.field.fill(text);
    await this.chat.field.press('Enter');
    await expect(this.chat.messages.last()).toHaveText(text);
  }

  /** Turns the page away from the person, as another tab before it does, or back. */
  async hide(hidden: boolean): Promise<void> {
    await this.page.evaluate((state) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden ? 'hidden' : 'visible');
  }

  /** Notes from now on everybody who is in the people list at any moment. */
  async watchPeople(): Promise<void> {
    await this.page.getByTestId('participants').evaluate((list) => {
      const names = () => [...list.querySelectorAll<HTMLElement>('li')].map(({ dataset }) => dataset['name']).join(' ');
      const seen = new Set([names()]);
      new MutationObserver(() => seen.add(names())).observe(list, { childList: true, subtree: true });
      Reflect.set(window, 'seenPeople', seen);
    });
  }

  /** Each list of names that was there since, once. */
  async sawPeople(): Promise<readonly string[]> {
    return this.page.evaluate(() => [...(Reflect.get(window, 'seenPeople') as Set<string>)]);
  }

  /** So many edits that the server does not have are on this device, beyond the page's end. */
  async hasOnDisk(edits: number): Promise<void> {
    await expect.poll(() => this.page.evaluate(editsOnDisk), { message: `edits on ${this.name}'s device` }).toBe(edits);
  }

  /** As this person appears to another one. */
  as(other: Person): { readonly pointer: Locator; readonly participant: Locator } {
    const named = `[data-name="${this.name}"]`;
    return {
      pointer: other.page.getByTestId('remote-pointer').and(other.page.locator(named)).getByText(this.name, { exact: true }),
      participant: other.page.getByTestId('participants').locator(named),
    };
  }

  async participantId(): Promise<string> {
    return (await this.workspace.getAttribute('data-self')) ?? '';
  }

  /** The middle of what the scene shows in about this colour, as an eye finds a thing; undefined where there is none. */
  async see(color: string): Promise<Point | undefined> {
    const { width, height } = this.page.viewportSize() ?? { width: 0, height: 0 };
    // The scene fills the window; panels and bars lie at its edges.
    const clip = { x: width * 0.22, y: height * 0.12, width: width * 0.54, height: height * 0.7 };
    const png = (await this.page.screenshot({ clip, scale: 'css' })).toString('base64');
    const found = await this.page.evaluate(middleOf, { png, color });
    return found && { x: found.x + clip.x, y: found.y + clip.y };
  }

  /** As `see`, once it is there. */
  async find(color: string): Promise<Point> {
    let found: Point | undefined;
    // Twice at the same place: a view that is still gliding would be missed by whoever presses where a thing was.
    await expect
      .poll(
        async () => {
          const before = found;
          found = await this.see(color);
          return before !== undefined && found !== undefined && Math.hypot(found.x - before.x, found.y - before.y) < 1;
        },
        { message: `${this.name} sees ${color} standing still` },
      )
      .toBe(true);
    if (found === undefined) throw new Error(`no ${color}`);
    return found;
  }

  /** Takes a hold of the browser's way to the server, before anything is opened. */
  async network(): Promise<Network> {
    let up = true;
    let deaf = false;
    const unheard: (() => void)[] = [];
    const sockets: WebSocketRoute[] = [];
    await this.page.routeWebSocket(/\/ws\/v1\//, async (socket) => {
      if (!up) return socket.close({ code: GOING_AWAY });
      const server = socket.connectToServer();
      server.onMessage((message) => {
        if (deaf) unheard.push(() => socket.send(message));
        else socket.send(message);
      });
      sockets.push(socket, server);
    });
    return {
      deafen: () => {
        deaf = true;
      },
      listen: () => {
        deaf = false;
        for (const hear of unheard.splice(0)) hear();
      },
      cut: async () => {
        up = false;
        for (const socket of sockets.splice(0)) await socket.close({ code: GOING_AWAY });
      },
      mend: () => {
        up = true;
      },
    };
  }

  /** A picture to look at after the test; it is not compared with anything. */
  async photograph(title: string): Promise<void> {
    if (process.env['CHORALE_PHOTOS'] === undefined) return;
    await this.page.screenshot({ path: test.info().outputPath(`${title}.png`) });
  }
}

/** Runs in the page: how many entries of the offline store are pending changes (`c` and a number). */
async function editsOnDisk(): Promise<number> {
  const request = indexedDB.open('chorale');
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
  });
  const keys = database.transaction('entries').objectStore('entries').getAllKeys();
  await new Promise((resolve) => keys.addEventListener('success', resolve));
  database.close();
  return (keys.result as [string, string][]).filter(([, key]) => /^c[0-9]/.test(key)).length;
}

/** Runs in the page: the middle of a picture's pixels of about one colour. What lies in the light has nearly its own. */
async function middleOf({ png, color }: { png: string; color: string }): Promise<Point | undefined> {
  const NEAR = 16;
  const FEWEST = 20;
  const bytes = Uint8Array.from(atob(png), (char) => char.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  if (context === null) throw new Error('no 2d context');
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  const wanted = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  let [count, x, y] = [0, 0, 0];
  for (let pixel = 0; pixel < data.length / 4; pixel++) {
    if (!wanted.every((channel, index) => Math.abs((data[pixel * 4 + index] ?? 0) - channel) <= NEAR)) continue;
    count += 1;
    x += pixel % bitmap.width;
    y += Math.floor(pixel / bitmap.width);
  }
  return count < FEWEST ? undefined : { x: x / count, y: y / count };
}
