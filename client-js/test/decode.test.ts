import { describe, expect, it } from 'vitest';
import { apply } from '../src/document/apply.js';
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
  JSON.stringify({
    type: 'accepted',
    changeId: 'me:1',
    revision: 4,
    notes: [{ code: 'CYCLE', element: 'e', operation: 0 }],
  }),
  JSON.stringify({ type: 'refused', changeId: 'me:1', problem: { type: 't', title: 'T', status: 400, detail: 'd' } }),
  JSON.stringify({ type: 'snapshot', revision: 7, document: { elements: [element('e', 'a0')], conflicts: [] } }),
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

  it('[CON-7] unknown fields are ignored, unknown types passed over', () => {
    expect(decodeFrame('{"type":"pong","t":1,"revision":2,"mood":"good"}')).toEqual({
      type: 'pong',
      t: 1,
      revision: 2,
    });
    expect(decodeFrame('{"type":"chat","text":"hi"}')).toBeUndefined();
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

  it('[DOC-5] keys named __proto__ inside of values are kept and pollute nothing', () => {
    const text = changesOf({ op: 'set', id: 'e', path: ['x'], value: 0 }).replace(
      '"value":0',
      '"value":{"__proto__":{"polluted":true}}',
    );
    const frame = decodeFrame(text);
    const draft = DocumentDraft.of({ revision: 0, document: { elements: [element('e', 'a0')] } });
    if (frame?.type !== 'changes') throw new Error('expected changes');
    for (const operation of frame.changes.flatMap((change) => change.operations)) apply(draft, operation);
    const value = draft.get('e')?.props['x'] as object;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect('polluted' in {}).toBe(false);
    expect('polluted' in value).toBe(false);
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
