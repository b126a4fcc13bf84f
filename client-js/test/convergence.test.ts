import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect, documentForm, documentHash, type DocumentView, type Operation, type Session } from '../src/index.js';
import { fold } from '../src/document/apply.js';
import { Document } from '../src/document/document.js';
import { DEFAULT_RULES, type Rules } from '../src/document/outcome.js';
import { policiesOf } from '../src/document/policies.js';
import { problem } from '../src/protocol/problem.js';
import { STRATEGIES } from '../src/protocol/strategy.js';
import { FakeServer, type ServerConnection } from './support/fakeServer.js';
import { FakeSocket } from './support/fakeSocket.js';
import { Random } from './support/random.js';

/** Past failures first, then fresh ones. */
const SEEDS = [
  943066225,
  772319455,
  611326073,
  ...Array.from({ length: 200 }, () => Math.floor(Math.random() * 2 ** 31)),
];
const STEPS = 120;
const SNIPPETS = ['a', 'bc', 'hello ', '😀', '\n', 'x😀y'];

/** A connection whose frames wait until the test delivers them, in order, in each direction. */
class Line implements ServerConnection {
  readonly toServer: string[] = [];
  readonly toClient: string[] = [];
  open = true;

  constructor(
    readonly participantId: string,
    readonly userId: string,
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
    this.server = new FakeServer({
      resumeLimit: random.pick([3, 20, 1000]),
      textMemory: random.pick([1, 5, 1000]),
      rules: rulesOf(random),
      refuses: (_, change) => {
        if (!this.calm && random.chance(0.05)) {
          return { problem: problem('storage-unavailable', 'Not now', 503), stored: random.chance(0.3) };
        }
        const poisoned = change?.operations.some((each) => each.op === 'set' && each.path[0] === 'poison');
        return poisoned ? { problem: problem('invalid-value', 'Poison', 400), stored: false } : undefined;
      },
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
    const { random } = this;
    try {
      if (random.chance(0.1)) session.undo();
      else if (random.chance(0.05)) session.redo();
      else session.edit(this.#operations(session.document), random.chance(0.4) ? { gesture: 'drag' } : {});
    } catch (refusal) {
      expect(refusal).toHaveProperty('problem');
    }
  }

  #operations(view: DocumentView): Operation[] {
    return Array.from({ length: this.random.pick([1, 1, 1, 2, 3]) }, () => this.#operation(view, this.random));
  }

  #operation(view: DocumentView, random: Random): Operation {
    const known = [...view.elements.keys()];
    // Few ids, so that clients create the same one.
    if (known.length === 0 || random.chance(0.1)) {
      const [parent, after] = [this.#place(known), this.#place(known)];
      const refs = known.length > 0 && random.chance(0.2) ? [random.pick(known)] : [];
      const props = { x: random.below(100), at: [0, 0, 0], box: { a: 1 } };
      const id = `e${random.below(40)}`;
      const texts = random.chance(0.5) ? { t: 'start' } : {};
      return { op: 'create', id, elementType: 'box', parent, props, texts, refs, ...(random.chance(0.5) && { after }) };
    }
    // Most edits meet.
    const id = random.pick(random.chance(0.7) ? known.slice(0, 3) : known);
    switch (random.below(18)) {
      case 0:
        return { op: 'set', id, path: ['x'], value: random.pick([1, 2, 'text', null]) };
      case 1:
        return { op: 'set', id, path: ['at', random.below(4)], value: random.below(10) };
      case 2:
        return { op: 'set', id, path: ['box', random.pick(['a', 'b'])], value: random.below(10) };
      case 3:
        return { op: 'add', id, path: ['x'], delta: random.below(10) / 10 };
      case 4:
        return { op: 'add', id, path: ['at'], delta: [1, 2, 3] };
      case 5:
        return { op: 'move', id, parent: this.#place(known), after: this.#place(known) };
      case 6:
        return random.chance(0.5) ? { op: 'delete', id } : { op: 'unset', id, path: ['x'] };
      case 7:
        return { op: 'restore', id };
      case 8:
        return { op: 'set', id, path: [random.chance(0.3) ? 'poison' : 'y'], value: random.below(100) };
      case 9:
        return { op: 'append', id, list: 'l', items: [{ id: `i${random.below(1e6)}`, value: random.below(9) }] };
      case 10:
        return this.#item(view, id) ?? { op: 'restore', id };
      case 11:
        return { op: 'member', id, set: 's', member: random.pick(['m', 'n']), on: random.chance(0.5) };
      case 12:
        return this.#resolve(view) ?? { op: 'delete', id };
      default:
        return this.#text(view, id);
    }
  }

  #text(view: DocumentView, id: string): Operation {
    const { random } = this;
    const text = Array.from(view.elements.get(id)?.texts['t'] ?? '');
    const at = random.below(text.length + 1);
    const before = text.slice(0, at).join('').length;
    const taken = text.slice(at, at + random.below(4)).join('').length;
    const put = taken > 0 && random.chance(0.4) ? [] : [random.pick(SNIPPETS)];
    const edit = [before, ...put, -taken].filter((step) => step !== 0);
    return { op: 'text', id, name: 't', edit };
  }

  #item(view: DocumentView, id: string): Operation | undefined {
    const items = view.elements.get(id)?.lists['l'];
    return items && { op: 'item', id, list: 'l', item: this.random.pick(items).id, retracted: this.random.chance(0.6) };
  }

  #resolve(view: DocumentView): Operation | undefined {
    const open = [...view.conflicts.values()].filter(({ status }) => status === 'OPEN');
    if (open.length === 0) return undefined;
    const choice = this.random.pick(['MINE', 'THEIRS', 'LAST_WRITE_WINS', 'MERGE', 'REJECT'] as const);
    return { op: 'resolve', conflict: this.random.pick(open).id, choice };
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
        const line = new Line(`${clientId}-${this.lines.length}`, `u-${clientId}`, socket);
        this.lines.push(line);
        setTimeout(() => {
          if (line.open) socket.opened();
        }, 1);
        return socket;
      },
    });
  }
}

function rulesOf(random: Random): Rules {
  const policy = (): object => ({
    strategy: random.pick([...STRATEGIES]),
    blend: random.pick(['DELTA', 'AVERAGE', 'MIN', 'MAX'] as const),
    windowMs: random.pick([0, 500]),
  });
  return { ...DEFAULT_RULES, policies: policiesOf({ '*.x': policy(), '*.at': policy(), '*.s': policy() }) };
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
    '[CLI-1] [CHG-2] [RES-4] [SUB-2] [SUB-5] all views equal the server document at quiescence, seed %i',
    (seed) => {
      const random = new Random(seed);
      const world = new World(random, 2 + random.below(3));
      vi.spyOn(Math, 'random').mockImplementation(() => random.next());
      for (let i = 0; i < STEPS; i++) {
        const before = world.sessions.map((session) => session.document);
        world.step();
        for (const [index, session] of world.sessions.entries()) expectSharing(before[index], session.document);
        const { document } = random.pick(world.sessions);
        expect(treeOf(document)).toEqual(derivedTree(document));
      }

      world.settle();

      const { server } = world;
      const expected = documentForm(server.document);
      for (const session of world.sessions) {
        expect(session.state).toBe('online');
        expect(session.pendingChanges).toBe(0);
        expect(session.document.revision).toBe(server.head);
        expect(documentForm(session.document)).toBe(expected);
        expect(documentHash(session.document)).toBe(documentHash(server.document));
      }
      expect(documentForm(folded(server))).toBe(expected);
      const [first, ...others] = world.sessions.map((session) => treeOf(session.document));
      for (const other of others) expect(other).toEqual(first);
      expect(new Set(server.log.map((change) => change.changeId)).size).toBe(server.head);
      for (const session of world.sessions) session.close();
      vi.restoreAllMocks();
    },
  );
});

function folded({ log }: FakeServer): Document {
  const draft = Document.empty().draft();
  for (const change of log) fold(draft, change);
  return draft.finish();
}
