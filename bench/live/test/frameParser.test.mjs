import { describe, expect, test } from 'vitest';
import { seeded } from '../measure/random.mjs';
import { BINARY, CLOSE, clientFrame, FrameParser, PING, TEXT } from '../protocol/frameParser.mjs';

/** A server's frame: unmasked. @param {number} first @param {Buffer} payload */
function serverFrame(first, payload) {
  const { length } = payload;
  const header = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  header.writeUInt8(first, 0);
  header.writeUInt8(length < 126 ? length : length < 65_536 ? 126 : 127, 1);
  if (header.length === 4) header.writeUInt16BE(length, 2);
  if (header.length === 10) header.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([header, payload]);
}

/** @param {Buffer[]} pieces @returns {[number, string][]} */
function parsed(pieces) {
  /** @type {[number, string][]} */
  const messages = [];
  const parser = new FrameParser((opcode, data, start, end) => messages.push([opcode, data.toString('latin1', start, end)]));
  for (const piece of pieces) {
    // As a socket does, the next read overwrites what the last one left.
    const buffer = Buffer.concat([Buffer.from('##'), piece, Buffer.from('##')]);
    parser.push(buffer, 2, buffer.length - 2);
    buffer.fill(0);
  }
  return messages;
}

/** @param {Buffer} bytes @param {() => number} random */
function cut(bytes, random) {
  const pieces = [];
  for (let at = 0; at < bytes.length; ) {
    const size = Math.ceil(Math.exp(random() * 12));
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

describe('the WebSocket parser', () => {
  const sizes = [0, 1, 125, 126, 127, 65_535, 65_536, 300_000];
  const payloads = sizes.map((size, index) => Buffer.alloc(size, 97 + index));

  test.each(Array.from({ length: 50 }, (_, seed) => seed))('finds the same messages however the bytes are cut: seed %i', (seed) => {
    const bytes = Buffer.concat(payloads.map((payload, index) => serverFrame(0x80 | (index % 2 === 0 ? TEXT : BINARY), payload)));
    const expected = payloads.map((payload, index) => [index % 2 === 0 ? TEXT : BINARY, payload.toString('latin1')]);
    expect(parsed(cut(bytes, seeded(seed)))).toEqual(expected);
  });

  test('takes one byte at a time', () => {
    const bytes = serverFrame(0x80 | TEXT, Buffer.alloc(300, 'x'));
    expect(parsed([...bytes].map((byte) => Buffer.from([byte])))).toEqual([[TEXT, 'x'.repeat(300)]]);
  });

  test('joins fragments, and hands on a ping that comes between them', () => {
    const pieces = [
      serverFrame(BINARY, Buffer.from('one ')),
      serverFrame(0x80 | PING, Buffer.from('p')),
      serverFrame(0, Buffer.from('two ')),
      serverFrame(0x80, Buffer.from('three')),
      serverFrame(0x80 | CLOSE, Buffer.from([0x03, 0xf5])),
    ];
    expect(parsed([Buffer.concat(pieces)])).toEqual([
      [PING, 'p'],
      [BINARY, 'one two three'],
      [CLOSE, '\u0003\u00f5'],
    ]);
  });

  test('refuses masked frames and extensions', () => {
    expect(() => parsed([clientFrame(TEXT, 'x')])).toThrow('masked');
    expect(() => parsed([serverFrame(0xc0 | TEXT, Buffer.from('x'))])).toThrow('reserved bits');
  });

  test.each([0, 125, 126, 65_535, 65_536])('writes %i bytes as a client has to', (size) => {
    const frame = clientFrame(TEXT, 'z'.repeat(size));
    const header = size < 126 ? 2 : size < 65_536 ? 4 : 10;
    expect(frame.readUInt8(0)).toBe(0x81);
    expect(frame.readUInt8(1) & 0x80).toBe(0x80);
    expect(frame.readUInt32BE(header)).toBe(0);
    // Without its mask it is what a server would send.
    const bare = Buffer.concat([frame.subarray(0, header), frame.subarray(header + 4)]);
    bare.writeUInt8(bare.readUInt8(1) & 0x7f, 1);
    expect(parsed([bare])).toEqual([[TEXT, 'z'.repeat(size)]]);
  });
});
