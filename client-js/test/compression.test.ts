import { afterEach, expect, it, vi } from 'vitest';
import { connect, type Session } from '../src/index.js';
import { FakeSocket } from './support/fakeSocket.js';
import { committed, element, set, welcomeWith, wireWelcome } from './support/frames.js';

let session: Session;

function joined(protocol: string, compression?: boolean): FakeSocket {
  const sockets: FakeSocket[] = [];
  session = connect({
    url: 'http://localhost',
    sessionId: 'S1',
    guest: { name: 'Ada', color: '#336699' },
    ...(compression !== undefined && { compression }),
    webSocket: (url, protocols) => {
      const opened = new FakeSocket(url, protocols);
      opened.protocol = protocol;
      sockets.push(opened);
      return opened;
    },
  });
  const [socket] = sockets;
  if (!socket) throw new Error('no socket');
  socket.opened();
  return socket;
}

async function deflated(frame: unknown): Promise<ArrayBuffer> {
  const text = typeof frame === 'string' ? frame : JSON.stringify(frame);
  return new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer();
}

function changed(revision: number): object {
  const changes = [committed(revision, `o:${revision}`, set('e', 'x', revision))];
  return { type: 'changes', from: revision, to: revision, changes };
}

const WELCOME = wireWelcome(welcomeWith(10, element('e', 'a0')));

afterEach(() => {
  session.close();
});

it('[CON-9] frames keep their order, whether they come compressed or not', async () => {
  const frames: object[] = [await deflated(WELCOME)];
  for (let revision = 11; revision < 40; revision++) {
    frames.push(revision % 3 === 0 ? await deflated(changed(revision)) : changed(revision));
  }
  const socket = joined('chorale.v1.deflate');
  const revisions: number[] = [];
  session.on('changes', (changes) => revisions.push(...changes.map(({ revision }) => revision)));
  for (const frame of frames) socket.receives(frame);
  expect(session.state).toBe('connecting');
  await vi.waitFor(() => {
    expect(session.document.revision).toBe(39);
  });
  expect(revisions).toEqual(Array.from({ length: 29 }, (_, index) => 11 + index));
  expect([socket.binaryType, socket.frames('resync')]).toEqual(['arraybuffer', []]);
});

it('[CON-9] text is handled at once while nothing is being inflated', async () => {
  const socket = joined('chorale.v1.deflate');
  socket.receives(await deflated(WELCOME));
  await session.ready();
  socket.receives(changed(11));
  expect(session.document.revision).toBe(11);
});

it('[CON-4] what was said before the end counts, although it is read after it', async () => {
  const problem = { type: 'urn:chorale:problem:session-closed', title: 'Closed', status: 410 };
  const error = await deflated({ type: 'error', problem });
  const socket = joined('chorale.v1.deflate');
  socket.receives(error);
  socket.ends(1008);
  await vi.waitFor(() => {
    expect([session.state, session.problem]).toEqual(['closed', problem]);
  });
});

it.each([
  ['no deflate', 'chorale.v1.deflate', () => Promise.resolve(new Uint8Array([255, 255, 255]).buffer)],
  ['binary where nothing was agreed on', 'chorale.v1', () => deflated(changed(11))],
])('[CON-9] %s is malformed', async (_what, protocol, data) => {
  const socket = joined(protocol);
  socket.receives(WELCOME);
  const problems: string[] = [];
  session.on('problem', ({ type }) => problems.push(type));
  const states: string[] = [];
  session.on('state', (state) => states.push(state));
  socket.receives(await data());
  await vi.waitFor(() => {
    expect([states[0], problems]).toEqual(['offline', ['urn:chorale:problem:malformed-frame']]);
  });
});

it('[CON-9] it is offered unless the application does not want it', () => {
  expect(joined('').protocols).toEqual(['chorale.v1.deflate', 'chorale.v1']);
  session.close();
  expect(joined('', false).protocols).toEqual(['chorale.v1']);
});
