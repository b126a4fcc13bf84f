export const TEXT = 1;
export const BINARY = 2;
export const CLOSE = 8;
export const PING = 9;
export const PONG = 10;
const CONTINUATION = 0;
const FIN = 0x80;
const RESERVED = 0x70;
const MASK = 0x80;
const NOTHING = Buffer.alloc(0);

/**
 * @callback OnMessage a whole message, valid during the call only: it may lie in the buffer that was read into
 * @param {number} opcode
 * @param {Buffer} data
 * @param {number} start
 * @param {number} end
 * @returns {void}
 */

/**
 * Messages out of the bytes of one WebSocket (RFC 6455), in whatever pieces they come. Copies only what is not whole yet.
 * No extensions: they are not offered.
 */
export class FrameParser {
  #onMessage;
  /** Pieces of a frame that is not whole. @type {Buffer[]} */
  #pieces = [];
  #waiting = 0;
  #needed = 0;
  /** Frames of a message that is not whole. @type {Buffer[]} */
  #fragments = [];
  #fragmentedOpcode = 0;

  /** @param {OnMessage} onMessage */
  constructor(onMessage) {
    this.#onMessage = onMessage;
  }

  /**
   * @param {Buffer} data @param {number} [start] @param {number} [end]
   * @throws {Error} where the bytes are not what a server may send
   */
  push(data, start = 0, end = data.length) {
    if (this.#waiting > 0) {
      this.#keep(data, start, end);
      if (this.#waiting < this.#needed) return;
      const whole = Buffer.concat(this.#pieces, this.#waiting);
      this.#pieces = [];
      this.#waiting = 0;
      this.#frames(whole, 0, whole.length);
    } else this.#frames(data, start, end);
  }

  /** @param {Buffer} data @param {number} start @param {number} end */
  #frames(data, start, end) {
    let at = start;
    while (at < end) {
      const header = headerOf(data, at, end);
      const size = header.length + header.payload;
      if (end - at < size) {
        this.#needed = size;
        this.#keep(data, at, end);
        return;
      }
      this.#frame(data.readUInt8(at), data, at + header.length, at + size);
      at += size;
    }
  }

  /** @param {Buffer} data @param {number} start @param {number} end */
  #keep(data, start, end) {
    this.#pieces.push(Buffer.from(data.subarray(start, end)));
    this.#waiting += end - start;
  }

  /** @param {number} first the frame's first byte @param {Buffer} data @param {number} start @param {number} end */
  #frame(first, data, start, end) {
    const opcode = first & 0x0f;
    if ((first & RESERVED) !== 0) throw new Error(`reserved bits ${first & RESERVED} (expected: none, no extension was offered)`);
    if (opcode >= CLOSE) return this.#onMessage(opcode, data, start, end);
    const isLast = (first & FIN) !== 0;
    if (isLast && opcode !== CONTINUATION) return this.#onMessage(opcode, data, start, end);
    if (opcode !== CONTINUATION) this.#fragmentedOpcode = opcode;
    this.#fragments.push(Buffer.from(data.subarray(start, end)));
    if (!isLast) return;
    const message = Buffer.concat(this.#fragments);
    this.#fragments = [];
    this.#onMessage(this.#fragmentedOpcode, message, 0, message.length);
  }
}

/**
 * How long a frame's header and payload are; as far as is known yet, at least what is needed to know more.
 *
 * @param {Buffer} data @param {number} at @param {number} end
 */
function headerOf(data, at, end) {
  if (end - at < 2) return { length: 2, payload: 0 };
  const second = data.readUInt8(at + 1);
  if ((second & MASK) !== 0) throw new Error('a masked frame (expected: none from a server)');
  if (second === 126) return { length: 4, payload: end - at < 4 ? 0 : data.readUInt16BE(at + 2) };
  if (second === 127) return { length: 10, payload: end - at < 10 ? 0 : Number(data.readBigUInt64BE(at + 2)) };
  return { length: 2, payload: second };
}

/**
 * A whole frame of a client. Its masking key is 0, which a server takes off like any other.
 *
 * @param {number} opcode @param {string | Buffer} [payload]
 * @returns {Buffer}
 */
export function clientFrame(opcode, payload = NOTHING) {
  const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
  const extended = bytes.length < 126 ? 0 : bytes.length < 65_536 ? 2 : 8;
  const start = 2 + extended + 4;
  const frame = Buffer.alloc(start + bytes.length);
  frame.writeUInt8(FIN | opcode, 0);
  frame.writeUInt8(MASK | (extended === 0 ? bytes.length : extended === 2 ? 126 : 127), 1);
  if (extended === 2) frame.writeUInt16BE(bytes.length, 2);
  if (extended === 8) frame.writeBigUInt64BE(BigInt(bytes.length), 2);
  frame.set(bytes, start);
  return frame;
}
