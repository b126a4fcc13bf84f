import { describe, expect, it } from 'vitest';
import { apply } from '../src/document/apply.js';
import { Document, DocumentDraft } from '../src/document/document.js';
import { documentForm } from '../src/document/documentForm.js';
import { Frame } from '../src/document/frame.js';
import { PersistentMap } from '../src/document/persistentMap.js';
import { predict } from '../src/document/predict.js';
import type { ElementSnapshot } from '../src/protocol/frame.js';
import type { EffectiveOperation, Operation, Path } from '../src/protocol/operation.js';
import { create, element, set } from './support/frames.js';
import { Random } from './support/random.js';

function documentOf(...elements: ElementSnapshot[]): Document {
  return DocumentDraft.of({ revision: 1, document: { elements, conflicts: [] } }).finish(1);
}

function folded(document: Document, ...operations: EffectiveOperation[]): Document {
  const draft = document.draft();
  const revision = document.revision + 1;
  const stamp = { revision, clientId: 'me', userId: 'u', at: '2025-01-01T00:00:00Z', origin: revision };
  for (const operation of operations) apply(draft, operation, { changeId: 'me:1', stamp });
  return draft.finish(revision);
}

function predicted(document: Document, ...operations: Operation[]): Document {
  const draft = document.draft();
  for (const operation of operations) predict(draft, operation, { changeId: 'me:1', userId: 'u' });
  return draft.finish(document.revision);
}

/** Few ids and names, so that much of it meets; some of it is refused. */
function randomOperation(random: Random): Operation {
  const id = `e${random.below(8)}`;
  const parent = random.chance(0.3) ? null : `e${random.below(8)}`;
  const item = `i${random.below(20)}`;
  return random.pick<Operation>([
    create(id, { parent, props: { x: 1, v: [1, 2], o: { a: 1 } }, texts: { t: 'ab' } }),
    create(id, { refs: [`e${random.below(8)}`], after: parent }),
    { op: 'move', id, parent, after: random.chance(0.5) ? null : `e${random.below(8)}` },
    { op: 'delete', id },
    { op: 'restore', id },
    { op: 'set', id, path: random.pick<Path>([['x'], ['v', random.below(3)], ['o', 'b']]), value: random.below(9) },
    { op: 'unset', id, path: random.pick<Path>([['x'], ['v', 0], ['o', 'b']]) },
    { op: 'add', id, path: ['v'], delta: [1, 0.5] },
    { op: 'text', id, name: 't', edit: [random.below(3) + 1, 'x', -1] },
    { op: 'append', id, list: 'l', items: [{ id: item, value: random.below(9) }] },
    { op: 'item', id, list: 'l', item, retracted: random.chance(0.5) },
    { op: 'member', id, set: 's', member: item, on: random.chance(0.5) },
  ]);
}

function ids(document: Document, parent: string | null = null): string[] {
  return document.children(parent).map((child) => child.id);
}

describe('persistent map', () => {
  it('a draft leaves the map that it came from as it was', () => {
    const first = PersistentMap.empty<number>().draft();
    for (let i = 0; i < 5000; i++) first.set(`k${i}`, i);
    const before = first.finish();
    const draft = before.draft();
    draft.set('k7', -7);
    draft.set('new', 1);
    const after = draft.finish();

    expect([before.size, after.size]).toEqual([5000, 5001]);
    expect([before.get('k7'), after.get('k7'), before.has('new'), after.get('new')]).toEqual([7, -7, false, 1]);
    expect(new Map(before)).toEqual(new Map(Array.from({ length: 5000 }, (_, i) => [`k${i}`, i])));
    expect([...after.keys()].length).toBe(5001);
  });
});

describe('folding effective operations', () => {
  const document = documentOf(element('e', 'a0', { props: { x: 1, v: [1, 2, 3], box: { a: 1, b: 2 } } }));
  const propsAfter = (...operations: EffectiveOperation[]): unknown =>
    folded(document, ...operations).elements.get('e')?.props;

  it.each<[Path, unknown]>([
    [['x'], { x: 9, v: [1, 2, 3], box: { a: 1, b: 2 } }],
    [['v', 1], { x: 1, v: [1, 9, 3], box: { a: 1, b: 2 } }],
    [['box', 'c'], { x: 1, v: [1, 2, 3], box: { a: 1, b: 2, c: 9 } }],
    [['v', 3], document.elements.get('e')?.props],
    [['v', 'a'], document.elements.get('e')?.props],
    [['box', 0], document.elements.get('e')?.props],
    [['toString', 'a'], document.elements.get('e')?.props],
  ])('[OPS-3] set %j writes that register only, or nothing where it has no place', (path, props) => {
    expect(propsAfter({ op: 'set', id: 'e', path, value: 9 })).toEqual(props);
  });

  it('[OPS-4] add adds numbers to numbers and vectors to vectors of the same length, and else does nothing', () => {
    expect(propsAfter({ op: 'add', id: 'e', path: ['x'], delta: 2 })).toMatchObject({ x: 3 });
    expect(propsAfter({ op: 'add', id: 'e', path: ['v'], delta: [1, 1, 1] })).toMatchObject({ v: [2, 3, 4] });
    expect(propsAfter({ op: 'add', id: 'e', path: ['v', 0], delta: 5 })).toMatchObject({ v: [6, 2, 3] });
    for (const nothing of [
      { op: 'add', id: 'e', path: ['v'], delta: [1] },
      { op: 'add', id: 'e', path: ['x'], delta: [1] },
      { op: 'add', id: 'e', path: ['x'], delta: Number.MAX_VALUE * 2 },
      { op: 'add', id: 'e', path: ['none'], delta: 1 },
    ] as const) {
      expect(propsAfter(nothing)).toBe(document.elements.get('e')?.props);
    }
  });

  it('[OPS-10] unset removes the register, and what is not there does nothing', () => {
    expect(propsAfter({ op: 'unset', id: 'e', path: ['x'] })).toEqual({ v: [1, 2, 3], box: { a: 1, b: 2 } });
    expect(propsAfter({ op: 'unset', id: 'e', path: ['box', 'a'] })).toMatchObject({ box: { b: 2 } });
    expect(propsAfter({ op: 'unset', id: 'e', path: ['none'] })).toEqual(document.elements.get('e')?.props);
  });

  it('[DOC-4] minus zero is zero', () => {
    const sum = folded(documentOf(element('e', 'a0', { props: { x: -0 } })), {
      op: 'add',
      id: 'e',
      path: ['x'],
      delta: -0,
    });
    expect(sum.elements.get('e')?.props['x']).toBe(0);
  });
});

describe('liveness', () => {
  const document = documentOf(
    element('group', 'a0'),
    element('part', 'a0', { parent: 'group' }),
    element('bolt', 'a0', { parent: 'part' }),
    element('joint', 'a1', { refs: ['part'] }),
  );

  it('[DOC-3] deleting hides what hangs below and what refers to it, restoring shows all of it again', () => {
    const hidden = folded(document, { op: 'delete', id: 'group' });
    expect(['group', 'part', 'bolt', 'joint'].map((id) => hidden.live(id))).toEqual([false, false, false, false]);
    expect(ids(hidden)).toEqual([]);

    const shown = folded(hidden, { op: 'restore', id: 'group' });
    expect(['group', 'part', 'bolt', 'joint'].map((id) => shown.live(id))).toEqual([true, true, true, true]);
    expect([ids(shown), ids(shown, 'group'), ids(shown, 'part')]).toEqual([['group', 'joint'], ['part'], ['bolt']]);
  });

  it('[DOC-3] unknown elements are not live', () => {
    expect(document.live('nobody')).toBe(false);
    expect(ids(document, 'nobody')).toEqual([]);
  });

  it('[DOC-3] a long chain and a circle of references end', () => {
    const chain = Array.from({ length: 20_000 }, (_, i) =>
      element(`c${i}`, 'a0', { refs: i > 0 ? [`c${i - 1}`] : [] }),
    );
    expect(documentOf(...chain).live('c19999')).toBe(true);
    const circle = documentOf(element('a', 'a0', { refs: ['b'] }), element('b', 'a1', { parent: 'a' }));
    expect([circle.live('a'), circle.live('b')]).toEqual([true, true]);
  });
});

describe('views', () => {
  it('unchanged elements keep their identity', () => {
    const before = documentOf(element('a', 'a0'), element('b', 'a1'));
    const after = folded(before, set('a', 'x', 1));
    expect(after.elements.get('b')).toBe(before.elements.get('b'));
    expect(after.elements.get('a')).not.toBe(before.elements.get('a'));
    expect(before.elements.get('a')?.props).toEqual({});
  });

  it('the children are the same array for as long as none of them changed', () => {
    const before = documentOf(element('a', 'a0'), element('b', 'a1'), element('c', 'a0', { parent: 'a' }));
    const [top, below] = [before.children(null), before.children('a')];
    const edited = folded(before, set('b', 'x', 1));
    edited.inherit(before, new Set(['b']));
    expect(edited.children('a')).toBe(below);
    expect(edited.children(null)).not.toBe(top);
    expect(edited.children(null)[1]?.props).toEqual({ x: 1 });

    const moved = folded(edited, { op: 'move', id: 'b', parent: null, order: 'Zz' });
    moved.inherit(edited, new Set(['b']));
    expect(ids(moved)).toEqual(['b', 'a']);
    expect(moved.children('a')).toBe(below);
    expect(ids(before)).toEqual(['a', 'b']);
  });

  it('[DOC-2] siblings are ordered by code unit', () => {
    const document = documentOf(element('a', 'a1'), element('b', 'Zz'), element('c', 'a0V'), element('d', 'a0'));
    expect(ids(document)).toEqual(['b', 'd', 'c', 'a']);
  });

  it('an edit of a document of 100,000 elements costs microseconds', () => {
    const elements = Array.from({ length: 100_000 }, (_, i) =>
      element(`e${i}`, `c${String(1000 + i).padStart(6, '0')}`),
    );
    let document = documentOf(...elements);
    document.children(null);
    const startedAt = performance.now();
    for (let i = 0; i < 1000; i++) document = folded(document, set(`e${i}`, 'x', i));
    // Copying the elements just once in each edit would take several times as long.
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});

describe('prediction', () => {
  const document = documentOf(
    element('a', 'a0'),
    element('b', 'a1'),
    element('c', 'a2'),
    element('gone', 'a3', { deleted: true }),
    element('child', 'a0', { parent: 'gone' }),
  );

  it.each([
    ['the first place', { after: null }, ['new', 'a', 'b', 'c']],
    ['behind a sibling', { after: 'a' }, ['a', 'new', 'b', 'c']],
    ['behind the last sibling', { after: 'c' }, ['a', 'b', 'c', 'new']],
    ['the last place where after is absent', {}, ['a', 'b', 'c', 'new']],
    ['the last place where after is no sibling', { after: 'child' }, ['a', 'b', 'c', 'new']],
  ])('[OPS-1] create takes %s', (_place, after, order) => {
    expect(ids(predicted(document, create('new', after)))).toEqual(order);
  });

  it('[OPS-1] move takes the requested place, its own former one being no obstacle', () => {
    expect(ids(predicted(document, { op: 'move', id: 'c', parent: null, after: 'a' }))).toEqual(['a', 'c', 'b']);
    expect(ids(predicted(document, { op: 'move', id: 'a', parent: null, after: 'a' }))).toEqual(['b', 'c', 'a']);
    expect(ids(predicted(document, { op: 'move', id: 'b', parent: null, after: null }))).toEqual(['b', 'a', 'c']);
    const within = predicted(document, { op: 'move', id: 'c', parent: 'a' });
    expect([ids(within), ids(within, 'a')]).toEqual([['a', 'b'], ['c']]);
  });

  it('[OPS-2] create under a parent that is not live goes under the nearest live ancestor', () => {
    expect(predicted(document, create('new', { parent: 'child' })).elements.get('new')?.parent).toBe(null);
  });

  it('[OPS-5] move under a descendant or under a parent that is not live does nothing', () => {
    const nested = predicted(document, { op: 'move', id: 'b', parent: 'a' });
    expect(predicted(nested, { op: 'move', id: 'a', parent: 'b' }).elements.get('a')).toBe(nested.elements.get('a'));
    expect(predicted(nested, { op: 'move', id: 'a', parent: 'a' }).elements.get('a')).toBe(nested.elements.get('a'));
    expect(predicted(nested, { op: 'move', id: 'c', parent: 'gone' }).elements.get('c')?.parent).toBe(null);
  });

  it('[OPS-6] restore under a parent that is not live moves to the nearest live ancestor', () => {
    const restored = predicted(document, { op: 'delete', id: 'child' }, { op: 'restore', id: 'child' });
    expect(restored.elements.get('child')).toMatchObject({ parent: null, deleted: false });
    expect(ids(restored)).toEqual(['a', 'b', 'c', 'child']);
  });

  it.each([3, 14, 15, 92])('of somebody who is alone is what the server decides, seed %i', (seed) => {
    const random = new Random(seed);
    let predictions: Document = Document.empty();
    const frame = new Frame(Document.empty(), 'u', '2025-01-01T00:00:00Z');
    for (let i = 0; i < 300; i++) {
      const operation = randomOperation(random);
      predictions = predicted(predictions, operation);
      const { revision } = frame.document;
      frame.decide({ changeId: `me:${i}`, baseRevision: revision, seenRevision: revision, operations: [operation] });
      expect(documentForm(predictions)).toBe(documentForm(frame.document));
    }
  });

  it('[OPS-8] what is not there is left alone', () => {
    const after = predicted(
      document,
      set('nobody', 'x', 1),
      { op: 'move', id: 'nobody', parent: null },
      { op: 'delete', id: 'nobody' },
    );
    expect(after.elements.size).toBe(document.elements.size);
  });
});
