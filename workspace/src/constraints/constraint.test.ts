import type { JsonValue } from '@chorale/client';
import { afterEach, describe, expect, it } from 'vitest';
import { sceneCommands } from '../commands/sceneCommands';
import { worldPosition } from '../scene/frames';
import { lookupIn } from '../scene/tree';
import { testDocument } from '../session/testDocument';
import { testWorkspace, type Given } from '../session/testWorkspace';
import type { Workspace } from '../session/workspace';
import { elementName } from '../session/wording';
import { constraintsOn, removeConstraint, satisfy, selectElements, setWanted, wishes } from './constraintEdits';
import { decodeConstraint, liveConstraints, measure } from './constraint';
import { aboutText, kindText, measureText } from './constraintWords';
import { drawnConstraints } from './drawnConstraints';
import { constraintCatalogues } from './messages';

const open: Workspace[] = [];

function workspaceWith(...given: readonly Given[]): Workspace {
  const workspace = testWorkspace(...given);
  open.push(workspace);
  return workspace;
}

afterEach(() => {
  for (const workspace of open.splice(0)) workspace.dispose();
});

const TWO: readonly Given[] = [
  { id: 'a', props: { position: [0, 0.5, 0] } },
  { id: 'room', type: 'group', props: { position: [4, 0, 0], rotation: [0, 1, 0], scale: [2, 2, 2] } },
  { id: 'b', parent: 'room', props: { position: [0, 0.25, 0] } },
];

function run(workspace: Workspace, id: string): void {
  const command = sceneCommands(workspace).find((each) => each.id === id);
  if (command === undefined || command.isPossible?.() === false) throw new Error(`${id} is not possible`);
  command.run();
}

const only = (workspace: Workspace) => {
  const [constraint, ...others] = liveConstraints(workspace.session.document);
  if (constraint === undefined || others.length > 0) throw new Error('not exactly one constraint');
  return constraint;
};
const holds = (workspace: Workspace) => measure(workspace.session.document, only(workspace))?.holds;
const place = (workspace: Workspace, id: string) => worldPosition(lookupIn(workspace.session.document), id).map((each) => Math.round(each * 1000) / 1000 + 0);

describe('a constraint', () => {
  it('[DOC-8] given two are selected then the distance that they have is wanted, once', () => {
    const workspace = workspaceWith(...TWO);
    workspace.selection.set(['a', 'b']);
    run(workspace, 'constrain-distance');
    expect(only(workspace)).toMatchObject({ kind: 'distance', refs: ['a', 'b'], value: 4 });
    expect(holds(workspace)).toBe(true);
    expect(() => run(workspace, 'constrain-distance')).toThrow('not possible');
    workspace.undo();
    expect(liveConstraints(workspace.session.document)).toEqual([]);
  });

  it('given another distance is wanted then it differs, and satisfying moves what was selected later, in one undo', () => {
    const workspace = workspaceWith(...TWO);
    workspace.selection.set(['a', 'b']);
    run(workspace, 'constrain-distance');
    setWanted(workspace, only(workspace), 6);
    expect(measure(workspace.session.document, only(workspace))).toEqual({ measured: 4, holds: false });
    satisfy(workspace, only(workspace));
    expect([place(workspace, 'a'), place(workspace, 'b')]).toEqual([[0, 0.5, 0], [6, 0.5, 0]]);
    expect(holds(workspace)).toBe(true);
    workspace.undo();
    expect(place(workspace, 'b')).toEqual([4, 0.5, 0]);
    workspace.selection.set(['b', 'a']);
    satisfy(workspace, only(workspace));
    expect([place(workspace, 'a'), place(workspace, 'b')]).toEqual([[-2, 0.5, 0], [4, 0.5, 0]]);
  });

  it('given two at one place then they part', () => {
    const workspace = workspaceWith({ id: 'a' }, { id: 'b' }, { id: 'gap', type: 'distance', refs: ['a', 'b'], props: { value: 3 } });
    satisfy(workspace, only(workspace));
    expect(place(workspace, 'b')).toEqual([3, 0, 0]);
    expect(holds(workspace)).toBe(true);
  });

  it('given one hangs from the other then the one inside moves, since the other would take it along', () => {
    const workspace = workspaceWith(...TWO, { id: 'gap', type: 'distance', refs: ['b', 'room'], props: { value: 2 } });
    workspace.selection.set(['b', 'room']);
    satisfy(workspace, only(workspace));
    expect(place(workspace, 'room')).toEqual([4, 0, 0]);
    expect(holds(workspace)).toBe(true);
  });

  it('given an alignment and the ground then they are measured and satisfied in the world', () => {
    const workspace = workspaceWith(...TWO);
    workspace.selection.set(['a', 'b']);
    run(workspace, 'constrain-align-0');
    expect(measure(workspace.session.document, only(workspace))).toEqual({ measured: 4, holds: false });
    run(workspace, 'satisfy');
    expect(place(workspace, 'b')).toEqual([0, 0.5, 0]);
    expect(holds(workspace)).toBe(true);
    removeConstraint(workspace, only(workspace));
    workspace.select('b');
    run(workspace, 'constrain-ground');
    expect(measure(workspace.session.document, only(workspace))?.measured).toBeCloseTo(-0.5, 6);
    run(workspace, 'satisfy');
    expect(place(workspace, 'b')).toEqual([0, 1, 0]);
    expect(holds(workspace)).toBe(true);
  });

  it('[DOC-3] given one of its elements is deleted then it is gone, and undo brings both back; what hides one hides its line', () => {
    const workspace = workspaceWith(...TWO, { id: 'gap', type: 'distance', refs: ['a', 'b'], props: { value: 3 } });
    workspace.edits.remove(['room']);
    expect(liveConstraints(workspace.session.document)).toEqual([]);
    workspace.undo();
    expect(only(workspace).id).toBe('gap');
    expect(drawnConstraints(workspace.session.document)).toHaveLength(1);
    workspace.edits.setHidden(['room'], true);
    expect(drawnConstraints(workspace.session.document)).toEqual([]);
    expect(constraintsOn(workspace, ['b'])).toHaveLength(1);
  });

  it('given several between the same two then their tags stand apart on the line', () => {
    const workspace = workspaceWith(...TWO, { id: 'gap', type: 'distance', refs: ['a', 'b'] }, { id: 'row', type: 'align', refs: ['b', 'a'] }, { id: 'down', type: 'ground', refs: ['a'] });
    const shares = drawnConstraints(workspace.session.document).map(({ constraint, share }) => [constraint.id, constraint.refs[0] === 'a' ? share : 1 - share]);
    expect(shares.map(([id, share]) => [id, Math.round(Number(share) * 100)])).toEqual([['gap', 33], ['row', 67], ['down', 50]]);
  });

  it('given it is chosen then its elements are selected; deleting it leaves them', () => {
    const workspace = workspaceWith(...TWO, { id: 'gap', type: 'distance', refs: ['a', 'b'], props: { value: 3 } });
    selectElements(workspace, only(workspace));
    expect(workspace.selection.ids).toEqual(['a', 'b']);
    removeConstraint(workspace, only(workspace));
    expect(workspace.element('a')).toBeDefined();
    workspace.store.getState().notices[0]?.action?.run();
    expect(only(workspace).value).toBe(3);
  });

  it.each([NaN, -1, 1e9])('given the wanted distance %d then nothing changes', (metres) => {
    const workspace = workspaceWith(...TWO, { id: 'gap', type: 'distance', refs: ['a', 'b'], props: { value: 3 } });
    setWanted(workspace, only(workspace), metres);
    expect(only(workspace).value).toBe(3);
  });

  it('given one, two or three are selected then what one can wish of them differs', () => {
    expect(wishes(['a']).map(({ kind }) => kind)).toEqual(['ground']);
    expect(wishes(['a', 'b']).map(({ kind }) => kind)).toEqual(['distance', 'align', 'align', 'align', 'ground', 'ground']);
    expect(wishes(['a', 'b', 'c']).map(({ kind }) => kind)).toEqual(['ground', 'ground', 'ground']);
    expect(wishes([])).toEqual([]);
  });
});

describe('what strangers store', () => {
  const HOSTILE: readonly JsonValue[] = [null, true, -1, 1e300, '', 'x', '__proto__', [], {}, [1], { value: 1 }];

  it.each(HOSTILE.map((value) => [JSON.stringify(value), value] as const))('given %s for every property then it is usable', (_, value) => {
    for (const elementType of ['distance', 'align', 'ground', 'constructor']) {
      const document = testDocument({ id: 'a' }, { id: 'b' }, { id: 'c', elementType, refs: elementType === 'ground' ? ['a'] : ['a', 'b'], props: { name: value, axis: value, value } });
      const [constraint] = liveConstraints(document);
      if (constraint === undefined) throw new Error('no constraint');
      expect([0, 1, 2]).toContain(constraint.axis);
      expect(constraint.value === undefined || (constraint.value >= 0 && constraint.value <= 10_000)).toBe(true);
      expect(kindText(constraint)).not.toBe('');
      const now = measure(document, constraint);
      expect(now === undefined || Number.isFinite(now.measured)).toBe(true);
      expect(now === undefined || measureText(constraint, now) !== '').toBe(true);
    }
  });

  it('given the wrong number of elements or a type of another program then it is listed as it is', () => {
    const decode = (elementType: string, refs: readonly string[]) => decodeConstraint({ id: 'c', elementType, refs, props: {} }).kind;
    expect([decode('distance', ['a']), decode('distance', ['a', 'a']), decode('align', ['a', 'b', 'c']), decode('weld', ['a', 'b'])]).toEqual(['unknown', 'unknown', 'unknown', 'unknown']);
    const document = testDocument({ id: 'a', props: { name: 'Ann' } }, { id: 'b' }, { id: 'c', elementType: 'weld', refs: ['a', 'b'] });
    const [weld] = liveConstraints(document);
    if (weld === undefined) throw new Error('no constraint');
    expect(kindText(weld)).toContain('weld');
    expect(aboutText(document, weld)).toBe('Ann – Box');
    expect(measure(document, weld)).toBeUndefined();
    expect(drawnConstraints(document)).toEqual([]);
    expect(elementName(document, 'c')).toBe('Object');
  });

  it('given English and German then both have every text', () => {
    const keys = (value: object): unknown => Object.entries(value).map(([key, each]) => [key, typeof each === 'object' ? keys(each as object) : typeof each]);
    expect(keys(constraintCatalogues.de)).toEqual(keys(constraintCatalogues.en));
  });
});
