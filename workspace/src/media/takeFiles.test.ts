import { connect } from '@chorale/client';
import { afterEach, describe, expect, it } from 'vitest';
import { Workspace } from '../session/workspace';
import { mediaMessages as text } from './messages';
import { takeFiles } from './takeFiles';

const NOWHERE = { send: () => undefined, close: () => undefined, addEventListener: () => undefined };
const open: Workspace[] = [];

function workspaceOf(kind: 'scene' | 'parameters'): Workspace {
  const session = connect({ url: 'http://localhost', sessionId: 'scene', guest: { name: 'Ada', color: '#d98e04' }, webSocket: () => NOWHERE, storage: 'memory' });
  Object.defineProperty(session, 'info', { get: () => ({ kind }) });
  const workspace = new Workspace(session, false);
  open.push(workspace);
  return workspace;
}

const file = (name: string) => new File(['x'], name);
const titles = (workspace: Workspace) => workspace.store.getState().notices.map(({ title }) => title);

afterEach(() => {
  for (const workspace of open.splice(0)) workspace.dispose();
});

describe('files that are dropped', () => {
  it('on parameters: images and models are refused with what is taken there', () => {
    const workspace = workspaceOf('parameters');
    takeFiles(workspace, [file('a.png')]);
    expect(titles(workspace)).toEqual([text.takes.parameters.title]);
  });

  it('several session files at once are refused, wherever they are dropped', () => {
    for (const kind of ['scene', 'parameters'] as const) {
      const workspace = workspaceOf(kind);
      takeFiles(workspace, [file('a.json'), file('b.json')]);
      expect(titles(workspace)).toEqual([text.takes.single.title]);
    }
  });

  it('a mix on a scene: what is said about the session file keeps nobody from adding the rest', async () => {
    const workspace = workspaceOf('scene');
    takeFiles(workspace, [file('a.json'), file('page.html')]);
    await expect.poll(() => titles(workspace)).toEqual([text.takes.single.title, text.refused('page.html')]);
  });
});
