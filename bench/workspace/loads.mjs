/** What draws the scene comes last and while one can work already. */
const OF_THE_SCENE = /\/assets\/(Scene|three|events|GLTFLoader|meshopt)[^/]*$/;

/** What a page fetches, as it comes over the wire. */
export class Loads {
  /** @type {Map<string, string>} */
  #addresses = new Map();
  /** @type {Map<string, number>} by address, in bytes */
  #sizes = new Map();

  /** @param {import('@playwright/test').Page} page */
  static async of(page) {
    const loads = new Loads();
    const client = await page.context().newCDPSession(page);
    await client.send('Network.enable');
    await client.send('Network.clearBrowserCache');
    client.on('Network.requestWillBeSent', ({ requestId, request }) => loads.#addresses.set(requestId, request.url));
    client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      loads.#sizes.set(loads.#addresses.get(requestId) ?? requestId, encodedDataLength);
    });
    return loads;
  }

  kilobytes() {
    const sum = (/** @type {(address: string) => boolean} */ counts) =>
      Math.round([...this.#sizes].reduce((bytes, [address, size]) => bytes + (counts(address) ? size : 0), 0) / 102.4) / 10;
    return { beforeScene: sum((address) => !OF_THE_SCENE.test(address)), whole: sum(() => true) };
  }
}
