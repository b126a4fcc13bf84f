import { useFrame, useThree, type ThreeEvent } from '@react-three/fiber';
import { useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { ConeGeometry, CylinderGeometry, Mesh, MeshBasicMaterial, Vector3, type Group, type Intersection, type Raycaster } from 'three';
import { mergeGeometries } from 'three/examples/jsm/utils/BufferGeometryUtils.js';
import { useWorkspace } from '../session/WorkspaceContext';
import { alongAxis, AXES, reach } from './axes';
import { apparentSize, type OrbitLike } from './CameraRig';
import type { Press } from './press';
import type { SceneElement, Vector } from './sceneElement';

const SIZE = 0.085;
const GAP = 0.14;
const FARTHEST_DRAG = 300;
const coarse = window.matchMedia('(pointer: coarse)');

const ARROW = mergeGeometries([new CylinderGeometry(0.028, 0.028, 0.5, 12).translate(0, 0.25, 0), new ConeGeometry(0.11, 0.28, 24).translate(0, 0.62, 0)]);
const ARROW_PICK = new CylinderGeometry(0.17, 0.17, 0.86, 8).translate(0, 0.42, 0);
const ARROW_PICK_COARSE = new CylinderGeometry(0.3, 0.3, 1.1, 8).translate(0, 0.5, 0);

/** Drawn over everything, so that no object hides what it is moved with. */
const arrowMaterial = (color: string) => new MeshBasicMaterial({ color, depthTest: false, transparent: true, toneMapped: false });
const COLORS = ['#e2574c', '#3fa06a', '#4484d6'].map(arrowMaterial);
const HELD = arrowMaterial('#f2b04c');
const UNSEEN = new MeshBasicMaterial({ visible: false });

const TURNS: readonly Vector[] = [
  [0, 0, -Math.PI / 2],
  [0, 0, 0],
  [Math.PI / 2, 0, 0],
];

const ignoreRays = () => undefined;

/** Arrows come first under the pointer, whatever stands before them. */
function raycastFirst(this: Mesh, raycaster: Raycaster, intersections: Intersection[]): void {
  const from = intersections.length;
  Mesh.prototype.raycast.call(this, raycaster, intersections);
  for (const hit of intersections.slice(from)) hit.distance *= 0.0001;
}

/** Arrows around the selected object, to move it along an axis. */
export function Gizmo({ object, element, press }: { readonly object: RefObject<Group | null>; readonly element: SceneElement; readonly press: Press }) {
  const group = useRef<Group>(null);
  const extent = useMemo(() => reach(element), [element]);
  const invalidate = useThree((state) => state.invalidate);
  useEffect(() => {
    invalidate();
    return () => invalidate();
  }, [invalidate]);

  useFrame(({ camera }) => {
    if (!group.current || !object.current) return;
    group.current.position.copy(object.current.position);
    const size = Math.max(0.2, apparentSize(camera, group.current.position) * SIZE);
    for (let axis = 0; axis < 3; axis++) {
      const arrow = group.current.children[axis];
      arrow?.position.setComponent(axis, (extent[axis] ?? 0) + GAP * size);
      arrow?.scale.setScalar(size);
    }
  });

  return (
    <group ref={group}>
      {AXES.map((direction, axis) => (
        <Arrow key={axis} axis={axis} direction={direction} object={object} elementId={element.id} press={press} />
      ))}
    </group>
  );
}

interface ArrowProps {
  readonly axis: number;
  readonly direction: Vector;
  readonly object: RefObject<Group | null>;
  readonly elementId: string;
  readonly press: Press;
}

function Arrow({ axis, direction, object, elementId, press }: ArrowProps) {
  const workspace = useWorkspace();
  const get = useThree((state) => state.get);
  const [lit, setLit] = useState(false);
  const hold = useRef({ pointerId: -1, from: 0, origin: new Vector3() });

  const light = (on: boolean) => {
    setLit(on);
    get().gl.domElement.style.cursor = on ? 'grab' : '';
    get().invalidate();
  };
  const release = () => {
    if (hold.current.pointerId === -1) return;
    hold.current.pointerId = -1;
    const orbit = get().controls as OrbitLike | null;
    if (orbit) orbit.enabled = true;
    light(false);
    workspace.endDrag();
  };
  // Deselecting or deleting takes the arrow away in the middle of a drag.
  const releaseLatest = useRef(release);
  releaseLatest.current = release;
  useEffect(() => () => releaseLatest.current(), []);

  const down = (event: ThreeEvent<PointerEvent>) => {
    const at = object.current?.position;
    if (!at || event.button !== 0 || !event.isPrimary) return;
    const from = alongAxis(event.ray, at, direction);
    if (from === undefined) return;
    event.stopPropagation();
    press.onGizmo = true;
    hold.current.pointerId = event.pointerId;
    hold.current.from = from;
    hold.current.origin.copy(at);
    const orbit = get().controls as OrbitLike | null;
    if (orbit) orbit.enabled = false;
    (event.target as Element).setPointerCapture(event.pointerId);
    light(true);
  };
  const move = (event: ThreeEvent<PointerEvent>) => {
    const { pointerId, from, origin } = hold.current;
    if (pointerId !== event.pointerId) return;
    event.stopPropagation();
    const along = alongAxis(event.ray, origin, direction);
    if (along === undefined || Math.abs(along - from) > FARTHEST_DRAG) return;
    const by = along - from;
    workspace.dragTo(elementId, origin.x + direction[0] * by, origin.y + direction[1] * by, origin.z + direction[2] * by);
  };

  return (
    <group rotation={TURNS[axis] as [number, number, number]}>
      <mesh geometry={ARROW} material={lit ? HELD : (COLORS[axis] ?? HELD)} renderOrder={20} raycast={ignoreRays} />
      <mesh
        geometry={coarse.matches ? ARROW_PICK_COARSE : ARROW_PICK}
        material={UNSEEN}
        raycast={raycastFirst}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={(event) => {
          if (hold.current.pointerId !== event.pointerId) return;
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
          if (hold.current.pointerId === -1) light(false);
        }}
      />
    </group>
  );
}
