import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { expect, test } from '@playwright/test';
import { PostgresFraming, RedisFraming, type Framing } from './framing.js';
import { Link } from './link.js';

const MESSAGE = '>3\r\n$7\r\nmessage\r\n$3\r\nall\r\n$5\r\nhello\r\n';
const SHARDED = '*3\r\n$8\r\nsmessage\r\n$3\r\nall\r\n$4\r\n\r\n\r\n\r\n';
const ANSWERS = [
  '+OK\r\n',
  ':1\r\n',
  '$-1\r\n',
  '$7\r\nmessage\r\n',
  '_\r\n',
  '%2\r\n+server\r\n$5\r\nredis\r\n+proto\r\n:3\r\n',
  '*2\r\n*1\r\n:1\r\n~1\r\n#t\r\n',
  '|1\r\n+ttl\r\n:5\r\n:7\r\n',
  '>3\r\n$9\r\nsubscribe\r\n$3\r\nall\r\n:1\r\n',
];

function notification(payload: string): Buffer {
  const body = Buffer.from(`\0\0\0\x01channel\0${payload}\0`);
  const header = Buffer.alloc(5);
  header.write('A');
  header.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([header, body]);
}

/** What comes out where everything comes in pieces of so many bytes. */
function taken(framing: Framing, bytes: Buffer, piece: number): readonly { readonly text: string; readonly isMessage: boolean }[] {
  const frames = [];
  for (let at = 0; at < bytes.length; at += piece) {
    for (const frame of framing.take(bytes.subarray(at, at + piece))) {
      frames.push({ text: frame.bytes.toString('latin1'), isMessage: frame.isMessage });
    }
  }
  return frames;
}

for (const piece of [1, 2, 7, 1000]) {
  test(`what Redis sends is cut into answers and messages, from pieces of ${piece} bytes`, () => {
    const all = [...ANSWERS, MESSAGE, ...ANSWERS, SHARDED];
    const frames = taken(new RedisFraming(), Buffer.from(all.join(''), 'latin1'), piece);
    expect(frames.map(({ text }) => text)).toEqual(all);
    expect(frames.filter(({ isMessage }) => isMessage).map(({ text }) => text)).toEqual([MESSAGE, SHARDED]);
  });

  test(`what PostgreSQL sends is cut into answers and notifications, from pieces of ${piece} bytes`, () => {
    const answer = Buffer.from('Z\0\0\0\x05I', 'latin1');
    const all = [answer, notification('one'), answer, answer, notification('two A')];
    const frames = taken(new PostgresFraming(), Buffer.concat(all), piece);
    expect(frames.map(({ text }) => text)).toEqual(all.map((bytes) => bytes.toString('latin1')));
    expect(frames.map(({ isMessage }) => isMessage)).toEqual([false, true, false, false, true]);
  });
}

test.describe('a link', () => {
  let service: Server;
  let link: Link;
  const accepted: Socket[] = [];
  test.beforeEach(async () => {
    service = createServer((socket) => accepted.push(socket.on('error', () => undefined)));
    await new Promise<void>((listening) => service.listen(0, '127.0.0.1', listening));
    link = await Link.to((service.address() as AddressInfo).port, () => new RedisFraming(), () => 0.25);
  });
  test.afterEach(() => {
    link.close();
    for (const socket of accepted.splice(0)) socket.destroy();
    service.close();
  });

  /** A client behind the link, what it got so far, and the service's end. */
  async function connected(): Promise<{ readonly got: () => string; readonly say: (text: string) => void; readonly ended: Promise<void> }> {
    const before = accepted.length;
    const client = connect(link.port, '127.0.0.1');
    let got = '';
    client.setEncoding('latin1').on('data', (text: string) => (got += text));
    client.on('error', () => undefined);
    const ended = new Promise<void>((resolve) => client.once('close', () => resolve()));
    client.write('PING\r\n');
    await expect.poll(() => accepted.length).toBe(before + 1);
    return { got: () => got, say: (text) => void accepted.at(-1)?.write(text), ended };
  }

  test('loses a share of the messages, and no answer', async () => {
    const { got, say } = await connected();
    link.tamper({ drop: 0.5 });
    say(`+A\r\n${MESSAGE}+B\r\n`);
    await expect.poll(got).toBe('+A\r\n+B\r\n');
    link.tamper({ drop: 0.1 });
    say(`${MESSAGE}+C\r\n`);
    await expect.poll(got).toBe(`+A\r\n+B\r\n${MESSAGE}+C\r\n`);
  });

  test('repeats messages, and delays them behind answers', async () => {
    const { got, say } = await connected();
    link.tamper({ duplicate: 0.5 });
    say(`${MESSAGE}+A\r\n`);
    await expect.poll(got).toBe(`${MESSAGE}${MESSAGE}+A\r\n`);
    link.tamper({ delayMs: 50 });
    say(`${SHARDED}+B\r\n`);
    await expect.poll(got).toBe(`${MESSAGE}${MESSAGE}+A\r\n+B\r\n${SHARDED}`);
    expect(link.tampered).toBe(1);
  });

  test('says nothing while it is silent, and then all of it', async () => {
    const { got, say } = await connected();
    link.silence();
    say('+A\r\n');
    await new Promise((quiet) => setTimeout(quiet, 100));
    expect(got()).toBe('');
    link.restore();
    await expect.poll(got).toBe('+A\r\n');
  });

  test('ends every connection where it is cut, and takes none until it is restored', async () => {
    const first = await connected();
    link.cut();
    await first.ended;
    const refused = connect(link.port, '127.0.0.1').on('error', () => undefined);
    await new Promise((ended) => refused.once('close', ended));
    link.restore();
    const { got, say } = await connected();
    say('+A\r\n');
    await expect.poll(got).toBe('+A\r\n');
  });
});
