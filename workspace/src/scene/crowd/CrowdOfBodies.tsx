import { useFrame, useThree, type ThreeEvent } from '@react-three/fiber';
import { useCallback, useEffect, useMemo } from 'react';
import type { WebGLRenderer } from 'three';
import { useWorkspace } from '../../session/WorkspaceContext';
import type { KeyLight } from '../keyLight';
import { usePoses } from '../PosesContext';
import type { Press } from '../press';
import { ShadowTimes } from '../shadows';
import { useGrip } from '../useGrip';
import { CrowdDrawing } from './crowdDrawing';
import { CrowdKeeper } from './crowdKeeper';

interface CrowdOfBodiesProps {
  readonly ownColor: string;
  readonly press: Press;
  readonly keyLight: KeyLight;
}

/** After the poses, before everything else. */
const SECOND = -1.5;

/** All boxes, spheres, cylinders and cones, drawn together, in hand or selected or not: nothing ever changes over to another drawing. */
export function CrowdOfBodies({ ownColor, press, keyLight }: CrowdOfBodiesProps) {
  const workspace = useWorkspace();
  const poses = usePoses();
  const { scene, gl, invalidate } = useThree();
  const keeper = useMemo(() => new CrowdKeeper(poses), [poses]);
  const drawing = useMemo(() => new CrowdDrawing(keeper.crowd), [keeper]);
  useEffect(() => () => drawing.dispose(), [drawing]);

  useEffect(() => {
    const { store } = workspace;
    keeper.decorate(store.getState(), ownColor);
    invalidate();
    return store.subscribe((now, before) => {
      if (now.selection === before.selection && now.selections === before.selections && now.triedColor === before.triedColor) return;
      if (keeper.decorate(now, ownColor)) invalidate();
    });
  }, [workspace, keeper, ownColor, invalidate]);

  useFrame(() => keeper.follow(), SECOND);

  useEffect(() => {
    const times = new ShadowTimes();
    // Told right before drawing, whatever camera draws.
    scene.onBeforeRender = (renderer, _scene, camera) => {
      drawing.draw(camera, heightOf(renderer));
      const due = times.areDue(camera, poses.revision, keeper.crowd.version, keyLight.version, workspace.remote);
      if (due && keyLight.light) drawing.cast(keyLight.light);
      gl.shadowMap.needsUpdate ||= due;
      if (!due) invalidate();
    };
    gl.shadowMap.autoUpdate = false;
    return () => {
      scene.onBeforeRender = () => undefined;
      gl.shadowMap.autoUpdate = true;
    };
  }, [scene, gl, drawing, keeper, poses, keyLight, workspace, invalidate]);

  const at = useCallback(
    ({ instanceId }: ThreeEvent<PointerEvent> | ThreeEvent<MouseEvent>) => (instanceId === undefined ? undefined : keeper.crowd.idAt(instanceId)),
    [keeper],
  );
  const grip = useGrip(at, press);
  return <primitive object={drawing.root} {...grip} />;
}

function heightOf(renderer: WebGLRenderer): number {
  return renderer.getRenderTarget()?.height ?? renderer.domElement.height;
}
