import { ProblemError, type Operation } from '@chorale/client';
import { describe, expect, it } from 'vitest';
import { testDocument } from '../session/testDocument';
import { editInParts, operationsOf } from './importInto';
import type { FileElement, SessionFile } from './sessionFile';

const EMPTY = testDocument();

function sessionFile(...elements: readonly Partial<FileElement>[]): SessionFile {
  return { name: 'Stand', kind: 'scene', elements: elements.map((each, order) => ({ id: String(order), type: 'box', parent: null, order, props: {}, ...each })) };
}

function ids() {
  let made = 0;
  return () => `new${made++}`;
}

describe('operationsOf', () => {
  it('given a tree then its elements get fresh ids, and children the fresh ids of their parents', () => {
    const file = sessionFile({ id: 'a', type: 'group' }, { id: 'b', parent: 'a', props: { color: '#2a9d8f' } });
    expect(operationsOf(file, EMPTY, ids())).toEqual([
      { op: 'create', id: 'new0', elementType: 'group', parent: null, props: {} },
      { op: 'create', id: 'new1', elementType: 'box', parent: 'new0', props: { color: '#2a9d8f' } },
    ]);
  });

  it('[DOC-8] given a constraint before what it is about then it comes behind that, and names the fresh ids', () => {
    const file = sessionFile({ id: 'gap', type: 'distance', refs: ['a', 'b'], props: { value: 2 } }, { id: 'a' }, { id: 'b', parent: 'a' });
    expect(operationsOf(file, EMPTY, ids())).toEqual([
      { op: 'create', id: 'new1', elementType: 'box', parent: null, props: {} },
      { op: 'create', id: 'new2', elementType: 'box', parent: 'new1', props: {} },
      { op: 'create', id: 'new0', elementType: 'distance', parent: null, props: { value: 2 }, refs: ['new1', 'new2'] },
    ]);
  });

  it('given parameters and a session that has some then the values go into those', () => {
    const present = testDocument({ id: 'parameters', elementType: 'parameters', props: { mu: 1 } });
    const file = sessionFile({ id: 'x', type: 'parameters', props: { mu: 3, omega: 4 } });
    expect(operationsOf(file, present, ids())).toEqual([
      { op: 'set', id: 'parameters', path: ['mu'], value: 3 },
      { op: 'set', id: 'parameters', path: ['omega'], value: 4 },
    ]);
  });

  it('given parameters and a session without then they become the one that everybody knows', () => {
    const file = sessionFile({ id: 'x', type: 'parameters', props: { mu: 3 } });
    expect(operationsOf(file, EMPTY, ids())).toMatchObject([{ op: 'create', id: 'parameters', props: { mu: 3 } }]);
  });
});

/** A session that takes so many operations at once, and refuses one of them by its id. */
function sessionThatTakes(most: number, refused?: string) {
  const edits: (readonly Operation[])[] = [];
  let cancelled = false;
  const problem = (slug: string) => new ProblemError({ type: `urn:chorale:problem:${slug}`, title: slug, status: 413 });
  const gesture = {
    update(operations: readonly Operation[]) {
      if (operations.length > most) throw problem('limit-exceeded');
      if (operations.some((each) => each.op === 'create' && each.id === refused)) throw problem('invalid-value');
      edits.push(operations);
    },
    commit: () => edits.map((_, index) => `c:${index}`),
    cancel: () => {
      cancelled = true;
    },
  };
  return { edits, isCancelled: () => cancelled, session: { beginGesture: () => gesture } };
}

function creations(count: number): readonly Operation[] {
  return Array.from({ length: count }, (_, index) => ({ op: 'create', id: String(index), elementType: 'box', parent: null }));
}

describe('editInParts', () => {
  it('given it fits then it is one change', () => {
    const { session, edits } = sessionThatTakes(10);
    expect(editInParts(session, creations(10))).toEqual(['c:0']);
    expect(edits).toEqual([creations(10)]);
  });

  it('given it does not fit then it is several, with everything once and in order', () => {
    const { session, edits } = sessionThatTakes(10);
    expect(editInParts(session, creations(37)).length).toBeGreaterThan(3);
    expect(edits.flat()).toEqual(creations(37));
  });

  it('given one of them is refused then none is made', () => {
    const { session, isCancelled } = sessionThatTakes(10, '21');
    expect(() => editInParts(session, creations(37))).toThrow('invalid-value');
    expect(isCancelled()).toBe(true);
  });

  it('given one alone is too much then that is not tried for ever', () => {
    const { session, isCancelled } = sessionThatTakes(0);
    expect(() => editInParts(session, creations(5))).toThrow('limit-exceeded');
    expect(isCancelled()).toBe(true);
  });
});
