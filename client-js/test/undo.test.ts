import { describe, expect, it } from 'vitest';
import { fold } from '../src/document/apply.js';
import { Document } from '../src/document/document.js';
import { predictUndo } from '../src/document/predict.js';
import type { Inverse, Operation } from '../src/protocol/operation.js';
import { Branch, codes } from './support/branch.js';
import { committed, create, created, set } from './support/frames.js';

const text = (...edit: (number | string)[]): Operation => ({ op: 'text', id: 'e', name: 't', edit });
const member = (on: boolean): Operation => ({ op: 'member', id: 'e', set: 's', member: 'm', on });

function branchOf(...operations: Operation[]): Branch {
  const branch = new Branch();
  branch.edit('ann', operations);
  return branch;
}

describe('undo', () => {
  it('[UND-1] [UND-8] applies only where the register holds what the undone change left, and tells', () => {
    const branch = branchOf(create('e', { props: { x: 0, y: 0 } }));
    branch.edit('ann', [set('e', 'x', 1), set('e', 'y', 1)]);
    branch.edit('bob', [set('e', 'x', 2)]);
    const undone = branch.undo('ann', 2);
    expect(undone.operations).toEqual([{ op: 'set', id: 'e', path: ['y'], value: 0, origin: 1 }]);
    expect(undone.notes).toEqual([{ code: 'UNDO_SKIPPED', element: 'e', operation: 1 }]);
    expect(branch.element('e').props).toEqual({ x: 2, y: 0 });
  });

  it('[UND-2] [UND-7] levels chain, and a redo is the undo of the undo', () => {
    const branch = branchOf(create('e'));
    branch.edit('ann', [set('e', 'x', 1)]);
    branch.edit('ann', [set('e', 'x', 2)]);
    branch.undo('ann', 3);
    expect(branch.element('e').props).toEqual({ x: 1 });
    branch.undo('ann', 2);
    expect(branch.element('e').props).toEqual({});
    branch.undo('ann', 5);
    expect(branch.element('e').props).toEqual({ x: 1 });
    branch.undo('ann', 4);
    expect(branch.element('e').props).toEqual({ x: 2 });
  });

  it('[UND-2] a whole comes back with the origins of its components', () => {
    const branch = branchOf(create('e', { props: { v: [0, 0] } }));
    branch.edit('ann', [{ op: 'set', id: 'e', path: ['v', 1], value: 1 }]);
    branch.edit('ann', [set('e', 'v', [5, 5])]);
    expect(branch.undo('ann', 3).operations).toMatchObject([{ value: [0, 1], origin: 1, origins: [[1, 2]] }]);
    branch.undo('ann', 2);
    expect(branch.element('e').props).toEqual({ v: [0, 0] });
  });

  it('[UND-3] an add takes itself back: exactly, or as a delta after others', () => {
    const branch = branchOf(create('e', { props: { x: 0.1 } }));
    branch.edit('ann', [{ op: 'add', id: 'e', path: ['x'], delta: 0.2 }]);
    branch.undo('ann', 2);
    expect(branch.element('e').props['x']).toBe(0.1);
    branch.undo('ann', 3);
    branch.edit('bob', [set('e', 'x', 10)]);
    branch.undo('ann', 4);
    expect(branch.element('e').props['x']).toBe(10);
    branch.edit('ann', [{ op: 'add', id: 'e', path: ['x'], delta: 2 }]);
    branch.edit('bob', [set('e', 'x', 20)]);
    expect(branch.undo('ann', 7).operations).toEqual([{ op: 'add', id: 'e', path: ['x'], delta: -2 }]);
  });

  it('[UND-4] a text is undone around what others wrote since', () => {
    const branch = branchOf(create('e', { texts: { t: 'ab' } }));
    branch.edit('ann', [text(1, 'XYZ')]);
    branch.edit('bob', [text(2, '!')]);
    branch.undo('ann', 2);
    expect(branch.element('e').texts).toEqual({ t: 'a!b' });
  });

  it('[UND-4] several edits of one text by one change are undone one behind the other', () => {
    const branch = branchOf(create('e'));
    branch.edit('ann', [text('ab'), text(1, 'X')]);
    branch.edit('bob', [text('!')]);
    branch.undo('ann', 2);
    expect(branch.element('e').texts).toEqual({ t: '!' });
    branch.undo('ann', 4);
    expect(branch.element('e').texts).toEqual({ t: '!aXb' });
  });

  it('[UND-5] a create, a delete and a move are undone; nothing comes back that another deleted', () => {
    const branch = branchOf(create('e'), create('group'));
    branch.edit('ann', [{ op: 'move', id: 'e', parent: 'group' }]);
    branch.edit('ann', [{ op: 'delete', id: 'e' }]);
    branch.undo('ann', 3);
    branch.undo('ann', 2);
    expect(branch.element('e')).toMatchObject({ deleted: false, parent: null });
    branch.edit('ann', [create('f')]);
    branch.undo('ann', 6);
    expect(branch.element('f').deleted).toBe(true);

    branch.edit('ann', [{ op: 'delete', id: 'e' }]);
    branch.edit('bob', [{ op: 'restore', id: 'e' }]);
    branch.edit('bob', [{ op: 'delete', id: 'e' }]);
    expect(codes(branch.undo('ann', 8))).toEqual(['UNDO_SKIPPED']);
    expect(branch.element('e').deleted).toBe(true);
  });

  it('[UND-5] a move is not undone into a circle or under what is deleted', () => {
    const branch = branchOf(create('a'), create('b'), create('c', { parent: 'b' }));
    branch.edit('ann', [{ op: 'move', id: 'c', parent: null }]);
    branch.edit('bob', [{ op: 'move', id: 'b', parent: 'c' }]);
    expect(codes(branch.undo('ann', 2))).toEqual(['CYCLE']);
    branch.edit('bob', [{ op: 'move', id: 'b', parent: null }]);
    branch.edit('bob', [{ op: 'delete', id: 'b' }]);
    expect(codes(branch.undo('ann', 2))).toEqual(['PARENT_DELETED']);
  });

  it('[UND-6] what was appended is retracted, members go back and forth', () => {
    const branch = branchOf(create('e'));
    branch.edit('ann', [{ op: 'append', id: 'e', list: 'l', items: [{ id: 'i', value: 1 }] }, member(true)]);
    branch.undo('ann', 2);
    expect(branch.element('e').lists).toEqual({ l: [{ id: 'i', value: 1, retracted: true }] });
    expect(branch.element('e').sets).toEqual({ s: { m: false } });
    branch.undo('ann', 3);
    expect(branch.element('e').lists).toEqual({ l: [{ id: 'i', value: 1 }] });
    expect(branch.element('e').sets).toEqual({ s: { m: true } });
  });
});

describe('undo in a prediction', () => {
  const draft = Document.empty().draft();
  fold(draft, committed(1, 'o:1', created('e', 'a0', { x: 0 })));
  const inverse = fold(draft, committed(2, 'me:1', set('e', 'x', 1)));
  const document = draft.finish();

  it('[UND-1] is seen at once', () => {
    const predicted = document.draft();
    const prediction = predictUndo(predicted, inverse, { changeId: 'me:2', userId: 'u' });
    expect(prediction?.operations).toEqual([{ op: 'set', id: 'e', path: ['x'], value: 0, origin: 1 }]);
    expect(predicted.get('e')?.props).toEqual({ x: 0 });
  });

  it('[SUB-4] does nothing at all where a part of it would be refused', () => {
    const unknown: Inverse = { inverse: 'flag', id: 'nobody', deleted: true, expects: 1, restores: 0 };
    const predicted = document.draft();
    expect(predictUndo(predicted, [...inverse, unknown], { changeId: 'me:2', userId: 'u' })).toBeUndefined();
    expect(predicted.get('e')).toBe(document.elements.get('e'));
    expect(predicted.writes('e')).toBe(document.draft().writes('e'));
  });
});
