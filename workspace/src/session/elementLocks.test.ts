import type { Lock } from '@chorale/client';
import { afterEach, describe, expect, it } from 'vitest';
import { testWorkspace } from './testWorkspace';
import type { Workspace } from './workspace';

const open: Workspace[] = [];

/** A room with a shelf and a book in it, and a tree; somebody else has locked one of them. */
function roomWhere(element: string): Workspace {
  const workspace = testWorkspace({ id: 'room', type: 'group' }, { id: 'shelf', type: 'group', parent: 'room' }, { id: 'book', parent: 'shelf' }, { id: 'tree' });
  const lock: Lock = { element, participantId: 'p9', userId: 'ben', name: 'Ben', lease: 1, expiresAt: '2026-01-01T00:00:00Z' };
  Object.defineProperty(workspace.session, 'locks', { get: () => new Map([[element, lock]]) });
  open.push(workspace);
  return workspace;
}

afterEach(() => {
  for (const workspace of open.splice(0)) workspace.dispose();
});

describe('what one may move and delete', () => {
  it('[LCK-3] given something below is locked by another then the group stays, and one is told; what else is meant goes', () => {
    const workspace = roomWhere('book');
    expect(workspace.locks.movable(['room', 'tree'])).toEqual(['tree']);
    expect(workspace.store.getState().notices).toHaveLength(1);
    workspace.edits.remove(['room', 'tree']);
    expect(workspace.element('room')).toBeDefined();
    expect(workspace.element('tree')).toBeUndefined();
  });

  it('[LCK-1] given a group is locked by another then nothing leaves it, and nothing new goes in', () => {
    const workspace = roomWhere('room');
    expect(workspace.tree.hang(['book'], null)).toBe(false);
    expect(workspace.tree.hang(['tree'], 'shelf')).toBe(false);
    expect(workspace.tree.group(['book', 'tree'])).toBeDefined();
    expect(workspace.element('book')?.parent).toBe('shelf');
  });
});
