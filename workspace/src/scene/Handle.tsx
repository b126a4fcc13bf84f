import { useThree, type ThreeEvent } from '@react-three/fiber';
import { useEffect, useRef, useState } from 'react';
import { Mesh, MeshBasicMaterial, type BufferGeometry, type Intersection, type Raycaster } from 'three';
import { useWorkspace } from '../session/WorkspaceContext';
import { PROPERTY_OF } from '../session/workspaceState';
import type { OrbitLike } from './CameraRig';
import type { Handling } from './handling';
import type { Press } from './press';
import { snaps } from './snapping';

/** Drawn over everything, so that no object hides what it is moved with. */
const handleMaterial = (color: string) => new MeshBasicMaterial({ color, depthTest: false, transparent: true, toneMapped: false });
const COLORS = ['#e2574c', '#3fa06a', '#4484d6', '#f4f1ea'].map(handleMaterial);
const HELD = handleMaterial('#f2b04c');
const HALO = new MeshBasicMaterial({ color: '#ffffff', opacity: 0.75, depthTest: false, depthWrite: false, transparent: true, toneMapped: false });
const UNSEEN = new MeshBasicMaterial({ visible: false });

const ignoreRays = () => undefined;

/** Handles come first under the pointer, whatever stands before them. */
function raycastFirst(this: Mesh, raycaster: Raycaster, intersections: Intersection[]): void {
  const from = intersections.length;
  Mesh.prototype.raycast.call(this, raycaster, intersections);
  for (const hit of intersections.slice(from)) hit.distance *= 0.0001;
}

/** What a pointer's way does to the selection, from where it took the handle; undefined where a way says nothing. */
export type Pull = (event: ThreeEvent<PointerEvent>, inSteps: boolean) => Handling | undefined;
/** Takes a handle: undefined where it cannot be taken from there. */
export type Grab = (event: ThreeEvent<PointerEvent>) => Pull | undefined;

interface HandleProps {
  /** Of the three axes; 3 for all of them. */
  readonly axis: 0 | 1 | 2 | 3;
  readonly geometry: BufferGeometry;
  /** Drawn light behind it, where it might have the colour of what it crosses. */
  readonly halo?: BufferGeometry | undefined;
  /** What is under the pointer, larger than what is seen. */
  readonly target: BufferGeometry;
  readonly press: Press;
  readonly grab: Grab;
}

/** Something that the selection is moved, turned or sized with. */
export function Handle({ axis, geometry, halo, target, press, grab }: HandleProps) {
  const workspace = useWorkspace();
  const get = useThree((state) => state.get);
  const [lit, setLit] = useState(false);
  const hold = useRef<{ readonly pointerId: number; readonly pull: Pull }>(undefined);

  const light = (on: boolean) => {
    setLit(on);
    get().gl.domElement.style.cursor = on ? 'grab' : '';
    get().invalidate();
  };
  const release = () => {
    if (hold.current === undefined) return;
    hold.current = undefined;
    const orbit = get().controls as OrbitLike | null;
    if (orbit) orbit.enabled = true;
    light(false);
    workspace.dragging.end();
  };
  // Deselecting or deleting takes the handle away in the middle of a drag.
  const releaseLatest = useRef(release);
  releaseLatest.current = release;
  useEffect(() => () => releaseLatest.current(), []);

  const down = (event: ThreeEvent<PointerEvent>) => {
    if (event.button !== 0 || !event.isPrimary) return;
    const pull = grab(event);
    const leader = workspace.store.getState().selection.findLast((id) => workspace.foreignLock(id) === undefined);
    if (!pull || leader === undefined || !workspace.dragging.begin(leader, PROPERTY_OF[workspace.store.getState().mode])) return;
    event.stopPropagation();
    press.onGizmo = true;
    hold.current = { pointerId: event.pointerId, pull };
    const orbit = get().controls as OrbitLike | null;
    if (orbit) orbit.enabled = false;
    (event.target as Element).setPointerCapture(event.pointerId);
    light(true);
  };
  const move = (event: ThreeEvent<PointerEvent>) => {
    if (hold.current?.pointerId !== event.pointerId) return;
    event.stopPropagation();
    const handling = hold.current.pull(event, snaps(event, workspace.store.getState().snapping));
    if (handling) workspace.dragging.handle(handling);
  };

  return (
    <group>
      {halo && <mesh geometry={halo} material={HALO} renderOrder={19} raycast={ignoreRays} />}
      <mesh geometry={geometry} material={lit ? HELD : (COLORS[axis] ?? HELD)} renderOrder={axis === 3 ? 21 : 20} raycast={ignoreRays} />
      <mesh
        geometry={target}
        material={UNSEEN}
        raycast={raycastFirst}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={(event) => {
          if (hold.current?.pointerId !== event.pointerId) return;
          event.stopPropagation();
          (event.target as Element).releasePointerCapture(event.pointerId);
          release();
        }}
        onLostPointerCapture={release}
        onClick={(event) => event.stopPropagation()}
        onPointerOver={(event) => {
          event.stopPropagation();
          light(true);
        }}
        onPointerOut={() => {
          if (hold.current === undefined) light(false);
        }}
      />
    </group>
  );
}
