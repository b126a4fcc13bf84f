import { connect, type ElementView, type Session } from '@chorale/client';
import { afterEach, describe, expect, it } from 'vitest';
import { Workspace } from '../session/workspace';
import { watchDeeds } from './deeds';
import type { CoachKind, Step } from './progress';

/** A socket that never comes up: what is edited is there at once, and nobody else is. */
const NOWHERE = { send: () => undefined, close: () => undefined, addEventListener: () => undefined };

const open: Workspace[] = [];

function begin(kind: CoachKind): { readonly workspace: Workspace; readonly session: Session; readonly did: readonly Step[] } {
  const session = connect({ url: 'http://localhost', sessionId: 'scene', guest: { name: 'Ada', color: '#d98e04' }, webSocket: () => NOWHERE, storage: 'memory' });
  const workspace = new Workspace(session, false);
  open.push(workspace);
  const did: Step[] = [];
  watchDeeds(workspace, kind, (step) => did.push(step));
  return { workspace, session, did };
}

const only = ({ document }: Session): ElementView => {
  const [first] = document.elements.values();
  if (first === undefined) throw new Error('nothing there');
  return first;
};

afterEach(() => {
  for (const workspace of open.splice(0)) workspace.dispose();
});

describe('what one does for the first time', () => {
  it('given a scene then adding, moving, giving the link away and undoing are told, and colouring is not', () => {
    const { workspace, session, did } = begin('scene');
    workspace.add('box');
    const { id } = only(session);
    session.edit([{ op: 'set', id, path: ['color'], value: '#2a9d8f' }]);
    expect(did).toEqual(['add']);
    session.edit([{ op: 'set', id, path: ['position'], value: [3, 0.5, 0] }]);
    expect(did).toEqual(['add', 'move']);
    workspace.company.tookLink();
    workspace.undo();
    expect(did).toContain('invite');
    expect(did).toContain('undo');
  });

  it('given parameters then their beginning is no deed, and moving a value is one', () => {
    const { session, did } = begin('parameters');
    session.edit([{ op: 'create', id: 'parameters', elementType: 'parameters', parent: null, props: { mu: 1 } }]);
    expect(did).toEqual([]);
    session.edit([{ op: 'set', id: 'parameters', path: ['mu'], value: 2 }]);
    expect(did).toEqual(['tune']);
  });
});
