/**
 * @typedef {object} Frame one callback of an animation frame in which something was drawn
 * @property {number} at when it began, in milliseconds of the page
 * @property {number} ms how long it took: moving things, and telling the graphics card
 * @property {number} calls drawings, those into the shadow map included
 * @property {number} bodies instances of all drawings
 * @property {number} triangles
 */

/** Sees what a page draws, by listening at WebGL; the same for any way of drawing. */
export class Probe {
  #page;
  #client;

  /** @param {import('@playwright/test').Page} page @param {import('@playwright/test').CDPSession} client */
  constructor(page, client) {
    this.#page = page;
    this.#client = client;
  }

  /** @param {import('@playwright/test').Page} page @param {number} elements */
  static async into(page, elements) {
    await page.addInitScript(listen, elements);
    const client = await page.context().newCDPSession(page);
    await client.send('Profiler.enable');
    await client.send('Profiler.setSamplingInterval', { interval: 200 });
    return new Probe(page, client);
  }

  /** Waits until a frame showed all objects, and answers when it was there: in milliseconds since the page was asked for. */
  async isFull() {
    const full = await this.#page.waitForFunction(() => Reflect.get(window, 'benchFull'), undefined, { timeout: 240_000 });
    return /** @type {number} */ (await full.jsonValue());
  }

  /** The longest script while the page was opened. */
  async loading() {
    const scripts = await this.#taken('benchScripts');
    await this.#taken('benchFrames');
    return { longestScriptMs: Math.round(Math.max(0, ...scripts)) };
  }

  /** @param {string} what @param {() => Promise<unknown>} doing */
  async during(what, doing) {
    console.error(`${what} …`);
    await this.#taken('benchFrames');
    await this.#taken('benchScripts');
    await this.#client.send('Profiler.start');
    await doing();
    const { profile } = await this.#client.send('Profiler.stop');
    const frames = /** @type {Frame[]} */ (await this.#taken('benchFrames'));
    const scripts = /** @type {number[]} */ (await this.#taken('benchScripts'));
    const of = (/** @type {'ms' | 'calls' | 'triangles' | 'bodies'} */ key) => frames.map((frame) => frame[key]);
    const gl = glShare(profile);
    const measured = {
      frames: frames.length,
      cpuMs: spread(of('ms')),
      cpuMsWithoutGl: spread(of('ms').map((ms) => ms * (1 - gl))),
      glShare: Math.round(gl * 100) / 100,
      drawCalls: spread(of('calls')),
      triangles: spread(of('triangles')),
      scriptsAbove50ms: scripts.filter((ms) => ms > 50).length,
      longestScriptMs: Math.round(Math.max(0, ...scripts)),
    };
    console.error(JSON.stringify(measured));
    return measured;
  }

  async heapMB() {
    await this.#client.send('HeapProfiler.collectGarbage');
    const { usedSize } = await this.#client.send('Runtime.getHeapUsage');
    return Math.round(usedSize / 1024 / 102.4) / 10;
  }

  async renderer() {
    return this.#page.evaluate(() => {
      const gl = document.createElement('canvas').getContext('webgl2');
      const named = gl?.getExtension('WEBGL_debug_renderer_info');
      return named ? String(gl?.getParameter(named.UNMASKED_RENDERER_WEBGL)) : 'unknown';
    });
  }

  /** What was gathered since the last time. @param {'benchFrames' | 'benchScripts'} name */
  async #taken(name) {
    return this.#page.evaluate((each) => {
      const gathered = Reflect.get(window, each) ?? [];
      return gathered.splice(0);
    }, name);
  }
}

/**
 * The share of the time in animation frames that is spent inside of WebGL itself, by sampling.
 *
 * @param {{ nodes: { id: number, callFrame: { functionName: string, url: string }, children?: number[] }[], samples?: number[] }} profile
 */
function glShare({ nodes, samples = [] }) {
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => /** @type {const} */ ([child, id]))));
  const byId = new Map(nodes.map((node) => [node.id, node.callFrame]));
  let [frames, gl] = [0, 0];
  for (const sample of samples) {
    const inside = above(sample, parents).some((id) => byId.get(id)?.functionName === 'benchFrame');
    if (!inside) continue;
    frames += 1;
    const top = byId.get(sample);
    // The browser's own functions belong to no file.
    if (top?.url === '' && GL.test(top.functionName)) gl += 1;
  }
  return frames === 0 ? 0 : gl / frames;
}

const GL = /^(draw|buffer|uniform|bind|tex|vertexAttrib|use|enable|disable|clear|viewport|scissor|depth|blend|cull|stencil|color|pixel|active|polygon|framebuffer|generate|get|line|front)/;

/** @param {number} id @param {Map<number, number>} parents @returns {number[]} */
function above(id, parents) {
  const found = [id];
  for (let at = parents.get(id); at !== undefined; at = parents.get(at)) found.push(at);
  return found;
}

/** @param {readonly number[]} values */
function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => {
    const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
    return value === undefined ? null : Math.round(value * 100) / 100;
  };
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

/** Runs in the page, before anything of it. @param {number} elements */
function listen(elements) {
  /** @type {{ calls: number, bodies: number, triangles: number }} */
  const now = { calls: 0, bodies: 0, triangles: 0 };
  /** @type {object[]} */
  const frames = [];
  /** @type {number[]} */
  const scripts = [];
  Reflect.set(window, 'benchFrames', frames);
  Reflect.set(window, 'benchScripts', scripts);
  // A long task alone would not do: where software draws, most of it is waiting for that.
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { scripts: ran = [] } = /** @type {{ scripts?: { duration: number }[] }} */ (/** @type {unknown} */ (entry));
      for (const { duration } of ran) scripts.push(duration);
    }
  }).observe({ type: 'long-animation-frame', buffered: true });

  const gl = WebGL2RenderingContext.prototype;
  const count = (/** @type {number} */ corners, /** @type {number} */ instances) => {
    now.calls += 1;
    now.bodies += instances;
    now.triangles += (corners / 3) * instances;
  };
  const { drawElements, drawArrays, drawElementsInstanced, drawArraysInstanced } = gl;
  gl.drawElements = function (...args) {
    count(args[1], 1);
    drawElements.apply(this, args);
  };
  gl.drawArrays = function (...args) {
    count(args[2], 1);
    drawArrays.apply(this, args);
  };
  gl.drawElementsInstanced = function (...args) {
    count(args[1], args[4]);
    drawElementsInstanced.apply(this, args);
  };
  gl.drawArraysInstanced = function (...args) {
    count(args[2], args[3]);
    drawArraysInstanced.apply(this, args);
  };

  const request = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) =>
    request(function benchFrame(time) {
      Object.assign(now, { calls: 0, bodies: 0, triangles: 0 });
      const at = performance.now();
      callback(time);
      if (now.calls === 0) return;
      frames.push({ at, ms: performance.now() - at, ...now });
      if (now.bodies >= elements * 0.97 && Reflect.get(window, 'benchFull') === undefined) {
        // It is on the screen when the next one begins.
        request(() => Reflect.set(window, 'benchFull', Math.round(performance.now())));
      }
    });
}
