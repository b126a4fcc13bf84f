import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect, documentForm, documentHash, type DocumentView, type Session } from '../src/index.js';
import { fold } from '../src/document/apply.js';
import { Document } from '../src/document/document.js';
import { DEFAULT_RULES, type Rules } from '../src/document/outcome.js';
import { policiesOf } from '../src/document/policies.js';
import { problem } from '../src/protocol/problem.js';
import { STRATEGIES } from '../src/protocol/strategy.js';
import { FakeServer } from './support/fakeServer.js';
import { FakeSocket } from './support/fakeSocket.js';
import { Line } from './support/line.js';
import { Random } from './support/random.js';
import { randomOperations } from './support/randomEdits.js';

/** Past failures first, then fresh ones. */
const SEEDS = [
  1130875070,
  737246852,
  943066225,
  772319455,
  611326073,
  ...Array.from({ length: 200 }, () => Math.floor(Math.random() * 2 ** 31)),
];
const STEPS = 120;

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
      hashEvery: random.pick([1, 7]),
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
      else session.edit(randomOperations(session.document, random), random.chance(0.4) ? { gesture: 'drag' } : {});
    } catch (refusal) {
      expect(refusal).toHaveProperty('problem');
    }
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
