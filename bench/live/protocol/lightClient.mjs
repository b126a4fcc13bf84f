import { inflateRawSync } from 'node:zlib';
import { answeredChange, CLIENT_PREFIX, frameType, isResumption, revisionsOf, scanChangeIds, welcomeRevision } from './frameScan.mjs';
import { LightSocket } from './lightSocket.mjs';

const PING_MS = 20_000;
const CHANGES_PER_FRAME = 100;
const STORAGE_RETRY_MS = 1000;

/**
 * @typedef {{ host: string, port: number, sessionId: string, localAddress?: string | undefined }} Target
 * @typedef {{ op: string, id: string } & Record<string, unknown>} Operation
 * @typedef {{ changeId: string, seenRevision: number, operations: readonly Operation[] }} Waiting
 * @typedef {{ onChange?: (author: number, number: number, now: number) => void,
 *   onAccepted?: (number: number, now: number) => void,
 *   onError?: (text: string) => void,
 *   onFrame?: (type: string, frame: Buffer, now: number) => void,
 *   onClose?: (code: number, reason: string, now: number) => void }} Events
 *   `onFrame` hears of all but changes and answers; the frame is valid during the call only
 */

/**
 * Somebody who edits, and looks only for the ids of changes in what comes: no document, hardly any work. One frame is in
 * flight [SUB-8]; what is made meanwhile waits and goes together. Does not come back by itself.
 */
export class LightClient {
  /** The last revision that came. */
  revision = 0;
  /** Gaps or repetitions in the order of revisions [CHG-1]. */
  outOfOrder = 0;
  /** Of the present socket. */
  protocol = '';
  #target;
  #events;
  #offered;
  #guest;
  /** @type {LightSocket | undefined} */
  #socket;
  /** @type {Waiting[]} */
  #queue = [];
  /** @type {Waiting[]} */
  #inFlight = [];
  #counter = 0;
  /** @type {NodeJS.Timeout | undefined} */
  #pinger;

  /**
   * @param {Target} target
   * @param {number} index its number in the session
   * @param {Events} [events]
   * @param {string} [protocol]
   */
  constructor(target, index, events = {}, protocol = 'chorale.v1') {
    this.#target = target;
    this.#events = events;
    this.#offered = protocol;
    this.clientId = `${CLIENT_PREFIX}${index}`;
    this.#guest = { name: `Bench ${index}`, color: '#808080', secret: `bench-secret-${index}`.padEnd(24, '-') };
  }

  /**
   * Connects and says hello, with the last revision where there is one.
   *
   * @param {{ resume?: boolean }} [how]
   * @returns {Promise<Buffer>} the welcome, as text
   * @throws {Error} where none came
   */
  join({ resume = false } = {}) {
    const { host, port, sessionId, localAddress } = this.#target;
    const path = `/ws/v1/sessions/${sessionId}`;
    return new Promise((resolve, reject) => {
      const socket = new LightSocket(
        { host, port, path, protocol: this.#offered, localAddress },
        {
          onOpen: (protocol) => {
            this.protocol = protocol;
            if (protocol !== this.#offered) {
              reject(new Error(`sub-protocol: "${protocol}" (expected: ${this.#offered})`));
              this.close();
              return;
            }
            socket.send(this.#hello(resume));
          },
          onMessage: (data, start, end, binary) => {
            const frame = data.subarray(start, end);
            this.#receive(binary ? inflateRawSync(frame) : frame, resume, resolve);
          },
          onClose: (code, reason) => {
            clearInterval(this.#pinger);
            reject(new Error(`${this.clientId} was closed with ${code} ${reason}`));
            if (this.#socket === socket) this.#events.onClose?.(code, reason, performance.now());
          },
        },
      );
      this.#socket = socket;
      clearInterval(this.#pinger);
      this.#pinger = setInterval(() => socket.send('{"type":"ping","t":0}'), PING_MS);
      this.#pinger.unref();
    });
  }

  /** Bytes that came through the present socket. */
  get received() {
    return this.#socket?.received ?? 0;
  }

  get pending() {
    return this.#queue.length + this.#inFlight.length;
  }

  /** @param {readonly Operation[]} operations */
  edit(operations) {
    this.#counter += 1;
    this.#queue.push({ changeId: `${this.clientId}:${this.#counter}`, seenRevision: this.revision, operations });
    this.#flush();
  }

  /** @param {Record<string, unknown>} state */
  aware(state) {
    this.#socket?.send(JSON.stringify({ type: 'awareness', state }));
  }

  pause() {
    this.#socket?.pause();
  }

  resume() {
    this.#socket?.resume();
  }

  close() {
    clearInterval(this.#pinger);
    this.#socket?.close();
    this.#socket = undefined;
  }

  /** @param {boolean} resume */
  #hello(resume) {
    const revision = resume ? { revision: this.revision } : {};
    return JSON.stringify({ type: 'hello', guest: this.#guest, clientId: this.clientId, ...revision });
  }

  #flush() {
    if (this.#inFlight.length > 0 || this.#queue.length === 0) return;
    this.#inFlight = this.#queue.splice(0, CHANGES_PER_FRAME);
    const changes = this.#inFlight.map((change) => ({ ...change, baseRevision: this.revision }));
    this.#socket?.send(JSON.stringify({ type: 'submit', changes }));
  }

  /** @param {Buffer} frame @param {boolean} resume @param {(welcome: Buffer) => void} welcomed */
  #receive(frame, resume, welcomed) {
    const now = performance.now();
    const type = frameType(frame);
    switch (type) {
      case 'changes':
        this.#changes(frame, now);
        return;
      case 'accepted':
        this.#accepted(frame, now);
        return;
      case 'refused':
        this.#refused(frame);
        return;
      case 'welcome':
        if (!(resume && isResumption(frame))) this.revision = welcomeRevision(frame);
        welcomed(Buffer.from(frame));
        break;
      case 'error':
      case 'bye':
        this.#events.onError?.(`${this.clientId}: ${frame.toString('utf8', 0, 300)}`);
        break;
    }
    this.#events.onFrame?.(type, frame, now);
  }

  /** @param {Buffer} frame @param {number} now */
  #changes(frame, now) {
    const { from, to } = revisionsOf(frame);
    if (from !== this.revision + 1) this.outOfOrder += 1;
    this.revision = to;
    const { onChange } = this.#events;
    if (onChange) scanChangeIds(frame, (author, number) => onChange(author, number, now));
  }

  /** @param {Buffer} frame @param {number} now */
  #accepted(frame, now) {
    const change = this.#inFlight[0];
    if (change === undefined || change.changeId !== answeredChange(frame)) {
      this.#events.onError?.(`${this.clientId}: an answer to nothing: ${frame.toString('utf8', 0, 200)}`);
      return;
    }
    this.#inFlight.shift();
    this.#events.onAccepted?.(Number(change.changeId.slice(this.clientId.length + 1)), now);
    this.#flush();
  }

  /** The first refusal ends its frame [SUB-5]: what followed goes again; the refused change only where it could not be stored. */
  #refused(/** @type {Buffer} */ frame) {
    const text = frame.toString();
    this.#events.onError?.(`${this.clientId}: ${text.slice(0, 300)}`);
    const isStorage = text.includes(':storage-unavailable"');
    if (!isStorage) this.#inFlight.shift();
    this.#queue.unshift(...this.#inFlight);
    this.#inFlight = [];
    if (isStorage) setTimeout(() => this.#flush(), STORAGE_RETRY_MS).unref();
    else this.#flush();
  }
}

/**
 * Joins, takes the document and leaves.
 *
 * @param {Target} target
 * @param {number} index
 * @param {string} [protocol]
 * @returns {Promise<{ revision: number, hash: string | undefined, document: Content, serverVersion: string,
 *   wireMs: number, documentMs: number, bytes: number }>} `wireMs`: until its last byte came; `documentMs`: until it was parsed
 * @typedef {{ elements: Record<string, unknown>[], conflicts?: Record<string, unknown>[] }} Content
 */
export async function newcomer(target, index, protocol) {
  const client = new LightClient(target, index, {}, protocol);
  const began = performance.now();
  const text = await client.join();
  const wireMs = performance.now() - began;
  const bytes = client.received;
  /** @type {{ snapshot: { revision: number, hash?: string, document: Content }, serverVersion: string }} */
  const { snapshot, serverVersion } = JSON.parse(text.toString());
  const documentMs = performance.now() - began;
  client.close();
  const { revision, hash, document } = snapshot;
  return { revision, hash, document, serverVersion, wireMs, documentMs, bytes };
}
