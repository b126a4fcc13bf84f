import { describe, expect, it } from 'vitest';
import { fold } from '../src/document/apply.js';
import { DocumentDraft } from '../src/document/document.js';
import { decodeFrame } from '../src/protocol/decode.js';
import { MalformedError } from '../src/protocol/read.js';
import { committed, element, set, welcomeWith, wireWelcome } from './support/frames.js';
import { Random } from './support/random.js';

const CHANGE = committed(1, 'o:1', set('e', 'x', 1));
const changesOf = (operation: unknown): string =>
  JSON.stringify({ type: 'changes', from: 1, to: 1, changes: [{ ...CHANGE, operations: [operation] }] });

const FRAMES: readonly string[] = [
  wireWelcome(welcomeWith(3, element('e', 'a0', { props: { x: [1, { y: 2 }] }, texts: { t: 'x' } }))),
  JSON.stringify({ type: 'changes', from: 1, to: 1, changes: [CHANGE] }),
  changesOf({ op: 'create', id: 'e', elementType: 'box', parent: null, order: 'a0', props: { x: 1 }, refs: ['f'] }),
  changesOf({ op: 'text', id: 'e', name: 't', edit: [1, 'x', -2] }),
  changesOf({ op: 'append', id: 'e', list: 'l', items: [{ id: 'i', value: { a: 1 } }] }),
  changesOf({ op: 'item', id: 'e', list: 'l', item: 'i', retracted: true, origin: 3 }),
  changesOf({ op: 'member', id: 'e', set: 's', member: 'm', on: false }),
  changesOf({ op: 'set', id: 'e', path: ['v'], value: [1], origin: 3, origins: [[0, 4], ['k', 5]] }),
  changesOf({
    op: 'set',
    id: 'e',
    path: ['x'],
    value: 2,
    siblings: [{ at: '2025-01-01T00:00:00Z', clientId: 'c', revision: 3, userId: 'u', value: 1 }],
  }),
  changesOf({ op: 'withhold', id: 'e', path: ['x', 0], conflict: '3-0', value: null, previous: 1 }),
  changesOf({ op: 'resolve', conflict: '3-0', choice: 'VALUE', value: 7 }),
  changesOf({ op: 'rebalance', parent: null, keys: { e: 'a1', f: 'a2' } }),
  JSON.stringify({
    type: 'accepted',
    changeId: 'me:1',
    revision: 4,
    notes: [
      { code: 'CYCLE', element: 'e', operation: 0 },
      {
        code: 'OVERWROTE',
        element: 'e',
        operation: 1,
        path: ['x'],
        lost: null,
        writes: [{ element: 'e', revision: 3, userId: 'u' }],
        conflict: '3-0',
      },
    ],
  }),
  JSON.stringify({ type: 'refused', changeId: 'me:1', problem: { type: 't', title: 'T', status: 400, detail: 'd' } }),
  JSON.stringify({ type: 'snapshot', revision: 7, document: { elements: [element('e', 'a0')], conflicts: [] } }),
  JSON.stringify({
    type: 'snapshot',
    revision: 7,
    document: {
      elements: [
        element('e', 'a0', {
          lists: { l: [{ id: 'i', value: 1, retracted: true }, { id: 'j', value: [] }] },
          sets: { s: { m: true, n: false } },
        }),
      ],
      conflicts: [
        {
          id: '3-0',
          element: 'e',
          path: ['x', 'k'],
          candidates: [{ at: '2025-01-01T00:00:00Z', clientId: 'c', previous: 1, revision: 3, userId: 'u', value: 2 }],
          resolution: { at: '2025-01-01T00:00:01Z', choice: 'MINE', revision: 4, userId: 'u' },
          status: 'RESOLVED',
        },
      ],
    },
  }),
  JSON.stringify({ type: 'awareness', states: { p2: { pointer: [1, 2, 3], drag: null } } }),
  JSON.stringify({ type: 'presence', joined: [], left: ['p2'], updated: [] }),
  JSON.stringify({ type: 'pong', t: 1.5, serverTime: 'now', revision: 9 }),
  JSON.stringify({ type: 'bye', reason: 'draining', retryAfter: 5, reconnect: true }),
  JSON.stringify({ type: 'error', problem: { type: 't', title: 'T', status: 400 } }),
];

describe('decoding', () => {
  it.each(FRAMES)('a well-formed frame is understood: %.60s', (text) => {
    expect(decodeFrame(text)).toMatchObject({ type: (JSON.parse(text) as { type: string }).type });
  });

  it('what an operation, a note and a snapshot say is all there', () => {
    for (const text of FRAMES.slice(1, 15)) {
      const { from: _from, to: _to, ...frame } = JSON.parse(text) as Record<string, unknown>;
      if (frame['type'] !== 'refused') expect(decodeFrame(text)).toEqual(frame);
    }
  });

  it('[CON-7] unknown fields are ignored, unknown types passed over', () => {
    expect(decodeFrame('{"type":"pong","t":1,"revision":2,"mood":"good"}')).toEqual({
      type: 'pong',
      t: 1,
      revision: 2,
    });
    expect(decodeFrame('{"type":"fireworks","text":"hi"}')).toBeUndefined();
  });

  it('[HEL-5] a welcome starts with a snapshot or where it resumes', () => {
    expect(decodeFrame(FRAMES[0])).toMatchObject({ start: { snapshot: { revision: 3 } } });
    const { start: _start, ...rest } = welcomeWith(3);
    expect(decodeFrame(JSON.stringify({ ...rest, resumedFrom: 2 }))).toMatchObject({ start: { resumedFrom: 2 } });
  });

  it.each([
    ['no text', new ArrayBuffer(8)],
    ['no JSON', '{"type":"pong"'],
    ['no object', '[]'],
    ['null', 'null'],
    ['no type', '{}'],
    ['a type that is inherited', '{"type":"constructor","__proto__":{}}'.replace('"constructor"', '1')],
    ['a negative revision', '{"type":"pong","t":1,"revision":-1}'],
    ['an infinite number', '{"type":"pong","t":1e999,"revision":1}'],
    ['a revision that is text', '{"type":"accepted","changeId":"me:1","revision":"4"}'],
    ['states that are no objects', '{"type":"awareness","states":{"p2":1}}'],
    ['an unknown operation', changesOf({ op: 'explode', id: 'e' })],
    ['a create without its place', changesOf({ op: 'create', id: 'e', elementType: 'box', parent: null })],
    ['a bad element id', changesOf({ op: 'delete', id: '../e' })],
    ['a path too long', changesOf({ op: 'set', id: 'e', path: ['a', 'b', 'c'], value: 1 })],
    ['a set without a value', changesOf({ op: 'set', id: 'e', path: ['a'] })],
    ['a path that pollutes', changesOf({ op: 'set', id: 'e', path: ['__proto__', 'polluted'], value: true })],
    ['a component that pollutes', changesOf({ op: 'set', id: 'e', path: ['a', 'constructor'], value: true })],
    [
      'nesting without end',
      changesOf({ op: 'set', id: 'e', path: ['a'], value: 0 }).replace(
        '"value":0',
        `"value":${'['.repeat(100_000)}${']'.repeat(100_000)}`,
      ),
    ],
  ])('[CON-2] a frame with %s is malformed', (_what, data) => {
    expect(() => decodeFrame(data)).toThrow(MalformedError);
  });

  it('[DOC-5] keys named __proto__ inside of values are malformed and pollute nothing', () => {
    const text = changesOf({ op: 'set', id: 'e', path: ['x'], value: 0 }).replace(
      '"value":0',
      '"value":{"__proto__":{"polluted":true}}',
    );
    expect(() => decodeFrame(text)).toThrow(MalformedError);
    expect('polluted' in {}).toBe(false);
  });

  it('an element may be called __proto__: ids are no keys of objects, but for those of a rebalance', () => {
    const frame = decodeFrame(changesOf(JSON.parse('{"op":"rebalance","parent":null,"keys":{"__proto__":"a1"}}')));
    if (frame?.type !== 'changes') throw new Error('expected changes');
    const elements = [element('__proto__', 'a0')];
    const draft = DocumentDraft.of({ revision: 0, document: { elements, conflicts: [] } });
    for (const change of frame.changes) fold(draft, change);
    expect(draft.get('__proto__')?.order).toBe('a1');
  });

  it.each([11, 12, 13, 14])(
    '[CON-2] damaged frames are understood or malformed, never anything else, seed %i',
    (seed) => {
      const random = new Random(seed);
      const junk = ['null', '-1', '1e999', '"__proto__"', '[]', '{}', '{"__proto__":1}', 'true', '""', '[[]]'];
      for (let i = 0; i < 3000; i++) {
        const text = random.pick(FRAMES);
        const tokens = text.split(/(?<=[:,[\]{}])|(?=[:,[\]{}])/);
        tokens[random.below(tokens.length)] = random.chance(0.7) ? random.pick(junk) : '';
        try {
          decodeFrame(tokens.join(''));
        } catch (failure) {
          expect(failure).toBeInstanceOf(MalformedError);
        }
      }
      expect(Object.keys(Object.prototype)).toEqual([]);
    },
  );
});
