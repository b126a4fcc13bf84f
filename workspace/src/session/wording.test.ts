import type { JsonValue, Operation, Path } from '@chorale/client';
import { describe, expect, it } from 'vitest';
import { testDocument } from './testDocument';
import { changeText, operationText, registerName, valueText } from './wording';

const DOCUMENT = testDocument(
  { id: 'b', props: { name: 'Box 1' } },
  { id: 'l', elementType: 'label', props: { name: 'Label 1', text: 'Entrance' } },
  { id: 'p', elementType: 'parameters', props: { mu: 1 } },
);

describe('wording', () => {
  it.each<[string, Path, string]>([
    ['b', ['color'], 'colour of Box 1'],
    ['b', ['position', 1], 'Y position of Box 1'],
    ['b', ['weight'], 'weight of Box 1'],
    ['b', ['spec', 'a'], 'a spec of Box 1'],
    ['l', ['text'], 'text of Entrance'],
    ['p', ['mu'], 'mu'],
    ['gone', ['name'], 'name of Object'],
  ])('given the register %s %j then people read "%s"', (id, path, text) => {
    expect(registerName(DOCUMENT, id, path)).toBe(text);
  });

  it.each<[JsonValue | undefined, Path, string]>([
    [0.1 + 0.2, ['mu'], '0.3'],
    [-0, ['mu'], '0'],
    [[1, 0.25, -3], ['position'], '1, 0.25, -3'],
    [[Math.PI / 2, 0, 0], ['rotation'], '90°, 0°, 0°'],
    ['#2a9d8f', ['color'], '#2a9d8f'],
    ['Way out', ['text'], '“Way out”'],
    [undefined, ['text'], 'nothing'],
    [true, ['damped'], 'on'],
    [{ a: 1 }, ['spec'], '{"a":1}'],
    ['x'.repeat(99), ['text'], `“${'x'.repeat(59)}…`],
  ])('given the value %j then people read "%s"', (value, path, text) => {
    expect(valueText(value, path)).toBe(text);
  });

  it.each<[Operation, string]>([
    [{ op: 'create', id: 'n', elementType: 'cone', parent: null, props: { name: 'Cone 3' } }, 'Cone 3, new'],
    [{ op: 'create', id: 'n', elementType: 'cone', parent: null }, 'Cone, new'],
    [{ op: 'set', id: 'b', path: ['color'], value: '#2a9d8f' }, 'Colour of Box 1: #2a9d8f'],
    [{ op: 'add', id: 'p', path: ['mu'], delta: 2 }, 'Mu: + 2'],
    [{ op: 'unset', id: 'b', path: ['color'] }, 'Colour of Box 1 removed'],
    [{ op: 'delete', id: 'b' }, 'Box 1 deleted'],
    [{ op: 'restore', id: 'b' }, 'Box 1 brought back'],
    [{ op: 'move', id: 'b', parent: null }, 'Box 1 moved in the list'],
    [{ op: 'text', id: 'b', name: 'notes', edit: ['x'] }, 'Notes of Box 1'],
    [{ op: 'append', id: 'b', list: 'steps', items: [] }, 'Steps of Box 1'],
    [{ op: 'member', id: 'b', set: 'tags', member: 'x', on: true }, 'Tags of Box 1'],
    [{ op: 'resolve', conflict: 'c', choice: 'MINE' }, 'A decision about a conflict'],
  ])('given %j then people read "%s"', (operation, text) => {
    expect(operationText(DOCUMENT, operation)).toBe(text);
  });

  it('given a change of several operations then the first stands for all', () => {
    expect(changeText(DOCUMENT, [{ op: 'delete', id: 'b' }, { op: 'delete', id: 'l' }])).toBe('Box 1 deleted, and 1 more');
    expect(changeText(DOCUMENT, [])).toBe('An edit');
  });
});
