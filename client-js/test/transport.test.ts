import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect, type Session, type SessionEvents } from '../src/index.js';
import { committed, element, participant, set, welcome, welcomeWith, wireWelcome } from './support/frames.js';
import { FakeSocket } from './support/fakeSocket.js';
import { backoffMs } from '../src/transport/backoff.js';

const PROBLEM = { type: 'urn:chorale:problem:session-closed', title: 'Closed', status: 410 };

class World {
  readonly sockets: FakeSocket[] = [];
  readonly session: Session;

  constructor(url = 'https://example.org/') {
    this.session = connect({
      url,
      sessionId: 'S 1',
      guest: { name: 'Ada', color: '#336699', secret: '0123456789abcdef' },
      clientId: 'me',
      webSocket: (address, protocols) => {
        const socket = new FakeSocket(address, protocols);
        this.sockets.push(socket);
        return socket;
      },
    });
  }

  get socket(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error('no socket');
    return socket;
  }

  online(...elements: ReturnType<typeof element>[]): this {
    this.socket.opened();
    this.socket.receives(wireWelcome(welcomeWith(10, ...elements)));
    return this;
  }

  heard<E extends keyof SessionEvents>(event: E): SessionEvents[E][] {
    const payloads: SessionEvents[E][] = [];
    this.session.on(event, (payload) => payloads.push(payload));
    return payloads;
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('hello', () => {
  it.each([
    ['https://example.org/', 'wss://example.org/ws/v1/sessions/S%201'],
    ['http://localhost:9080', 'ws://localhost:9080/ws/v1/sessions/S%201'],
    ['wss://example.org', 'wss://example.org/ws/v1/sessions/S%201'],
  ])('[CON-1] the socket for %s is %s, its first frame hello', (url, address) => {
    const { session, socket } = new World(url);
    const protocols = ['chorale.v1.deflate', 'chorale.v1'];
    expect([socket.url, socket.protocols, session.state]).toEqual([address, protocols, 'connecting']);
    expect(socket.sent).toEqual([]);
    socket.opened();
    expect(socket.sent.map((text) => JSON.parse(text) as unknown)).toEqual([
      { type: 'hello', guest: { name: 'Ada', color: '#336699', secret: '0123456789abcdef' }, clientId: 'me' },
    ]);
  });

  it('[HEL-4] welcome tells of the session, of oneself and of everybody present', async () => {
    const world = new World();
    const states = world.heard('state');
    const ready = world.session.ready();
    world.online(element('e', 'a0'));
    await ready;
    const { session } = world;
    expect(states).toEqual(['online']);
    expect([session.info?.name, session.self?.participantId, [...session.participants.keys()]]).toEqual([
      'Bridge',
      'p1',
      ['p1'],
    ]);
    expect(session.document.children(null).map((child) => child.id)).toEqual(['e']);
  });

  it('a server that does not say welcome is tried again', () => {
    const world = new World();
    world.socket.opened();
    vi.advanceTimersByTime(10_000);
    expect(world.session.state).toBe('offline');
    vi.advanceTimersByTime(500);
    expect(world.sockets.length).toBe(2);
  });
});

describe('heartbeat', () => {
  it('[CON-5] a ping goes out at least every heartbeatSeconds, its answer tells the round trip', () => {
    const world = new World().online();
    const latencies = world.heard('latency');
    for (let i = 1; i <= 5; i++) {
      expect(world.socket.frames('ping').length).toBe(i);
      vi.advanceTimersByTime(40);
      world.socket.receives({ type: 'pong', t: world.socket.frames('ping').at(-1)?.['t'], revision: 10 });
      vi.advanceTimersByTime(20_000 * 0.8 - 40);
    }
    expect(latencies).toEqual([40, 40, 40, 40, 40]);
    expect(world.session.roundTripMs).toBe(40);
    expect(world.session.state).toBe('online');
  });

  it('[CON-5] a half-open connection is given up when a ping stays unanswered, without waiting for its end', () => {
    const world = new World().online();
    vi.advanceTimersByTime(10_000);
    expect([world.session.state, world.sockets[0]?.closedWith]).toEqual(['offline', 1005]);
    vi.advanceTimersByTime(500);
    world.online();
    world.sockets[0]?.ends(1006);
    world.sockets[0]?.receives({ type: 'error', problem: PROBLEM });
    expect([world.session.state, world.sockets.length]).toEqual(['online', 2]);
  });

  it('any frame is a sign of life', () => {
    const world = new World().online();
    for (let i = 0; i < 6; i++) {
      vi.advanceTimersByTime(9000);
      world.socket.receives({ type: 'awareness', states: {} });
    }
    expect(world.session.state).toBe('online');
  });
});

describe('a connection that is doubted', () => {
  it('[CON-5] an edit without an answer is followed by a ping, and the connection given up within 10 s', () => {
    const world = new World().online(element('e', 'a0'));
    world.socket.receives({ type: 'pong', t: 0, revision: 10 });
    vi.advanceTimersByTime(1000);
    world.session.edit([set('e', 'x', 1)]);
    vi.advanceTimersByTime(5000);
    expect([world.session.state, world.socket.frames('ping').length]).toEqual(['online', 2]);
    vi.advanceTimersByTime(4000);
    expect(world.session.state).toBe('offline');
  });

  it('a server that takes its time to store is not given up as long as it answers pings', () => {
    const world = new World().online(element('e', 'a0'));
    world.session.edit([set('e', 'x', 1)]);
    for (let i = 0; i < 30; i++) {
      vi.advanceTimersByTime(1000);
      world.socket.receives({ type: 'pong', t: 0, revision: 10 });
    }
    expect(world.session.state).toBe('online');
  });

  it('the browser going offline ends the connection at once, and coming online begins one', () => {
    const page = new EventTarget();
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
    vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
    const world = new World().online();
    page.dispatchEvent(new Event('offline'));
    expect(world.session.state).toBe('offline');
    page.dispatchEvent(new Event('online'));
    expect([world.session.state, world.sockets.length]).toEqual(['connecting', 2]);
    world.session.close();
  });
});

describe('reconnecting', () => {
  it.each([1000, 1001, 1006, 1011, 1013])(
    '[CON-4] after close code %i the client comes back and resumes by revision',
    (code) => {
      const world = new World().online(element('e', 'a0'));
      world.socket.receives({ type: 'changes', from: 11, to: 11, changes: [committed(11, 'o:1', set('e', 'x', 1))] });
      world.socket.ends(code);
      expect(world.session.state).toBe('offline');
      vi.advanceTimersByTime(500);
      expect(world.session.state).toBe('connecting');
      world.socket.opened();
      expect(world.socket.frames('hello')).toMatchObject([{ clientId: 'me', revision: 11 }]);
    },
  );

  it('[RES-4] what was not acknowledged goes again with the same id after a reconnect', async () => {
    const world = new World().online(element('e', 'a0'));
    world.session.edit([set('e', 'x', 1)]);
    const submit = world.socket.frames('submit');
    world.socket.ends(1006);
    world.session.edit([set('e', 'y', 1)]);
    const idle = world.session.idle();
    vi.advanceTimersByTime(500);
    world.socket.opened();
    world.socket.receives(wireWelcome(welcome({ resumedFrom: 10 }, 10)));
    expect(world.socket.frames('submit')[0]?.['changes']).toMatchObject([
      (submit[0]?.['changes'] as unknown[])[0],
      { changeId: 'me:2' },
    ]);
    world.socket.receives({
      type: 'changes',
      from: 11,
      to: 12,
      changes: [committed(11, 'me:1', set('e', 'x', 1)), committed(12, 'me:2', set('e', 'y', 1))],
    });
    await idle;
    expect(world.session.pendingChanges).toBe(0);
  });

  it('[CON-4] after 1008 the session is closed for the reason that the error gave', async () => {
    const world = new World();
    const ready = world.session.ready();
    const rejected = expect(ready).rejects.toMatchObject({ problem: PROBLEM });
    world.socket.opened();
    world.socket.receives({ type: 'error', problem: PROBLEM });
    world.socket.ends(1008);
    await rejected;
    vi.advanceTimersByTime(120_000);
    expect([world.session.state, world.session.problem, world.sockets.length]).toEqual(['closed', PROBLEM, 1]);
    expect(() => world.session.edit([set('e', 'x', 1)])).toThrow();
  });

  it('[CON-4] a bye that says so is for good', () => {
    const world = new World().online();
    world.socket.receives({ type: 'bye', reason: 'sessionClosed', reconnect: false });
    world.socket.ends(1000);
    vi.advanceTimersByTime(120_000);
    expect([world.session.state, world.session.problem?.type]).toEqual(['closed', PROBLEM.type]);
  });

  it('[CON-8] a draining server is given the time that it asked for', () => {
    const world = new World().online();
    world.socket.receives({ type: 'bye', reason: 'draining', retryAfter: 5, reconnect: true });
    world.socket.ends(1001);
    vi.advanceTimersByTime(4999);
    expect(world.sockets.length).toBe(1);
    vi.advanceTimersByTime(1);
    expect(world.sockets.length).toBe(2);
  });

  it('[CON-8] a draining server spreads its clients itself, by parts of a second; where nobody is let in then, chance does', () => {
    const world = new World().online();
    vi.spyOn(Math, 'random').mockReturnValue(0.9);
    world.socket.receives({ type: 'bye', reason: 'draining', retryAfter: 0.25, reconnect: true });
    world.socket.ends(1001);
    vi.advanceTimersByTime(249);
    expect(world.sockets.length).toBe(1);
    vi.advanceTimersByTime(1);
    expect(world.sockets.length).toBe(2);
    world.socket.receives({ type: 'bye', reason: 'draining', retryAfter: 0, reconnect: true });
    world.socket.ends(1001);
    vi.advanceTimersByTime(899);
    expect(world.sockets.length).toBe(2);
    vi.advanceTimersByTime(1);
    expect(world.sockets.length).toBe(3);
  });

  it('[LIM-3] who is let in only later comes again when the server says', () => {
    const world = new World();
    const problem = { type: 'urn:chorale:problem:too-many-requests', title: 'Later', status: 429, retryAfter: 6 };
    world.socket.opened();
    world.socket.receives({ type: 'error', problem });
    world.socket.ends(1013);
    vi.advanceTimersByTime(5_999);
    expect([world.sockets.length, world.session.state]).toEqual([1, 'offline']);
    vi.advanceTimersByTime(1);
    expect(world.sockets.length).toBe(2);
  });

  it('[LIM-4] a pause that was asked for something else does not keep one offline', () => {
    const world = new World().online();
    const problem = { type: 'urn:chorale:problem:too-many-requests', title: 'Later', status: 429, retryAfter: 600 };
    world.socket.receives({ type: 'error', problem, about: { type: 'chat' } });
    world.socket.ends(1006);
    vi.advanceTimersByTime(1_000);
    expect(world.sockets.length).toBe(2);
  });

  it('[RES-1] [RES-4] another name is a new hello at once, and nothing that waits is lost', () => {
    const world = new World().online(element('e', 'a0'));
    world.session.edit([set('e', 'x', 1)]);
    world.session.introduce({ name: 'Ada L.', color: '#ff0000' });
    expect([world.sockets.length, world.session.state]).toEqual([2, 'connecting']);
    world.socket.opened();
    expect(world.socket.frames('hello')).toMatchObject([{ guest: { name: 'Ada L.' }, clientId: 'me', revision: 10 }]);
    world.socket.receives(wireWelcome(welcome({ resumedFrom: 10 }, 10)));
    expect(world.socket.frames('submit')).toHaveLength(1);
    expect(world.session.pendingChanges).toBe(1);
  });

  it('an application may wait less long between two attempts', () => {
    expect(backoffMs(50, () => 1, 5_000)).toBe(5_000);
  });

  it('the backoff doubles from 0.5 s to 30 s with full jitter, and starts anew after a stable connection', () => {
    expect([0, 1, 2, 5, 6, 50].map((failures) => backoffMs(failures, () => 1))).toEqual([
      500, 1000, 2000, 16_000, 30_000, 30_000,
    ]);
    expect(backoffMs(6, () => 0.25)).toBe(7500);
    const world = new World();
    for (const delay of [250, 500, 1000]) {
      world.socket.ends(1006);
      vi.advanceTimersByTime(delay - 1);
      expect(world.session.state).toBe('offline');
      vi.advanceTimersByTime(1);
      expect(world.session.state).toBe('connecting');
    }
    world.online();
    world.socket.ends(1006);
    vi.advanceTimersByTime(2000);
    world.online();
    world.socket.receives({ type: 'pong', t: 0, revision: 10 });
    vi.advanceTimersByTime(10_000);
    world.socket.ends(1006);
    vi.advanceTimersByTime(250);
    expect(world.session.state).toBe('connecting');
  });

  it('the browser coming online ends the waiting at once', () => {
    const page = new EventTarget();
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
    vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
    const world = new World();
    world.socket.ends(1006);
    page.dispatchEvent(new Event('online'));
    expect([world.session.state, world.sockets.length]).toEqual(['connecting', 2]);
    world.session.close();
    page.dispatchEvent(new Event('online'));
    expect(world.sockets.length).toBe(2);
  });

  it('close leaves for good', async () => {
    const world = new World().online(element('e', 'a0'));
    world.session.edit([set('e', 'x', 1)]);
    const idle = expect(world.session.idle()).rejects.toMatchObject({ problem: { type: PROBLEM.type } });
    world.session.close();
    await idle;
    expect([world.session.state, world.session.problem, world.socket.closedWith]).toEqual(['closed', undefined, 1000]);
    vi.advanceTimersByTime(120_000);
    expect([world.sockets.length, vi.getTimerCount()]).toEqual([1, 0]);
  });
});

describe('hostile servers', () => {
  it.each([
    ['malformed JSON', '{"type":'],
    ['a wrong type', { type: 'changes', changes: 7 }],
    ['binary data', new ArrayBuffer(4)],
    ['a polluting name', { type: 'changes', changes: [committed(11, 'o:1', set('e', '__proto__', 1))] }],
  ])('[CON-2] %s is reported, changes nothing, and the client resumes on a new connection', (_what, data) => {
    const world = new World().online(element('e', 'a0'));
    const problems = world.heard('problem');
    const before = world.session.document;
    world.socket.receives(data);
    expect(problems.map((problem) => problem.type)).toEqual(['urn:chorale:problem:malformed-frame']);
    expect(world.session.document).toBe(before);
    vi.advanceTimersByTime(500);
    world.socket.opened();
    expect(world.socket.frames('hello')).toMatchObject([{ revision: 10 }]);
  });

  it('[CON-7] frames of types that are not known yet are passed over', () => {
    const world = new World().online();
    world.socket.receives({ type: 'fireworks', text: 'hello' });
    expect(world.session.state).toBe('online');
  });

  it('frames before welcome change nothing, a second welcome neither', () => {
    const world = new World();
    world.socket.opened();
    world.socket.receives({ type: 'changes', from: 1, to: 1, changes: [committed(1, 'o:1')] });
    world.socket.receives({ type: 'presence', joined: [participant('p9')] });
    expect([world.session.document.revision, world.session.participants.size]).toEqual([0, 0]);
    world.socket.receives(wireWelcome(welcomeWith(10)));
    world.socket.receives(wireWelcome(welcomeWith(99)));
    expect(world.session.document.revision).toBe(10);
  });
});
