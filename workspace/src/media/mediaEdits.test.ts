import { connect } from '@chorale/client';
import { afterEach, describe, expect, it } from 'vitest';
import { liveElements } from '../scene/sceneElement';
import { Workspace } from '../session/workspace';
import { addLight, LookTrial, setLook } from './mediaEdits';
import { PRESET_LOOKS } from './materialPresets';

const NOWHERE = { send: () => undefined, close: () => undefined, addEventListener: () => undefined };
const open: Workspace[] = [];

function workspaceWith(...ids: readonly string[]): Workspace {
  const session = connect({ url: 'http://localhost', sessionId: 'scene', guest: { name: 'Ada', color: '#d98e04' }, webSocket: () => NOWHERE, storage: 'memory' });
  const workspace = new Workspace(session, false);
  open.push(workspace);
  for (const id of ids) session.edit([{ op: 'create', id, elementType: 'box', parent: null, props: { position: [0, 0.5, 0] } }]);
  return workspace;
}

const materials = ({ session }: Workspace) => liveElements(session.document).map(({ material }) => material);

afterEach(() => {
  for (const workspace of open.splice(0)) workspace.dispose();
});

describe('materials', () => {
  it('a preset is one edit of all that are selected, undone at once', () => {
    const workspace = workspaceWith('a', 'b');
    setLook(workspace, ['a', 'b'], PRESET_LOOKS.metal);
    expect(materials(workspace)).toEqual([PRESET_LOOKS.metal, PRESET_LOOKS.metal]);
    workspace.undo();
    expect(materials(workspace)).toEqual([PRESET_LOOKS.satin, PRESET_LOOKS.satin]);
  });

  it('what is tried with a slider is seen at once and is one step of undo', () => {
    const workspace = workspaceWith('a');
    const trial = new LookTrial(workspace);
    for (const opacity of [0.9, 0.7, 0.4]) {
      trial.attempt(['a'], { opacity });
      expect(materials(workspace)[0]?.opacity).toBe(opacity);
    }
    trial.commit();
    trial.commit();
    workspace.undo();
    expect(materials(workspace)[0]?.opacity).toBe(1);
  });

  it('given the element is deleted in the middle of it then nothing breaks', () => {
    const workspace = workspaceWith('a');
    const trial = new LookTrial(workspace);
    trial.attempt(['a'], { roughness: 0.2 });
    workspace.session.edit([{ op: 'delete', id: 'a' }]);
    trial.attempt(['a'], { roughness: 0.3 });
    trial.commit();
    expect(materials(workspace)).toEqual([]);
  });
});

describe('lights', () => {
  it('are added above the scene, numbered by kind, and selected', () => {
    const workspace = workspaceWith();
    for (const type of ['spot', 'spot', 'sun'] as const) addLight(workspace, type);
    const lights = liveElements(workspace.session.document);
    expect(lights).toMatchObject([{ light: { type: 'spot' } }, { light: { type: 'spot' } }, { light: { type: 'sun', intensity: 3 } }]);
    expect(new Set(lights.map(({ name }) => name)).size).toBe(3);
    expect(new Set(lights.map(({ position }) => position.join())).size).toBe(3);
    expect(lights.every(({ position }) => position[1] > 2)).toBe(true);
    expect(workspace.selection.ids).toEqual([lights[2]?.id]);
  });
});
