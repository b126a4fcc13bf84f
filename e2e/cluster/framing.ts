/** A whole frame of a protocol; a message is one that nobody asked for, so that it may be lost without harm to the answers. */
export interface Frame {
  readonly bytes: Buffer;
  readonly isMessage: boolean;
}

/** Cuts what a service sends into its frames. */
export interface Framing {
  /** The frames that are whole now; the rest is kept. */
  take(bytes: Buffer): readonly Frame[];
}

/** Where a frame ends, or that more has to come. */
type End = number | undefined;

abstract class Buffered implements Framing {
  #rest: Buffer = Buffer.alloc(0);

  take(bytes: Buffer): readonly Frame[] {
    let rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    const frames: Frame[] = [];
    for (let end = this.endOf(rest); end !== undefined && end > 0; end = this.endOf(rest)) {
      const frame = rest.subarray(0, end);
      frames.push({ bytes: frame, isMessage: this.isMessage(frame) });
      rest = rest.subarray(end);
    }
    this.#rest = rest;
    return frames;
  }

  protected abstract endOf(bytes: Buffer): End;
  protected abstract isMessage(frame: Buffer): boolean;
}

const MESSAGE = /^[*>]\d+\r\n\$\d+\r\ns?message\r\n/;
const LINES = '+-:_,#(';
const TEXTS = '$=!';
const LISTS = '*~>';
const MAPS = '%|';

/** What Redis sends, RESP 2 and 3: published messages among answers. */
export class RedisFraming extends Buffered {
  protected endOf(bytes: Buffer): End {
    return endOfValue(bytes, 0);
  }

  protected isMessage(frame: Buffer): boolean {
    return MESSAGE.test(frame.subarray(0, 32).toString('latin1'));
  }
}

function endOfValue(bytes: Buffer, at: number): End {
  const line = bytes.indexOf('\r\n', at);
  if (line < 0) return undefined;
  const type = String.fromCharCode(bytes[at] ?? 0);
  const body = line + 2;
  if (LINES.includes(type)) return body;
  const count = Number(bytes.toString('latin1', at + 1, line));
  if (!Number.isInteger(count)) throw new Error(`Redis: ${type} with a count of ${bytes.toString('latin1', at + 1, line)}`);
  if (TEXTS.includes(type)) {
    const end = count < 0 ? body : body + count + 2;
    return end <= bytes.length ? end : undefined;
  }
  if (LISTS.includes(type)) return endOfValues(bytes, body, count);
  if (MAPS.includes(type)) {
    const end = endOfValues(bytes, body, 2 * count);
    // Attributes stand before the value that they are about.
    return type === '|' && end !== undefined ? endOfValue(bytes, end) : end;
  }
  throw new Error(`Redis: a value of type "${type}"`);
}

function endOfValues(bytes: Buffer, from: number, count: number): End {
  let end: End = from;
  for (let index = 0; index < count && end !== undefined; index += 1) end = endOfValue(bytes, end);
  return end;
}

const NOTIFICATION = 'A'.charCodeAt(0);
const HEADER = 5;

/** What PostgreSQL sends to a client that asked for no encryption: notifications among answers. */
export class PostgresFraming extends Buffered {
  protected endOf(bytes: Buffer): End {
    if (bytes.length < HEADER) return undefined;
    const end = 1 + bytes.readInt32BE(1);
    return end <= bytes.length ? end : undefined;
  }

  protected isMessage(frame: Buffer): boolean {
    return frame[0] === NOTIFICATION;
  }
}
