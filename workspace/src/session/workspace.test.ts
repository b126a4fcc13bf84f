import { connect, type JsonObject } from '@chorale/client';
import { afterEach, describe, expect, it } from 'vitest';
import { sceneCommands } from '../commands/sceneCommands';
import { liveConstraints } from '../constraints/constraint';
import { clipboardText, type Copied } from './sceneClipboard';
import { Workspace } from './workspace';

/** A socket that never comes up: what is edited is there at once, and nobody else is. */
const NOWHERE = { send: () => undefined, close: () => undefined, addEventListener: () => undefined };

const open: Workspace[] = [];

function workspaceWith(...ids: readonly string[]): Workspace {
  const session = connect({ url: 'http://localhost', sessionId: 'scene', guest: { name: 'Ada', color: '#d98e04' }, webSocket: () => NOWHERE, storage: 'memory' });
  const workspace = new Workspace(session, false);
  open.push(workspace);
  ids.forEach((id, index) => {
    const props = { name: id, color: '#9aa19d', position: [index * 2, 0.5, 0], rotation: [0, 0, 0], scale: [1, 1, 1] };
    session.edit([{ op: 'create', id, elementType: 'box', parent: null, props }]);
  });
  return workspace;
}

/** What one shows the others. */
function awarenessOf({ session }: Workspace): JsonObject[] {
  const told: JsonObject[] = [];
  const { setAwareness } = session;
  session.setAwareness = (state) => {
    told.push(state);
    setAwareness.call(session, state);
  };
  return told;
}

function run(workspace: Workspace, id: string): void {
  const command = sceneCommands(workspace).find((each) => each.id === id);
  if (command === undefined || command.isPossible?.() === false) throw new Error(`${id} is not possible`);
  command.run();
}

const positions = (workspace: Workspace, ...ids: readonly string[]) => ids.map((id) => workspace.element(id)?.position);

afterEach(() => {
  for (const workspace of open.splice(0)) workspace.dispose();
});

describe('the selection', () => {
  it('given several are selected then the last one is what single things are about, and others see all', () => {
    const workspace = workspaceWith('a', 'b', 'c');
    const told = awarenessOf(workspace);
    workspace.selection.toggle('a');
    workspace.selection.toggle('c');
    expect(workspace.store.getState()).toMatchObject({ selection: ['a', 'c'], selectedId: 'c' });
    expect(told.at(-1)).toEqual({ selection: ['c', 'a'] });
    workspace.selection.toggle('c');
    expect(workspace.store.getState()).toMatchObject({ selection: ['a'], selectedId: 'a' });
  });

  it('given a row is chosen with shift then everything from the last one to it is selected', () => {
    const workspace = workspaceWith('a', 'b', 'c', 'd');
    workspace.select('d');
    workspace.selection.addUpTo('b', ['a', 'b', 'c', 'd']);
    expect(workspace.selection.ids).toEqual(['d', 'c', 'b']);
  });

  it('given everything is selected then what is hidden is not', () => {
    const workspace = workspaceWith('a', 'b', 'c');
    workspace.edits.setHidden(['b'], true);
    run(workspace, 'select-all');
    expect(workspace.selection.ids).toEqual(['a', 'c']);
    run(workspace, 'select-none');
    expect(workspace.selection.ids).toEqual([]);
  });

  it('given one of several disappears then the others stay selected', () => {
    const workspace = workspaceWith('a', 'b', 'c');
    run(workspace, 'select-all');
    workspace.session.edit([{ op: 'delete', id: 'b' }]);
    expect(workspace.selection.ids).toEqual(['a', 'c']);
  });
});

describe('several elements', () => {
  it('given they are deleted, coloured or hidden then each is one change and one undo', () => {
    const workspace = workspaceWith('a', 'b', 'c');
    const before = workspace.session.pendingChanges;
    run(workspace, 'select-all');
    workspace.edits.setColor(workspace.selection.ids, '#2A9D8F');
    run(workspace, 'hide');
    run(workspace, 'remove');
    expect(workspace.session.pendingChanges).toBe(before + 3);
    expect(workspace.element('a')).toBeUndefined();
    workspace.undo();
    expect(workspace.element('c')).toMatchObject({ hidden: true, color: '#2a9d8f' });
    workspace.undo();
    expect(workspace.element('b')).toMatchObject({ hidden: false, color: '#2a9d8f' });
    workspace.undo();
    expect(workspace.element('a')?.color).toBe('#9aa19d');
  });

  it('given the notice of a deletion is taken back then all are there and selected again', () => {
    const workspace = workspaceWith('a', 'b');
    run(workspace, 'select-all');
    run(workspace, 'remove');
    workspace.store.getState().notices[0]?.action?.run();
    expect(workspace.selection.ids).toEqual(['a', 'b']);
  });

  it('given they are duplicated then the copies keep their arrangement, lie apart and are selected', () => {
    const workspace = workspaceWith('a', 'b');
    run(workspace, 'select-all');
    run(workspace, 'duplicate');
    const [first = '', second = ''] = workspace.selection.ids;
    const [from, to] = positions(workspace, first, second);
    expect((to?.[0] ?? 0) - (from?.[0] ?? 0)).toBe(2);
    expect(Math.hypot(from?.[0] ?? 0, from?.[2] ?? 0)).toBeGreaterThan(1);
    workspace.undo();
    expect(workspace.session.document.children(null).length).toBe(2);
  });

  it('given so many that one change cannot hold them then it is still one undo', () => {
    const ids = Array.from({ length: 1200 }, (_, index) => `e${index}`);
    const workspace = workspaceWith();
    const make = (id: string) => ({ op: 'create', id, elementType: 'box', parent: null }) as const;
    workspace.session.edit(ids.slice(0, 600).map(make));
    workspace.session.edit(ids.slice(600).map(make));
    run(workspace, 'select-all');
    run(workspace, 'remove');
    expect(workspace.session.document.children(null)).toHaveLength(0);
    workspace.undo();
    expect(workspace.session.document.children(null)).toHaveLength(1200);
  });

  it('given a number is set for all then the ones that have it already stay untouched', () => {
    const workspace = workspaceWith('a', 'b');
    const before = workspace.session.pendingChanges;
    workspace.edits.setComponent(['a', 'b'], 'position', 0, 2);
    expect(positions(workspace, 'a', 'b')).toEqual([[2, 0.5, 0], [2, 0.5, 0]]);
    expect(workspace.session.pendingChanges).toBe(before + 1);
    workspace.edits.setComponent(['a', 'b'], 'position', 0, 2);
    expect(workspace.session.pendingChanges).toBe(before + 1);
  });

  it('given they are aligned then it is one change', () => {
    const workspace = workspaceWith('a', 'b', 'c');
    run(workspace, 'select-all');
    run(workspace, 'align-0-high');
    expect(positions(workspace, 'a', 'b', 'c').map((position) => position?.[0])).toEqual([4, 4, 4]);
    workspace.undo();
    expect(positions(workspace, 'a')[0]).toEqual([0, 0.5, 0]);
  });
});

describe('dragging', () => {
  it('given one of several is dragged then all move, others see all of them, and letting go is one undo', () => {
    const workspace = workspaceWith('a', 'b', 'c');
    const told = awarenessOf(workspace);
    workspace.selection.set(['a', 'b']);
    const before = workspace.session.pendingChanges;
    expect(workspace.dragging.begin('a')).toBe(true);
    workspace.dragging.handle({ kind: 'move', by: [0.5, 0, 1] });
    workspace.dragging.handle({ kind: 'move', by: [1, 0, 1] });
    expect(told.at(-1)).toEqual({ drag: { id: 'a', position: [1, 0.5, 1], others: [{ id: 'b', position: [3, 0.5, 1] }] } });
    expect(positions(workspace, 'a')[0]).toEqual([0, 0.5, 0]);
    workspace.dragging.end();
    expect(positions(workspace, 'a', 'b', 'c')).toEqual([[1, 0.5, 1], [3, 0.5, 1], [4, 0.5, 0]]);
    expect(workspace.session.pendingChanges).toBe(before + 1);
    workspace.undo();
    expect(positions(workspace, 'a', 'b')).toEqual([[0, 0.5, 0], [2, 0.5, 0]]);
  });

  it('given something else is dragged then the selection stays where it is', () => {
    const workspace = workspaceWith('a', 'b');
    workspace.select('a');
    workspace.dragging.begin('b');
    workspace.dragging.handle({ kind: 'move', by: [0, 0, 1] });
    workspace.dragging.end();
    expect(positions(workspace, 'a', 'b')).toEqual([[0, 0.5, 0], [2, 0.5, 1]]);
  });

  it('given Escape in the middle of it then everything is where it was, and stays selected', () => {
    const workspace = workspaceWith('a', 'b');
    const told = awarenessOf(workspace);
    run(workspace, 'select-all');
    const before = workspace.session.pendingChanges;
    workspace.dragging.begin('a');
    workspace.dragging.handle({ kind: 'turn', about: workspace.dragging.middle, axis: [0, 1, 0], angle: 1 });
    run(workspace, 'select-none');
    workspace.dragging.end();
    expect(told.at(-1)).toEqual({ drag: null });
    expect(workspace.session.pendingChanges).toBe(before);
    expect(workspace.selection.ids).toHaveLength(2);
  });

  it('given several are turned then they go round their middle', () => {
    const workspace = workspaceWith('a', 'b');
    run(workspace, 'select-all');
    workspace.dragging.begin('b');
    workspace.dragging.handle({ kind: 'turn', about: workspace.dragging.middle, axis: [0, 1, 0], angle: Math.PI });
    workspace.dragging.end();
    expect(positions(workspace, 'a', 'b')).toEqual([[2, 0.5, 0], [0, 0.5, 0]]);
  });

  it('given what is in the hand disappears then the hand is empty', () => {
    const workspace = workspaceWith('a');
    workspace.dragging.begin('a');
    workspace.dragging.handle({ kind: 'move', by: [1, 0, 0] });
    workspace.session.edit([{ op: 'delete', id: 'a' }]);
    expect(workspace.dragging.isOn).toBe(false);
    expect(workspace.dragging.held.size).toBe(0);
  });
});

describe('the clipboard', () => {
  it('given the selection is copied and taken elsewhere then it is there under other ids, in one change', () => {
    const [here, there] = [workspaceWith('a', 'b'), workspaceWith()];
    run(here, 'select-all');
    there.clipboard.take(here.clipboard.text() ?? '');
    expect(there.selection.ids).toHaveLength(2);
    expect(there.selection.ids).not.toContain('a');
    expect(there.selection.ids.map((id) => there.element(id)?.name)).toEqual(['a', 'b']);
    expect(positions(there, ...there.selection.ids)).toEqual([[0, 0.5, 0], [2, 0.5, 0]]);
    expect(there.session.pendingChanges).toBe(1);
  });

  it('given things are copied with what is to hold between them then it holds between the copies, and one undo takes all back', () => {
    const workspace = workspaceWith('a', 'b', 'c');
    const constrained = (id: string, elementType: string, refs: readonly string[], props: JsonObject = {}) =>
      workspace.session.edit([{ op: 'create', id, elementType, parent: null, refs, props }]);
    constrained('aisle', 'distance', ['a', 'b'], { value: 2 });
    constrained('outside', 'distance', ['a', 'c'], { value: 3 });
    workspace.selection.set(['a', 'b']);
    workspace.clipboard.take(workspace.clipboard.text() ?? '');
    const copies = workspace.selection.ids;
    const between = () => liveConstraints(workspace.session.document).filter(({ refs }) => refs.some((id) => copies.includes(id)));
    expect(between()).toMatchObject([{ kind: 'distance', refs: copies, value: 2 }]);
    workspace.undo();
    expect(liveConstraints(workspace.session.document).map(({ id }) => id).sort()).toEqual(['aisle', 'outside']);
    workspace.edits.duplicate(['a', 'b', 'c']);
    expect(liveConstraints(workspace.session.document)).toHaveLength(4);
  });

  it('given it is pasted where it was copied then it does not cover the original', () => {
    const workspace = workspaceWith('a');
    workspace.select('a');
    workspace.clipboard.take(workspace.clipboard.text() ?? '');
    const [position] = positions(workspace, workspace.selection.ids[0] ?? '');
    expect(Math.hypot(position?.[0] ?? 0, position?.[2] ?? 0)).toBeGreaterThan(1);
  });

  it.each(['', 'hello', '{"type":"chorale/elements","version":1,"elements":[{}]}'])('given %j then nothing is added, and one is told why', (text) => {
    const workspace = workspaceWith();
    workspace.clipboard.take(text);
    expect(workspace.session.document.children(null)).toHaveLength(0);
    expect(workspace.store.getState().notices).toHaveLength(1);
  });

  it('given five hundred labels of the longest texts then all arrive', () => {
    const workspace = workspaceWith();
    const label: Copied = { kind: 'label', name: 'n'.repeat(120), text: 'ü'.repeat(400), color: '#3d4543', position: [0, 0.45, 0], rotation: [0, 0, 0], scale: [1, 1, 1] };
    workspace.clipboard.take(clipboardText({ elements: Array.from({ length: 500 }, () => label), constraints: [] }));
    expect(workspace.session.document.children(null)).toHaveLength(500);
    workspace.undo();
    expect(workspace.session.document.children(null)).toHaveLength(0);
  });
});

describe('the commands of a scene', () => {
  it('given no selection then those about one are not possible', () => {
    const impossible = sceneCommands(workspaceWith('a')).filter(({ isPossible }) => isPossible?.() === false);
    expect(impossible.map(({ id }) => id)).toEqual(expect.arrayContaining(['remove', 'duplicate', 'copy', 'cut', 'lock', 'hide', 'show-all', 'align-0-low', 'distribute-2', 'ground']));
  });

  it('given all of them then ids and keys are each there once', () => {
    const commands = sceneCommands(workspaceWith());
    for (const each of [commands.map(({ id }) => id), commands.flatMap(({ keys }) => keys ?? [])]) expect(new Set(each).size).toBe(each.length);
  });
});
