import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { BINARY, CLOSE, clientFrame, FrameParser, PING, PONG, TEXT } from './frameParser.mjs';

const NO_STATUS = 1005;
const ABNORMAL = 1006;
const END_OF_HEAD = '\r\n\r\n';
/** All sockets are read into this one, one after the other. */
const READ_BUFFER = Buffer.allocUnsafe(512 * 1024);

/**
 * @typedef {{ host: string, port: number, path: string, protocol: string, localAddress?: string | undefined }} Where
 * @typedef {{ onOpen(protocol: string): void, onMessage(data: Buffer, start: number, end: number, binary: boolean): void,
 *   onClose(code: number, reason: string): void }} Listener `onClose` is called once, 1006 where no close frame came
 */

/** A WebSocket on a bare TCP socket: costs next to nothing while it is only read. */
export class LightSocket {
  #socket;
  #listener;
  #parser;
  /** The answer to the handshake while it is not whole; undefined behind it. @type {Buffer | undefined} */
  #head = Buffer.alloc(0);
  #closed = false;
  #code = ABNORMAL;
  #reason = '';
  /** Bytes that came, the handshake's included. */
  received = 0;

  /** @param {Where} where @param {Listener} listener */
  constructor({ host, port, path, protocol, localAddress }, listener) {
    this.#listener = listener;
    this.#parser = new FrameParser((opcode, data, start, end) => this.#onMessage(opcode, data, start, end));
    this.#socket = connect({
      host,
      port,
      noDelay: true,
      ...(localAddress !== undefined && { localAddress }),
      onread: { buffer: READ_BUFFER, callback: (length) => this.#read(length) },
    });
    const key = randomBytes(16).toString('base64');
    this.#socket.on('connect', () => {
      this.#socket.write(
        `GET ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
          `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: ${protocol}\r\n\r\n`,
      );
    });
    this.#socket.on('error', (error) => {
      if (this.#reason === '') this.#reason = error.message;
    });
    this.#socket.on('close', () => this.#ended());
  }

  /** @param {string} text */
  send(text) {
    if (!this.#closed) this.#socket.write(clientFrame(TEXT, text));
  }

  /** Reads nothing more: the window closes, and whoever sends has to keep what is for us. */
  pause() {
    this.#socket.pause();
  }

  resume() {
    this.#socket.resume();
  }

  /** Leaves; the listener hears nothing more. */
  close() {
    this.#closed = true;
    if (this.#head === undefined) this.#socket.write(clientFrame(CLOSE, Buffer.from([0x03, 0xe8])));
    this.#socket.destroySoon();
  }

  /** @param {number} length */
  #read(length) {
    this.received += length;
    try {
      if (this.#head === undefined) this.#parser.push(READ_BUFFER, 0, length);
      else this.#handshake(Buffer.concat([this.#head, READ_BUFFER.subarray(0, length)]));
    } catch (error) {
      this.#reason = error instanceof Error ? error.message : String(error);
      this.#socket.destroy();
    }
    return true;
  }

  /** @param {Buffer} answer */
  #handshake(answer) {
    const end = answer.indexOf(END_OF_HEAD);
    this.#head = answer;
    if (end < 0) return;
    const head = answer.toString('latin1', 0, end);
    if (!head.startsWith('HTTP/1.1 101')) throw new Error(`no WebSocket: ${head.slice(0, 200)}`);
    this.#head = undefined;
    this.#listener.onOpen(/^sec-websocket-protocol: *(\S+)/im.exec(head)?.[1] ?? '');
    this.#parser.push(answer, end + END_OF_HEAD.length);
  }

  /** @param {number} opcode @param {Buffer} data @param {number} start @param {number} end */
  #onMessage(opcode, data, start, end) {
    if (this.#closed) return;
    if (opcode === TEXT || opcode === BINARY) this.#listener.onMessage(data, start, end, opcode === BINARY);
    else if (opcode === PING) this.#socket.write(clientFrame(PONG, Buffer.from(data.subarray(start, end))));
    else if (opcode === CLOSE) {
      this.#code = end - start < 2 ? NO_STATUS : data.readUInt16BE(start);
      this.#reason = data.toString('utf8', Math.min(end, start + 2), end);
      this.#socket.end(clientFrame(CLOSE, Buffer.from(data.subarray(start, Math.min(end, start + 2)))));
    }
  }

  #ended() {
    if (this.#closed) return;
    this.#closed = true;
    this.#listener.onClose(this.#code, this.#reason);
  }
}
