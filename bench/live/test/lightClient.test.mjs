import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { deflateRawSync } from 'node:zlib';
import { WebSocketServer } from 'ws';
import { LightClient, newcomer } from '../protocol/lightClient.mjs';

/** @typedef {{ type: string, revision?: number, changes?: { changeId: string, baseRevision: number }[] }} Frame */

/** @type {WebSocketServer | undefined} */
let server;
/** @type {LightClient | undefined} */
let client;

afterEach(() => {
  client?.close();
  server?.close();
});

const WELCOME = { type: 'welcome', branch: 'main', revision: 5, snapshot: { revision: 5, hash: '0', document: { elements: [] } } };
const RESUMED = { type: 'welcome', branch: 'main', revision: 9, resumedFrom: 5 };

/**
 * A server that says what the test wants it to.
 *
 * @param {(frame: Frame, say: (frame: object) => void, end: (code: number) => void) => void} answer
 * @returns {Promise<import('../protocol/lightClient.mjs').Target>}
 */
async function listening(answer) {
  const started = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: ([first = '']) => first });
  server = started;
  started.on('connection', (socket) => {
    /** @param {object} frame */
    const say = (frame) => {
      const text = JSON.stringify(frame);
      socket.send(socket.protocol === 'chorale.v1.deflate' ? deflateRawSync(text) : text);
    };
    socket.on('message', (data) => answer(JSON.parse(String(data)), say, (code) => socket.close(code)));
  });
  await once(started, 'listening');
  const address = started.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { host: '127.0.0.1', port: address.port, sessionId: 's' };
}

/** @param {string} id */
function operation(id) {
  return { op: 'set', id, path: ['position'], value: [0, 0, 0] };
}

describe('the light client', () => {
  test('[SUB-8] has one submit in flight; what is made meanwhile goes together', async () => {
    /** @type {string[][]} */
    const submits = [];
    /** @type {(frame: object) => void} */
    let say = () => {};
    const target = await listening((frame, answer) => {
      say = answer;
      if (frame.type === 'hello') answer(WELCOME);
      if (frame.type === 'submit') submits.push((frame.changes ?? []).map(({ changeId }) => changeId));
    });
    /** @type {number[]} */
    const accepted = [];
    const joined = new LightClient(target, 3, { onAccepted: (number) => accepted.push(number) });
    client = joined;
    await joined.join();
    for (const id of ['a', 'b', 'c']) joined.edit([operation(id)]);
    await expect.poll(() => submits).toEqual([['bench-3:1']]);
    say({ type: 'accepted', changeId: 'bench-3:1', revision: 6, notes: [] });
    await expect.poll(() => submits).toEqual([['bench-3:1'], ['bench-3:2', 'bench-3:3']]);
    expect(accepted).toEqual([1]);
    expect(joined.pending).toBe(2);
  });

  test('[SUB-5] sends what stood behind a refusal again, and what could not be stored too', async () => {
    /** @type {string[][]} */
    const submits = [];
    const problems = ['', 'urn:chorale:problem:storage-unavailable', 'urn:chorale:problem:locked'];
    const target = await listening((frame, say) => {
      if (frame.type === 'hello') say(WELCOME);
      if (frame.type !== 'submit') return;
      const ids = (frame.changes ?? []).map(({ changeId }) => changeId);
      submits.push(ids);
      const problem = problems[submits.length - 1];
      if (problem) say({ type: 'refused', changeId: ids[0], problem: { type: problem } });
      else for (const changeId of ids) say({ type: 'accepted', changeId, revision: 6, notes: [] });
    });
    /** @type {string[]} */
    const errors = [];
    const joined = new LightClient(target, 0, { onError: (text) => errors.push(text) });
    client = joined;
    await joined.join();
    for (const id of ['a', 'b', 'c']) joined.edit([operation(id)]);
    await expect.poll(() => joined.pending, { timeout: 5000 }).toBe(0);
    expect(submits).toEqual([['bench-0:1'], ['bench-0:2', 'bench-0:3'], ['bench-0:2', 'bench-0:3'], ['bench-0:3']]);
    expect(errors).toHaveLength(2);
  });

  test('[CHG-1] tells gaps and repetitions of revisions, and whose changes came', async () => {
    const target = await listening((frame, say) => {
      if (frame.type !== 'hello') return;
      say(WELCOME);
      say({ type: 'changes', from: 6, to: 7, changes: [{ changeId: 'bench-1:1' }, { changeId: 'bench-2:1' }] });
      say({ type: 'changes', from: 9, to: 9, changes: [{ changeId: 'bench-1:3' }] });
    });
    /** @type {[number, number][]} */
    const arrived = [];
    const joined = new LightClient(target, 0, { onChange: (author, number) => arrived.push([author, number]) });
    client = joined;
    await joined.join();
    await expect.poll(() => joined.revision).toBe(9);
    expect(arrived).toEqual([[1, 1], [2, 1], [1, 3]]);
    expect(joined.outOfOrder).toBe(1);
  });

  test('[CON-6] [RES-1] hears why it was let go, and comes back by revision', async () => {
    /** @type {Frame[]} */
    const hellos = [];
    const target = await listening((frame, say, end) => {
      hellos.push(frame);
      say(frame.revision === undefined ? WELCOME : RESUMED);
      if (frame.revision === undefined) end(1013);
    });
    /** @type {number[]} */
    const codes = [];
    const joined = new LightClient(target, 0, { onClose: (code) => codes.push(code) });
    client = joined;
    await joined.join();
    await expect.poll(() => codes).toEqual([1013]);
    await joined.join({ resume: true });
    expect(hellos.map(({ revision }) => revision)).toEqual([undefined, 5]);
    expect(joined.revision).toBe(5);
  });

  test.each(['chorale.v1', 'chorale.v1.deflate'])('[CON-9] [HEL-5] takes a document by %s and leaves', async (protocol) => {
    const document = { elements: Array.from({ length: 500 }, (_, index) => ({ id: `e${index}`, props: { color: '#8899aa' } })) };
    const target = await listening((_, say) => say({ ...WELCOME, snapshot: { revision: 5, hash: 'abc', document } }));
    const comer = await newcomer(target, 0, protocol);
    expect(comer).toMatchObject({ revision: 5, hash: 'abc', document });
    const length = JSON.stringify(document).length;
    if (protocol === 'chorale.v1') expect(comer.bytes).toBeGreaterThan(length);
    else expect(comer.bytes).toBeLessThan(length / 5);
  });

  test('does not take another sub-protocol for the one it offered', async () => {
    const other = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => false });
    server = other;
    await once(other, 'listening');
    const { port } = /** @type {import('node:net').AddressInfo} */ (other.address());
    client = new LightClient({ host: '127.0.0.1', port, sessionId: 's' }, 0, {}, 'chorale.v1.deflate');
    await expect(client.join()).rejects.toThrow('sub-protocol: ""');
  });

  test('says who does not listen', async () => {
    client = new LightClient({ host: '127.0.0.1', port: 1, sessionId: 's' }, 0);
    await expect(client.join()).rejects.toThrow('ECONNREFUSED');
  });
});
