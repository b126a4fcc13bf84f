import { expect, test } from '@playwright/test';
import { check, told, type Rule } from './checker.js';
import { hashOf, type ClientRecord, type History, type Logged, type Seen } from './history.js';
import { pick, seeded } from '../support/random.js';

type Event = Seen extends infer S ? (S extends Seen ? Omit<S, 'at' | 'connection'> : never) : never;

/** A history told line by line; each line is one tick later. */
class Story {
  readonly #seen = new Map<string, Seen[]>();
  readonly #connection = new Map<string, number>();
  readonly log: Logged[] = [];
  #tick = 0;

  /** A client connects; it has the document up to a revision. */
  opens(client: string, revision: number): void {
    this.#connection.set(client, (this.#connection.get(client) ?? 0) + 1);
    this.tells(client, { what: 'opened', node: 'one' });
    this.tells(client, { what: 'has', revision });
  }

  tells(client: string, event: Event): void {
    const seen = this.#seen.get(client) ?? [];
    this.#seen.set(client, seen);
    this.#tick += 1;
    seen.push({ ...event, at: this.#tick, connection: this.#connection.get(client) ?? 0 });
  }

  /** A change as it should be: submitted, stored, acknowledged, and seen by all who are named. */
  edits(author: string, changeId: string, readers: readonly string[]): void {
    this.tells(author, { what: 'submitted', changeId });
    const entry = this.stores(changeId);
    this.tells(author, { what: 'accepted', changeId, revision: entry.revision });
    for (const reader of readers) this.tells(reader, { what: 'change', ...entry });
  }

  stores(changeId: string): Logged {
    const entry = { revision: this.log.length + 1, changeId, hash: hashOf(changeId) };
    this.log.push(entry);
    return entry;
  }

  end(): History {
    const final = { revision: this.log.length, form: '{"elements":[]}' };
    const clients = [...this.#seen].map(([client, seen]): ClientRecord => ({ client, seen, final }));
    return { clients, log: this.log, nodes: [{ node: 'one', ...final }, { node: 'two', ...final }] };
  }
}

/** Ada and Ben are there, and two changes of each are made. */
function fourChanges(): Story {
  const story = new Story();
  story.opens('Ada', 0);
  story.opens('Ben', 0);
  for (const [author, changeId] of [['Ada', 'a:1'], ['Ben', 'b:1'], ['Ada', 'a:2'], ['Ben', 'b:2']] as const) {
    story.edits(author, changeId, ['Ada', 'Ben']);
  }
  return story;
}

function withClient(history: History, client: string, change: (record: ClientRecord) => ClientRecord): History {
  return { ...history, clients: history.clients.map((each) => (each.client === client ? change(each) : each)) };
}

function expectOnly(history: History, rule: Rule, words: RegExp): void {
  const violations = check(history);
  expect(violations.length, told(violations)).toBeGreaterThan(0);
  expect([...new Set(violations.map((each) => each.rule))], told(violations)).toEqual([rule]);
  expect(told(violations)).toMatch(words);
}

test.describe('the checker finds nothing wrong with', () => {
  test('a history in which everything went well', () => {
    expect(check(fourChanges().end())).toEqual([]);
  });

  test('an answer that was lost: sent again on a new connection, acknowledged at its first revision', () => {
    const story = fourChanges();
    story.tells('Ada', { what: 'submitted', changeId: 'a:3' });
    const entry = story.stores('a:3');
    story.tells('Ben', { what: 'change', ...entry });
    story.opens('Ada', 4);
    story.tells('Ada', { what: 'submitted', changeId: 'a:3' });
    story.tells('Ada', { what: 'accepted', changeId: 'a:3', revision: 5 });
    story.tells('Ada', { what: 'change', ...entry });
    expect(check(story.end())).toEqual([]);
  });

  test('an answer that was lost: seen among the missed changes', () => {
    const story = fourChanges();
    story.tells('Ada', { what: 'submitted', changeId: 'a:3' });
    const entry = story.stores('a:3');
    story.tells('Ben', { what: 'change', ...entry });
    story.opens('Ada', 4);
    story.tells('Ada', { what: 'change', ...entry });
    expect(check(story.end())).toEqual([]);
  });

  test('a snapshot in the place of missed changes, and a resync', () => {
    const story = fourChanges();
    story.opens('Cleo', 4);
    story.edits('Cleo', 'c:1', ['Ada', 'Ben', 'Cleo']);
    story.tells('Cleo', { what: 'asked', revision: 3 });
    for (const entry of story.log.slice(3)) story.tells('Cleo', { what: 'change', ...entry });
    expect(check(story.end())).toEqual([]);
  });

  test('a change that could not be stored, was sent again and then was', () => {
    const story = fourChanges();
    story.tells('Ada', { what: 'submitted', changeId: 'a:3' });
    story.tells('Ada', { what: 'refused', changeId: 'a:3', problem: 'storage-unavailable' });
    story.edits('Ada', 'a:3', ['Ada', 'Ben']);
    expect(check(story.end())).toEqual([]);
  });

  test('a refused change that left no trace, one without any answer, and the housekeeping of the server', () => {
    const story = fourChanges();
    story.tells('Ada', { what: 'submitted', changeId: 'a:3' });
    story.tells('Ada', { what: 'refused', changeId: 'a:3', problem: 'forbidden' });
    story.tells('Ben', { what: 'submitted', changeId: 'b:3' });
    story.stores('system:1');
    expect(check(story.end())).toEqual([]);
  });

  for (const seed of [1, 2, 3]) {
    test(`concurrent changes of ten clients, acknowledged and seen in any order that is allowed (seed ${seed})`, () => {
      expect(check(concurrent(seed))).toEqual([]);
    });
  }
});

test.describe('the checker finds', () => {
  test('an acknowledged change that is not in the log', () => {
    const story = fourChanges();
    story.tells('Ada', { what: 'submitted', changeId: 'a:3' });
    story.tells('Ada', { what: 'accepted', changeId: 'a:3', revision: 5 });
    expectOnly(story.end(), 'acknowledged-once-in-log', /a:3 was acknowledged to Ada at revision 5 and is not in the log/);
  });

  test('an acknowledged change that is in the log twice', () => {
    const story = fourChanges();
    const entry = story.stores('a:2');
    for (const reader of ['Ada', 'Ben']) story.tells(reader, { what: 'change', ...entry });
    expectOnly(story.end(), 'acknowledged-once-in-log', /a:2 .* is in the log 2 times, at revision 3 and 5/);
  });

  test('a change that was acknowledged at another revision than its own', () => {
    const story = fourChanges();
    story.tells('Ada', { what: 'submitted', changeId: 'a:3' });
    story.tells('Ada', { what: 'accepted', changeId: 'a:3', revision: 6 });
    for (const reader of ['Ada', 'Ben']) story.tells(reader, { what: 'change', ...story.stores('a:3') });
    const history = story.end();
    const log = history.log.slice(0, 5);
    const seen = withClient(history, 'Ben', (ben) => ({ ...ben, seen: ben.seen.slice(0, -1) }));
    const final = { revision: 5, form: '{}' };
    const clients = seen.clients.map((each) => ({ ...each, final }));
    expectOnly({ clients, log, nodes: [] }, 'acknowledged-once-in-log', /acknowledged to Ada at revision 6 .* at revision 5/);
  });

  test('a log with a hole', () => {
    const history = fourChanges().end();
    const log = history.log.filter(({ revision }) => revision !== 2);
    const clients = history.clients.map((each) => ({
      ...each,
      seen: each.seen.filter((seen) => seen.what === 'opened' || seen.what === 'has'),
    }));
    const submitted = ['a:1', 'a:2', 'b:2'].map((changeId, index): Seen => ({ at: index, connection: 1, what: 'submitted', changeId }));
    const all = [...clients, { ...(clients[0] ?? fail()), client: 'Cleo', seen: submitted }];
    expectOnly({ ...history, log, clients: all }, 'log-contiguous', /revision 3 \(a:2\) stands where 2 was expected/);
  });

  test('a change in the log that nobody submitted', () => {
    const story = fourChanges();
    const entry = story.stores('x:1');
    for (const reader of ['Ada', 'Ben']) story.tells(reader, { what: 'change', ...entry });
    expectOnly(story.end(), 'log-without-strangers', /x:1 at revision 5 was submitted by nobody/);
  });

  test('a change that was acknowledged, and then refused', () => {
    const story = fourChanges();
    story.tells('Ada', { what: 'refused', changeId: 'a:2', problem: 'invalid-change' });
    expectOnly(story.end(), 'one-answer', /a:2 was acknowledged to Ada at revision 3, later refused \(invalid-change\)/);
  });

  test('a refused change that is in the log', () => {
    const story = fourChanges();
    story.tells('Ada', { what: 'submitted', changeId: 'a:3' });
    story.tells('Ada', { what: 'refused', changeId: 'a:3', problem: 'forbidden' });
    const entry = story.stores('a:3');
    for (const reader of ['Ada', 'Ben']) story.tells(reader, { what: 'change', ...entry });
    expectOnly(story.end(), 'refused-not-in-log', /a:3 of Ada was refused \(forbidden\) and is in the log at revision 5/);
  });

  test('a revision at which somebody saw another change than the log has', () => {
    const history = withClient(fourChanges().end(), 'Ben', (ben) => ({
      ...ben,
      seen: ben.seen.map((seen) => (seen.what === 'change' && seen.revision === 3 ? { ...seen, changeId: 'c:9' } : seen)),
    }));
    expectOnly(history, 'seen-as-logged', /Ben saw c:9 at revision 3, where the log has a:2/);
  });

  test('a change that somebody saw with other content', () => {
    const history = withClient(fourChanges().end(), 'Ben', (ben) => ({
      ...ben,
      seen: ben.seen.map((seen) => (seen.what === 'change' && seen.revision === 3 ? { ...seen, hash: 'another' } : seen)),
    }));
    expectOnly(history, 'seen-as-logged', /Ben saw a:2 at revision 3 with other content/);
  });

  test('a change that somebody saw and the log has not', () => {
    const story = fourChanges();
    story.tells('Ben', { what: 'change', changeId: 'a:3', revision: 5, hash: hashOf('a:3') });
    expectOnly(story.end(), 'seen-as-logged', /Ben saw a:3 at revision 5, which the log has not/);
  });

  test('a gap in what somebody saw', () => {
    const history = withClient(fourChanges().end(), 'Ben', (ben) => ({
      ...ben,
      seen: ben.seen.filter((seen) => seen.what !== 'change' || seen.revision !== 2),
    }));
    expectOnly(history, 'seen-in-order', /Ben saw revision 3 behind 1 on connection 1: a gap/);
  });

  test('a revision that somebody saw again', () => {
    const story = fourChanges();
    story.tells('Ben', { what: 'change', ...(story.log[3] ?? fail()) });
    expectOnly(story.end(), 'seen-in-order', /Ben saw revision 4 behind 4 on connection 1: again, or out of order/);
  });

  test('a gap that somebody asked to have filled, once', () => {
    const story = fourChanges();
    const entries = [story.stores('a:3'), story.stores('a:4')];
    for (const { changeId } of entries) story.tells('Ada', { what: 'submitted', changeId });
    for (const entry of entries) story.tells('Ada', { what: 'change', ...entry });
    story.tells('Ben', { what: 'asked', revision: 4 });
    for (const entry of [...entries, ...entries, ...entries]) story.tells('Ben', { what: 'change', ...entry });
    expectOnly(story.end(), 'seen-in-order', /Ben saw revision 5 behind 6 on connection 1: again, or out of order/);
  });

  test('a change that stands before one that was acknowledged before it was made', () => {
    const story = fourChanges();
    story.tells('Ada', { what: 'submitted', changeId: 'a:3' });
    const [early, late] = [story.stores('b:3'), story.stores('a:3')];
    story.tells('Ada', { what: 'accepted', changeId: 'a:3', revision: late.revision });
    story.tells('Ben', { what: 'submitted', changeId: 'b:3' });
    story.tells('Ben', { what: 'accepted', changeId: 'b:3', revision: early.revision });
    for (const reader of ['Ada', 'Ben']) for (const entry of [early, late]) story.tells(reader, { what: 'change', ...entry });
    const words = /a:3 was acknowledged to Ada at revision 6 before Ben submitted b:3, which has revision 5/;
    expectOnly(story.end(), 'real-time-order', words);
  });

  test('a document that differs in one character', () => {
    const history = withClient(fourChanges().end(), 'Ben', (ben) => ({ ...ben, final: { ...ben.final, form: '{"elements":[1]}' } }));
    expectOnly(history, 'documents-agree', /Ben has another document than node one: at character 13/);
  });

  test('a client that ends behind the others', () => {
    const history = withClient(fourChanges().end(), 'Ben', (ben) => ({ ...ben, final: { ...ben.final, revision: 3 } }));
    expectOnly(history, 'documents-agree', /Ben ended at revision 3, the log at 4/);
  });

  test('a client that found another hash', () => {
    const story = fourChanges();
    story.tells('Ben', { what: 'diverged', revision: 4 });
    expectOnly(story.end(), 'documents-agree', /Ben found another hash at revision 4/);
  });
});

/** Ten clients whose changes are submitted, stored, acknowledged and seen each at a moment of its own. */
function concurrent(seed: number): History {
  const random = seeded(seed);
  const story = new Story();
  const names = Array.from({ length: 10 }, (_, index) => `client ${index}`);
  const saw = new Map(names.map((name) => [name, 0]));
  const flying = new Map<string, { readonly changeId: string; revision?: number }>();
  for (const name of names) story.opens(name, 0);
  const read = (name: string): void => {
    const own = flying.get(name)?.revision ?? Infinity;
    const entry = story.log[saw.get(name) ?? 0];
    if (entry === undefined || entry.revision >= own) return;
    story.tells(name, { what: 'change', ...entry });
    saw.set(name, entry.revision);
  };
  const acknowledge = (name: string): void => {
    const change = flying.get(name);
    if (change?.revision === undefined) return;
    story.tells(name, { what: 'accepted', changeId: change.changeId, revision: change.revision });
    flying.delete(name);
  };
  for (let step = 0; step < 3000; step += 1) {
    const name = pick(random, names);
    const change = flying.get(name);
    const chance = random();
    if (chance < 0.6) read(name);
    else if (change === undefined) {
      const changeId = `${name}:${step}`;
      story.tells(name, { what: 'submitted', changeId });
      flying.set(name, { changeId });
    } else if (change.revision === undefined) change.revision = story.stores(change.changeId).revision;
    else acknowledge(name);
  }
  for (const name of names) {
    acknowledge(name);
    while ((saw.get(name) ?? 0) < story.log.length && flying.get(name)?.revision === undefined) read(name);
  }
  return story.end();
}

function fail(): never {
  throw new Error('the story has no such line');
}
