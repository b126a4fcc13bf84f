import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect, type DocumentView, type Operation, type Session } from '../src/index.js';
import { problem } from '../src/protocol/problem.js';
import { FakeServer, type ServerConnection } from './support/fakeServer.js';
import { FakeSocket } from './support/fakeSocket.js';
import { Random } from './support/random.js';

/** Past failures first, then fresh ones. */
const SEEDS = [
  943066225,
  772319455,
  611326073,
  ...Array.from({ length: 40 }, () => Math.floor(Math.random() * 2 ** 31)),
];

/** A connection whose frames wait until the test delivers them, in order, in each direction. */
class Line implements ServerConnection {
  readonly toServer: string[] = [];
  readonly toClient: string[] = [];
  open = true;

  constructor(
    readonly participantId: string,
    readonly socket: FakeSocket,
  ) {
    socket.onSend = (text) => {
      if (this.open) this.toServer.push(text);
    };
    socket.onClose = () => {
      this.open = false;
      this.toClient.length = 0;
    };
  }

  send(frame: object): void {
    if (this.open) this.toClient.push(JSON.stringify(frame));
  }
}

class World {
  readonly server: FakeServer;
  readonly sessions: Session[] = [];
  readonly lines: Line[] = [];
  calm = false;

  constructor(
    readonly random: Random,
    clients: number,
  ) {
    this.server = new FakeServer(random.pick([3, 20, 1000]), (change) => {
      if (!this.calm && random.chance(0.05)) return problem('storage-unavailable', 'Not now', 503);
      const poisoned = change.operations.some((operation) => operation.op === 'set' && operation.path[0] === 'poison');
      return poisoned ? problem('invalid-value', 'Poison', 400) : undefined;
    });
    for (let i = 0; i < clients; i++) this.sessions.push(this.#join(`client${i}`));
  }

  step(): void {
    const { random } = this;
    const dice = random.next();
    if (dice < 0.45) this.deliver();
    else if (dice < 0.85) this.edit(random.pick(this.sessions));
    else if (dice < 0.95) vi.advanceTimersByTime(random.below(3000));
    else if (dice < 0.98) this.drop();
    else this.loseFrame();
  }

  deliver(): boolean {
    const busy = this.lines.filter((line) => line.toServer.length > 0 || line.toClient.length > 0);
    if (busy.length === 0) return false;
    const line = this.random.pick(busy);
    const toServer = line.toServer.length > 0 && (line.toClient.length === 0 || this.random.chance(0.5));
    const text = toServer ? line.toServer.shift() : line.toClient.shift();
    if (text === undefined) return false;
    if (toServer) this.server.receive(line, text);
    else line.socket.receives(text);
    return true;
  }

  /** Ends a connection. What was under way to the server may still arrive, long after the client is back on another. */
  drop(): void {
    const open = this.lines.filter((line) => line.open);
    if (open.length === 0) return;
    const line = this.random.pick(open);
    line.open = false;
    line.toClient.length = 0;
    if (this.random.chance(0.5)) line.toServer.length = 0;
    this.server.disconnect(line);
    line.socket.ends(this.random.pick([1001, 1006, 1013]));
  }

  /** As a server loses the last frame of another node. */
  loseFrame(): void {
    const line = this.lines.find((each) => each.toClient.at(-1)?.startsWith('{"type":"changes"'));
    line?.toClient.pop();
  }

  edit(session: Session): void {
    if (!session.info) return;
    try {
      session.edit(this.#operations(session.document));
    } catch (refusal) {
      expect(refusal).toHaveProperty('problem');
    }
  }

  #operations(view: DocumentView): Operation[] {
    const { random } = this;
    return Array.from({ length: 1 + random.below(3) }, () => this.#operation([...view.elements.keys()], random));
  }

  #operation(known: readonly string[], random: Random): Operation {
    // Few ids, so that clients create the same one.
    if (known.length === 0 || random.chance(0.15)) {
      const [parent, after] = [this.#place(known), this.#place(known)];
      const refs = known.length > 0 && random.chance(0.2) ? [random.pick(known)] : [];
      const props = { x: random.below(100), at: [0, 0, 0], box: { a: 1 } };
      const id = `e${random.below(40)}`;
      return { op: 'create', id, elementType: 'box', parent, props, refs, ...(random.chance(0.5) && { after }) };
    }
    const id = random.pick(known);
    switch (random.below(9)) {
      case 0:
        return { op: 'set', id, path: ['x'], value: random.pick([1, 2, 'text', null]) };
      case 1:
        return { op: 'set', id, path: ['at', random.below(4)], value: random.below(10) };
      case 2:
        return { op: 'set', id, path: ['box', random.pick(['a', 'b'])], value: random.below(10) };
      case 3:
        return { op: 'add', id, path: ['x'], delta: random.below(10) };
      case 4:
        return { op: 'add', id, path: ['at'], delta: [1, 2, 3] };
      case 5:
        return { op: 'move', id, parent: this.#place(known), after: this.#place(known) };
      case 6:
        return random.chance(0.5) ? { op: 'delete', id } : { op: 'unset', id, path: ['x'] };
      case 7:
        return { op: 'restore', id };
      default:
        return { op: 'set', id, path: [random.chance(0.3) ? 'poison' : 'y'], value: random.below(100) };
    }
  }

  #place(known: readonly string[]): string | null {
    return known.length === 0 || this.random.chance(0.3) ? null : this.random.pick(known);
  }

  /** Stops editing and failing, and lets everything arrive. */
  settle(): void {
    this.calm = true;
    // Long enough for the longest backoff and for two heartbeats behind it.
    for (let second = 0; second < 80; second++) {
      while (this.deliver());
      vi.advanceTimersByTime(1000);
    }
    while (this.deliver());
  }

  #join(clientId: string): Session {
    return connect({
      url: 'http://localhost:9080',
      sessionId: 'S1',
      guest: { name: clientId, color: '#336699' },
      clientId,
      webSocket: (url, protocols) => {
        const socket = new FakeSocket(url, protocols);
        const line = new Line(`${clientId}-${this.lines.length}`, socket);
        this.lines.push(line);
        setTimeout(() => {
          if (line.open) socket.opened();
        }, 1);
        return socket;
      },
    });
  }
}

function contentOf(view: DocumentView): unknown[] {
  return [...view.elements.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The tree as the view tells it, from what it keeps between edits. */
function treeOf(view: DocumentView, parent: string | null = null): unknown[] {
  return view.children(parent).map((child) => [child.id, treeOf(view, child.id)]);
}

/** The tree as people see it, computed from scratch. */
function derivedTree(view: DocumentView, parent: string | null = null): unknown[] {
  const live = (id: string, asking: readonly string[] = []): boolean => {
    const found = view.elements.get(id);
    if (asking.includes(id)) return true;
    if (!found || found.deleted) return false;
    return [found.parent, ...found.refs].every((each) => each === null || live(each, [...asking, id]));
  };
  return [...view.elements.values()]
    .filter((element) => element.parent === parent && live(element.id))
    .sort((a, b) => (a.order === b.order ? (a.id < b.id ? -1 : 1) : a.order < b.order ? -1 : 1))
    .map((element) => [element.id, derivedTree(view, element.id)]);
}

/** Equal elements are the same objects, in the map as in the lists of children. */
function expectSharing(before: DocumentView | undefined, after: DocumentView): void {
  if (!before || before === after) return;
  for (const [id, element] of after.elements) {
    const earlier = before.elements.get(id);
    if (earlier && earlier !== element) expect(element).not.toEqual(earlier);
  }
  for (const child of after.children(null)) expect(child).toBe(after.elements.get(child.id));
}

describe('convergence', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it.each(SEEDS)(
    '[CHG-2] [RES-4] [SUB-2] [SUB-5] all views equal the server document at quiescence, seed %i',
    (seed) => {
      const random = new Random(seed);
      const world = new World(random, 2 + random.below(3));
      vi.spyOn(Math, 'random').mockImplementation(() => random.next());
      for (let i = 0; i < 400; i++) {
        const before = world.sessions.map((session) => session.document);
        world.step();
        for (const [index, session] of world.sessions.entries()) expectSharing(before[index], session.document);
        const { document } = random.pick(world.sessions);
        expect(treeOf(document)).toEqual(derivedTree(document));
      }

      world.settle();

      const expected = [...world.server.elements.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
      for (const session of world.sessions) {
        expect(session.state).toBe('online');
        expect(session.pendingChanges).toBe(0);
        expect(session.document.revision).toBe(world.server.head);
        expect(contentOf(session.document)).toEqual(expected);
      }
      const [first, ...others] = world.sessions.map((session) => treeOf(session.document));
      for (const other of others) expect(other).toEqual(first);
      expect(new Set(world.server.log.map((change) => change.changeId)).size).toBe(world.server.head);
      for (const session of world.sessions) session.close();
      vi.restoreAllMocks();
    },
  );
});
