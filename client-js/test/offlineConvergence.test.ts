import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect, documentForm, type Session } from '../src/index.js';
import { problem } from '../src/protocol/problem.js';
import { Disk, type Tab } from './support/disk.js';
import { FakeServer } from './support/fakeServer.js';
import { FakeSocket } from './support/fakeSocket.js';
import { Line } from './support/line.js';
import { Random } from './support/random.js';
import { randomOperations } from './support/randomEdits.js';

/** Past failures first, then fresh ones. */
const SEEDS = [...Array.from({ length: 150 }, () => Math.floor(Math.random() * 2 ** 31))];
const STEPS = 140;
/** What was made so long before its tab was killed is not lost. */
const DURABLE_MS = 300;

interface Page {
  readonly session: Session;
  readonly tab: Tab;
  readonly line: () => Line | undefined;
  /** When each change was made. */
  readonly made: Map<string, number>;
}

class Person {
  readonly disk = new Disk();
  pages: Page[] = [];

  constructor(readonly name: string) {}
}

class World {
  readonly server: FakeServer;
  readonly people: Person[];
  readonly lines: Line[] = [];
  readonly durable = new Set<string>();
  readonly refused = new Set<string>();
  storageFailures = 0;
  online = true;
  calm = false;
  #pages = 0;

  constructor(readonly random: Random) {
    this.server = new FakeServer({
      resumeLimit: random.pick([3, 20, 1000]),
      hashEvery: random.pick([1, 5]),
      refuses: (_, change) => {
        if (!this.calm && random.chance(0.05)) {
          return { problem: problem('storage-unavailable', 'Not now', 503), stored: random.chance(0.3) };
        }
        const poisoned = change?.operations.some((each) => each.op === 'set' && each.path[0] === 'poison');
        return poisoned ? { problem: problem('invalid-value', 'Poison', 400), stored: false } : undefined;
      },
    });
    this.people = ['ada', 'ben'].map((name) => new Person(name));
    for (const person of this.people) this.open(person);
  }

  get pages(): Page[] {
    return this.people.flatMap((person) => person.pages);
  }

  step(): void {
    const { random } = this;
    const dice = random.next();
    if (dice < 0.4) this.deliver();
    else if (dice < 0.75) this.edit(random.pick(this.pages));
    else if (dice < 0.87) vi.advanceTimersByTime(random.pick([20, 300, 3000]));
    else if (dice < 0.91) this.drop();
    else if (dice < 0.93) this.online = !this.online;
    else if (dice < 0.98) this.kill();
    else this.open(random.pick(this.people));
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

  edit({ session, made }: Page): void {
    try {
      const changeId = this.random.chance(0.12)
        ? session.undo()
        : session.edit(randomOperations(session.document, this.random));
      if (changeId !== undefined) made.set(changeId, performance.now());
    } catch (refusal) {
      expect(refusal).toHaveProperty('problem');
    }
  }

  drop(): void {
    const line = this.lines.find((each) => each.open);
    if (line) this.cut(line, this.random.chance(0.5));
  }

  /** Ends a connection; what was under way to the server may still arrive. */
  cut(line: Line, losesAll: boolean): void {
    line.open = false;
    line.toClient.length = 0;
    if (losesAll) line.toServer.length = 0;
    this.server.disconnect(line);
    line.socket.ends(1006);
  }

  /** Kills a tab at whatever point it is at. Another one takes its place, sometimes beside a second. */
  kill(): void {
    const person = this.random.pick(this.people);
    const page = this.random.pick(person.pages);
    page.tab.kill();
    for (const [changeId, at] of page.made) {
      if (performance.now() - at >= DURABLE_MS) this.durable.add(changeId);
    }
    const line = page.line();
    if (line?.open) {
      line.socket.onSend = () => undefined;
      line.open = false;
      line.toClient.length = 0;
      if (this.random.chance(0.5)) line.toServer.length = 0;
      this.server.disconnect(line);
    }
    person.pages = person.pages.filter((each) => each !== page);
    if (person.pages.length === 0) this.open(person);
  }

  open(person: Person): void {
    if (person.pages.length > 1) return;
    this.#pages += 1;
    const clientId = `${person.name}${this.#pages}`;
    const tab = person.disk.tab();
    let line: Line | undefined;
    const session = connect({
      url: 'http://localhost:9080',
      sessionId: 'S1',
      guest: { name: person.name, color: '#336699', secret: `${person.name}-0123456789abcdef` },
      clientId,
      storage: tab,
      webSocket: (url, protocols) => {
        const socket = new FakeSocket(url, protocols);
        // A dead page's timers are dead, too: it never comes back.
        if (!tab.alive) return socket;
        const current = new Line(`${clientId}-${this.lines.length}`, `u-${person.name}`, socket);
        line = current;
        this.lines.push(current);
        setTimeout(() => {
          if (this.online && current.open) socket.opened();
          else socket.ends(1006);
        }, 1);
        return socket;
      },
    });
    session.on('problem', ({ type }) => {
      if (type.endsWith('offline-storage-failed')) this.storageFailures += 1;
    });
    session.on('refused', ({ changeId }) => this.refused.add(changeId));
    person.pages.push({ session, tab, line: () => line, made: new Map() });
  }

  /** Stops editing and failing, and lets everything arrive. */
  async settle(): Promise<void> {
    this.calm = true;
    this.online = true;
    for (const { made } of this.pages) for (const changeId of made.keys()) this.durable.add(changeId);
    for (let second = 0; second < 100; second++) {
      while (this.deliver());
      await vi.advanceTimersByTimeAsync(1000);
    }
    while (this.deliver());
  }
}

describe('convergence of what is kept offline', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it.each(SEEDS)(
    '[SUB-2] [RES-4] [CLI-5] [CLI-6] nothing that was kept is lost or doubled, whenever tabs are killed, seed %i',
    async (seed) => {
      const random = new Random(seed);
      vi.spyOn(Math, 'random').mockImplementation(() => random.next());
      const world = new World(random);
      await vi.advanceTimersByTimeAsync(10);
      for (let i = 0; i < STEPS; i++) {
        world.step();
        await vi.advanceTimersByTimeAsync(0);
      }

      await world.settle();

      const { server } = world;
      const expected = documentForm(server.document);
      for (const { session } of world.pages) {
        expect([session.state, session.pendingChanges]).toEqual(['online', 0]);
        expect(documentForm(session.document)).toBe(expected);
      }
      const committed = server.log.map((change) => change.changeId);
      expect(new Set(committed).size).toBe(committed.length);
      const answered = new Set([...committed, ...world.refused]);
      expect([...world.durable].filter((changeId) => !answered.has(changeId))).toEqual([]);
      expect(world.people.flatMap(({ disk }) => disk.names('c'))).toEqual([]);
      expect(world.storageFailures).toBe(0);
      for (const { session } of world.pages) session.close();
      vi.restoreAllMocks();
    },
  );
});
