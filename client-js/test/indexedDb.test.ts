import 'fake-indexeddb/auto';
import { afterEach, expect, it, vi } from 'vitest';
import { connect, indexedDbStore, type Session } from '../src/index.js';
import { FakeServer } from './support/fakeServer.js';
import { FakeSocket } from './support/fakeSocket.js';
import { create, set } from './support/frames.js';

/** Web Locks of one origin; `end` is what happens to a tab's locks with the tab. */
class FakeLocks {
  readonly held = new Set<string>();

  request(
    name: string,
    _options: object,
    callback: (lock: unknown) => Promise<void> | undefined,
  ): Promise<unknown> {
    if (this.held.has(name)) return Promise.resolve(callback(null));
    this.held.add(name);
    return Promise.resolve(callback({ name })).finally(() => this.held.delete(name));
  }
}

const sessions: Session[] = [];

afterEach(() => {
  for (const session of sessions.splice(0)) session.close();
  vi.unstubAllGlobals();
});

function join(clientId: string, server?: FakeServer): Session {
  const session = connect({
    url: 'http://localhost',
    sessionId: 'S1',
    guest: { name: 'Ada', color: '#336699', secret: '0123456789abcdef' },
    clientId,
    webSocket: (url, protocols) => {
      const socket = new FakeSocket(url, protocols);
      const send = (frame: object): void => {
        socket.receives(frame);
      };
      socket.onSend = (text) => server?.receive({ participantId: clientId, userId: 'u-ada', send }, text);
      setTimeout(() => {
        if (server) socket.opened();
        else socket.ends(1006);
      }, 1);
      return socket;
    },
  });
  sessions.push(session);
  return session;
}

it('buckets are written as a whole, found by their beginning, and owned by one', async () => {
  const locks = new FakeLocks();
  const store = indexedDbStore(indexedDB, locks, 'contract');
  await store.write('one a', new Map([['x', '1'], ['y', '2']]));
  await store.write('one b', new Map([['x', '3']]));
  await store.write('two', new Map([['x', '4']]));
  expect(await store.buckets('one ')).toEqual(['one a', 'one b']);
  expect(await store.read('one a')).toEqual(new Map([['x', '1'], ['y', '2']]));
  await store.write('one a', new Map([['x', undefined], ['y', '5']]));
  expect(await store.read('one a')).toEqual(new Map([['y', '5']]));
  await store.write('one b', new Map([['x', undefined]]));
  expect(await store.buckets('one ')).toEqual(['one a']);
  expect(await store.read('none')).toEqual(new Map());

  const release = await store.claim?.('one a');
  expect(await store.claim?.('one a')).toBeUndefined();
  release?.();
  await vi.waitFor(() => {
    expect(locks.held.size).toBe(0);
  });
  expect(await store.claim?.('one a')).toBeTypeOf('function');
});

it('[RES-4] an edit made offline is in IndexedDB, shown by the next page and stored once', async () => {
  const locks = new FakeLocks();
  vi.stubGlobal('navigator', { locks });
  const first = join('a');
  first.edit([create('e', { props: { x: 0 } })]);
  first.edit([set('e', 'x', 1)]);
  const stored = indexedDbStore(indexedDB, new FakeLocks());
  await vi.waitFor(async () => {
    const [bucket] = await stored.buckets('');
    expect([...(await stored.read(bucket ?? '')).keys()].filter((name) => name.startsWith('c'))).toHaveLength(2);
  });
  locks.held.clear(); // the tab is killed, and its locks with it
  const server = new FakeServer();
  const second = join('b', server);
  await second.idle();
  expect(second.document.elements.get('e')?.props['x']).toBe(1);
  expect(server.log.map(({ changeId }) => changeId)).toEqual(['a:1', 'a:2']);
});

it('without Web Locks nothing is kept: nobody could tell whether a tab is gone', async () => {
  vi.stubGlobal('navigator', {});
  const opened = vi.spyOn(indexedDB, 'open');
  join('a').edit([create('e')]);
  await Promise.resolve();
  expect(opened).not.toHaveBeenCalled();
});
