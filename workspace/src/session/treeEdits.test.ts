import { afterEach, describe, expect, it } from 'vitest';
import { sceneCommands } from '../commands/sceneCommands';
import { worldMatrix } from '../scene/frames';
import { liveElements } from '../scene/sceneElement';
import { lookupIn } from '../scene/tree';
import { testWorkspace, type Given } from './testWorkspace';
import type { Workspace } from './workspace';

const open: Workspace[] = [];

function workspaceWith(...given: readonly Given[]): Workspace {
  const workspace = testWorkspace(...given);
  open.push(workspace);
  return workspace;
}

afterEach(() => {
  for (const workspace of open.splice(0)) workspace.dispose();
});

const ROOM: readonly Given[] = [
  { id: 'left', props: { position: [-2, 0.5, 0], color: '#111111' } },
  { id: 'right', props: { position: [2, 0.5, 1], rotation: [0, 1, 0] } },
  { id: 'room', type: 'group', props: { position: [5, 0, 0], rotation: [0, 0.5, 0], scale: [2, 2, 2] } },
  { id: 'chair', parent: 'room', props: { position: [1, 0.5, 0], rotation: [0.3, 0.2, 0.1], scale: [1, 2, 1] } },
  { id: 'table', parent: 'room', props: { position: [-1, 0.5, 0] } },
];

function run(workspace: Workspace, id: string): void {
  const command = sceneCommands(workspace).find((each) => each.id === id);
  if (command === undefined || command.isPossible?.() === false) throw new Error(`${id} is not possible`);
  command.run();
}

const world = ({ session }: Workspace, id: string) => worldMatrix(lookupIn(session.document), id).map((each) => Math.round(each * 1e6) / 1e6 + 0);
const tree = ({ session }: Workspace) => liveElements(session.document).map(({ id, parent }) => `${id}<${parent ?? ''}`);
const children = ({ session }: Workspace, parent: string | null) => session.document.children(parent).map(({ id }) => id);

describe('grouping', () => {
  it('given several then they hang from a new group in their middle, stay where they are, and it is one undo', () => {
    const workspace = workspaceWith(...ROOM);
    const before = tree(workspace);
    const places = ['left', 'right'].map((id) => world(workspace, id));
    const pending = workspace.session.pendingChanges;
    workspace.selection.set(['right', 'left']);
    run(workspace, 'group');
    const [group = ''] = workspace.selection.ids;
    expect(workspace.element(group)).toMatchObject({ kind: 'group', name: 'Group 2', parent: null });
    expect(children(workspace, group)).toEqual(['left', 'right']);
    expect(['left', 'right'].map((id) => world(workspace, id))).toEqual(places);
    expect(children(workspace, null)).toEqual([group, 'room']);
    expect(workspace.session.pendingChanges).toBe(pending + 1);
    workspace.undo();
    expect(tree(workspace)).toEqual(before);
    expect(['left', 'right'].map((id) => world(workspace, id))).toEqual(places);
  });

  it('given members of different parents then the group stands in the deepest that they have in common', () => {
    const workspace = workspaceWith(...ROOM, { id: 'shelf', type: 'group', parent: 'room', props: { rotation: [0, 1, 0] } }, { id: 'book', parent: 'shelf', props: { position: [0, 3, 0] } });
    const places = ['chair', 'book'].map((id) => world(workspace, id));
    const group = workspace.tree.group(['book', 'chair']) ?? '';
    expect(workspace.element(group)?.parent).toBe('room');
    expect(['chair', 'book'].map((id) => world(workspace, id))).toEqual(places);
  });

  it('given something and what it hangs from then it is grouped once', () => {
    const workspace = workspaceWith(...ROOM);
    const group = workspace.tree.group(['chair', 'room']) ?? '';
    expect(children(workspace, group)).toEqual(['room']);
    expect(children(workspace, 'room')).toEqual(['chair', 'table']);
  });

  it('given a group is taken apart then its members stay where they are, in its place, selected, in one undo', () => {
    const workspace = workspaceWith(...ROOM, { id: 'gap', type: 'distance', parent: 'room', refs: ['chair', 'left'], props: { value: 1 } }, { id: 'last' });
    const before = tree(workspace);
    const places = ['chair', 'table'].map((id) => world(workspace, id));
    const pending = workspace.session.pendingChanges;
    workspace.select('room');
    run(workspace, 'ungroup');
    expect(children(workspace, null)).toEqual(['left', 'right', 'chair', 'table', 'gap', 'last']);
    expect(['chair', 'table'].map((id) => world(workspace, id))).toEqual(places);
    expect(workspace.selection.ids).toEqual(['chair', 'table']);
    expect(workspace.session.document.live('gap')).toBe(true);
    expect(workspace.session.pendingChanges).toBe(pending + 1);
    workspace.undo();
    expect(tree(workspace)).toEqual(before);
  });
});

describe('hanging from another parent', () => {
  it('given any parent then everything stays where it is in the world', () => {
    const workspace = workspaceWith(...ROOM);
    const [chair, left] = [world(workspace, 'chair'), world(workspace, 'left')];
    expect(workspace.tree.hang(['chair'], null)).toBe(true);
    expect(workspace.tree.hang(['left'], 'room', null)).toBe(true);
    expect(world(workspace, 'chair')).toEqual(chair);
    expect(world(workspace, 'left')).toEqual(left);
    expect(children(workspace, 'room')).toEqual(['left', 'table']);
  });

  it('[OPS-5] given what hangs from it then nothing happens', () => {
    const workspace = workspaceWith(...ROOM);
    const pending = workspace.session.pendingChanges;
    expect(workspace.tree.hang(['room'], 'chair')).toBe(false);
    expect(workspace.tree.hang(['room'], 'room')).toBe(false);
    expect(workspace.tree.hang(['left'], 'nobody')).toBe(false);
    expect(workspace.session.pendingChanges).toBe(pending);
  });

  it.each([
    [['a'], null, 'c', 'b c a d'],
    [['d'], null, null, 'd a b c'],
    [['d', 'b'], null, 'a', 'a b d c'],
    [['b', 'c'], null, 'c', 'a b c d'],
    [['a', 'c'], null, undefined, 'b d a c'],
  ] as const)('given %j go behind their siblings then they keep the order of the tree', (ids, parent, after, order) => {
    const workspace = workspaceWith({ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'd' });
    const changed = workspace.tree.hang(ids, parent, after);
    expect(children(workspace, null).join(' ')).toBe(order);
    expect(changed).toBe(order !== 'a b c d');
  });

  it('given keys then rows go up, down, into the group above and out again', () => {
    const workspace = workspaceWith(...ROOM, { id: 'lamp' });
    expect(workspace.tree.shift(['lamp'], -1)).toBe(true);
    expect(children(workspace, null)).toEqual(['left', 'right', 'lamp', 'room']);
    expect(workspace.tree.into(['lamp'])).toBeUndefined();
    expect(workspace.tree.shift(['lamp'], 1)).toBe(true);
    expect(workspace.tree.shift(['lamp'], 1)).toBe(false);
    expect(workspace.tree.into(['lamp'])).toBe('room');
    expect(children(workspace, 'room')).toEqual(['chair', 'table', 'lamp']);
    expect(workspace.tree.out(['lamp'])).toBe(true);
    expect(children(workspace, null)).toEqual(['left', 'right', 'room', 'lamp']);
    expect(workspace.tree.out(['lamp'])).toBe(false);
  });
});

describe('a group in the hand', () => {
  it('given what it holds is dragged then the group goes, by its own placement, and its members follow', () => {
    const workspace = workspaceWith(...ROOM);
    workspace.selection.set(['room', 'chair']);
    const [chair, table] = [world(workspace, 'chair'), workspace.element('table')];
    expect(workspace.dragging.begin('table')).toBe(true);
    workspace.dragging.handle({ kind: 'move', by: [1, 0, 0] });
    expect([...workspace.dragging.held.keys()]).toEqual(['room']);
    expect(workspace.dragging.worldNow('table').position[0]).toBeCloseTo(worldMatrix(lookupIn(workspace.session.document), 'table')[12] + 1, 6);
    workspace.dragging.end();
    expect(workspace.element('room')?.position).toEqual([6, 0, 0]);
    expect(workspace.element('table')).toBe(table);
    expect((world(workspace, 'chair')[12] ?? 0) - (chair[12] ?? 0)).toBeCloseTo(1, 6);
  });

  it('given a member is dragged then it goes along the world, and is told as it is placed in its group', () => {
    const workspace = workspaceWith(...ROOM);
    const before = world(workspace, 'table');
    workspace.dragging.begin('table');
    workspace.dragging.origin?.position.forEach((component, axis) => expect(component).toBeCloseTo(before[12 + axis] ?? NaN, 5));
    workspace.dragging.handle({ kind: 'move', by: [0, 0, 3] });
    const held = workspace.dragging.held.get('table');
    workspace.dragging.end();
    expect(workspace.element('table')?.position).toEqual(held?.position);
    expect((world(workspace, 'table')[14] ?? 0) - (before[14] ?? 0)).toBeCloseTo(3, 5);
    expect((world(workspace, 'table')[12] ?? 0) - (before[12] ?? 0)).toBeCloseTo(0, 5);
  });
});

describe('edits of groups', () => {
  it('given a group then its colour is that of its members, and it is duplicated, copied, hidden and deleted as a whole', () => {
    const workspace = workspaceWith(...ROOM);
    workspace.edits.setColor(['room'], '#ABCDEF');
    expect(['chair', 'table'].map((id) => workspace.element(id)?.color)).toEqual(['#abcdef', '#abcdef']);
    workspace.selection.set(['chair', 'room']);
    const text = workspace.clipboard.text() ?? '';
    run(workspace, 'duplicate');
    const [copy = '', ...others] = workspace.selection.ids;
    expect(others).toEqual([]);
    const copies = children(workspace, copy).map((id) => workspace.element(id));
    expect(copies).toMatchObject([{ name: 'chair', position: [1, 0.5, 0], scale: [1, 2, 1] }, { name: 'table', color: '#abcdef' }]);
    run(workspace, 'remove');
    expect(workspace.element(copy)).toBeUndefined();
    expect(workspace.store.getState().notices).toHaveLength(1);

    const elsewhere = workspaceWith();
    elsewhere.clipboard.take(text);
    expect(liveElements(elsewhere.session.document).map(({ name, kind }) => `${kind} ${name}`)).toEqual(['group room', 'box chair', 'box table']);
    expect(elsewhere.selection.ids).toHaveLength(1);
  });

  it('given a member is duplicated or pasted then the copy hangs where it did, or stands where it did in the world', () => {
    const workspace = workspaceWith(...ROOM);
    workspace.select('chair');
    const text = workspace.clipboard.text() ?? '';
    run(workspace, 'duplicate');
    const [copy = ''] = workspace.selection.ids;
    expect(workspace.element(copy)).toMatchObject({ parent: 'room', scale: [1, 2, 1] });
    const elsewhere = workspaceWith();
    elsewhere.clipboard.take(text);
    const [pasted = ''] = elsewhere.selection.ids;
    expect(world(elsewhere, pasted)).toEqual(world(workspace, 'chair'));
  });

  it('given members are put on the ground and aligned then that is in the world', () => {
    const workspace = workspaceWith(...ROOM);
    workspace.edits.ground(['table']);
    expect(world(workspace, 'table')[13]).toBeCloseTo(1, 5);
    workspace.edits.align(['table', 'left'], 0, 'middle');
    expect(world(workspace, 'table')[12]).toBeCloseTo(world(workspace, 'left')[12] ?? NaN, 2);
  });

  it('given a group is deleted with something of it selected then nobody is told that others did it', () => {
    const workspace = workspaceWith(...ROOM);
    workspace.selection.set(['chair', 'room', 'left']);
    workspace.edits.remove(['room']);
    expect(workspace.selection.ids).toEqual(['left']);
    expect(workspace.store.getState().notices).toHaveLength(1);
  });
});

describe('what a press in the scene is about', () => {
  const NESTED: readonly Given[] = [
    { id: 'house', type: 'group' },
    { id: 'room', type: 'group', parent: 'house' },
    { id: 'chair', parent: 'room' },
    { id: 'door', parent: 'house' },
    { id: 'tree' },
  ];

  it('given groups then it is the outermost that one is not in; double presses go in, Escape goes out', () => {
    const workspace = workspaceWith(...NESTED);
    const { selection } = workspace;
    selection.press('chair', false);
    expect(selection.ids).toEqual(['house']);
    expect(selection.enter('chair')).toBe(true);
    expect([selection.entered, selection.ids]).toEqual(['house', ['room']]);
    expect(selection.enter('chair')).toBe(true);
    expect([selection.entered, selection.ids]).toEqual(['room', ['chair']]);
    expect(selection.enter('chair')).toBe(false);
    run(workspace, 'select-all');
    expect(selection.ids).toEqual(['chair']);
    run(workspace, 'select-none');
    expect([selection.entered, selection.ids]).toEqual(['house', ['room']]);
    selection.press('door', true);
    expect(selection.ids).toEqual(['room', 'door']);
    run(workspace, 'select-none');
    run(workspace, 'select-none');
    expect([selection.entered, selection.ids]).toEqual([undefined, []]);
  });

  it('given a press beside the group that one is in then one leaves it', () => {
    const workspace = workspaceWith(...NESTED);
    workspace.selection.choose('chair');
    expect(workspace.selection.entered).toBe('room');
    workspace.selection.press('door', false);
    expect([workspace.selection.entered, workspace.selection.ids]).toEqual(['house', ['door']]);
    workspace.selection.press('tree', false);
    expect([workspace.selection.entered, workspace.selection.ids]).toEqual([undefined, ['tree']]);
  });

  it('given the group that one is in is gone then one is in the one around it', () => {
    const workspace = workspaceWith(...NESTED);
    workspace.selection.choose('chair');
    workspace.session.edit([{ op: 'delete', id: 'room' }]);
    expect(workspace.selection.entered).toBe('house');
  });

  it('given a frame is drawn around some then the groups of these are selected, each once', () => {
    const workspace = workspaceWith(...NESTED);
    workspace.selection.addPicked(['house', 'room', 'chair', 'door', 'tree']);
    expect(workspace.selection.ids).toEqual(['house', 'tree']);
  });
});
