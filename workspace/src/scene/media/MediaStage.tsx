import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useRef } from 'react';
import { Plane, Raycaster, Vector2, Vector3, type Group } from 'three';
import { useStore } from 'zustand';
import { offerSceneLink } from '../../media/sceneLink';
import { uploadsOf, type Upload } from '../../media/uploads';
import { useWorkspace } from '../../session/WorkspaceContext';
import { OVERLAY } from './Outlines';
import { photograph, small } from './photograph';
import { Plate } from './Plate';


const GROUND = new Plane(new Vector3(0, 1, 0), 0);
/** Whoever drops something near the horizon means the scene, not a place far behind it. */
const FARTHEST_DROP = 60;
const reducedMotion = window.matchMedia('(prefers-reduced-motion: reduce)');

/** What the scene does for files: it knows where they were dropped, keeps their places, and draws the session's picture. */
export function MediaStage() {
  const workspace = useWorkspace();
  const get = useThree((state) => state.get);
  const waiting = useStore(uploadsOf(workspace).store, (state) => state.uploads);

  useEffect(() => {
    const caster = new Raycaster();
    const hit = new Vector3();
    return offerSceneLink(workspace, {
      groundAt: (x, y) => {
        const { gl, camera } = get();
        const { left, top, width, height } = gl.domElement.getBoundingClientRect();
        caster.setFromCamera(new Vector2(((x - left) / width) * 2 - 1, 1 - ((y - top) / height) * 2), camera);
        const found = caster.ray.intersectPlane(GROUND, hit);
        return found && found.distanceTo(caster.ray.origin) < FARTHEST_DROP ? [found.x, found.z] : undefined;
      },
      photograph: () => {
        const { gl, scene, camera, invalidate } = get();
        const picture = photograph(gl, scene, camera);
        invalidate();
        return small(picture);
      },
    });
  }, [workspace, get]);

  return (
    <>
      {waiting.map((upload) => upload.replaces === undefined && <Place key={upload.id} upload={upload} />)}
    </>
  );
}

/** Where a file will stand that is still on its way. */
function Place({ upload: { file, spot, state } }: { readonly upload: Upload }) {
  const invalidate = useThree((three) => three.invalidate);
  const group = useRef<Group>(null);
  const moves = state === 'uploading' && !reducedMotion.matches;
  useEffect(() => invalidate(), [invalidate, state]);
  useFrame(({ clock }) => {
    if (!group.current) return;
    group.current.scale.setScalar(moves ? 0.96 + 0.04 * Math.sin(clock.elapsedTime * 4) : 1);
    if (moves) invalidate();
  });
  const [width, height] = [file.scale[1] * (file.aspect ?? 1), file.scale[1]];
  return (
    <group ref={group} position={[spot[0], height / 2, spot[1]]} name={OVERLAY}>
      <Plate size={[width, height, 1]} opacity={state === 'uploading' ? 0.5 : 0.25} />
    </group>
  );
}
