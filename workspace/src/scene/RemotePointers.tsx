import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import { Color, DynamicDrawUsage, InstancedMesh, MeshBasicMaterial, MeshStandardMaterial, Object3D, Vector3, type BufferGeometry, type Camera, type Material } from 'three';
import { colorOf } from '../presence/remoteState';
import { useParticipants, useSelfId, useWorkspace } from '../session/WorkspaceContext';
import { Pace } from './avatars/pace';
import { glide } from './avatars/viewPose';
import { apparentSize } from './CameraRig';
import { POINTER_RING, POINTER_TIP } from './geometries';
import type { MutableVector } from './motion';
import type { Vector } from './sceneElement';

const RATE = 18;
const SIZE = 0.085;
/** More people than this have no pointer in the scene. */
const MOST_POINTERS = 64;
const RING_LIFT = 0.02;
const ignoreRays = () => undefined;

const TIP_MATERIAL = new MeshStandardMaterial({ roughness: 0.52, metalness: 0 });
const RING_MATERIAL = new MeshBasicMaterial({ toneMapped: false });

interface Pointer {
  readonly color: Color;
  /** Where it is drawn; undefined while nobody points. */
  at: MutableVector | undefined;
}

const dummy = new Object3D();
const projected = new Vector3();

/** The others' pointers as things that stand in the scene, in two draw calls; their name tags are DOM elements moved along. */
export function RemotePointers() {
  const workspace = useWorkspace();
  const pointers = usePointers();
  const { size, invalidate } = useThree();
  const parts = useMemo(() => ({ tip: instances(POINTER_TIP, TIP_MATERIAL), ring: instances(POINTER_RING, RING_MATERIAL) }), []);
  useEffect(() => () => Object.values(parts).forEach((part) => part.dispose()), [parts]);
  useEffect(() => invalidate(), [invalidate, pointers]);
  const pace = useMemo(() => new Pace(), []);

  useFrame(({ camera }, delta) => {
    const share = 1 - Math.exp(-RATE * pace.seconds(delta));
    let moves = false;
    let count = 0;
    for (const [participantId, pointer] of pointers) {
      const tag = workspace.tags.get(participantId);
      const told = workspace.remote.pointers.get(participantId);
      if (told === undefined || count === MOST_POINTERS) {
        pointer.at = undefined;
        if (tag && !tag.hidden) tag.hidden = true;
        continue;
      }
      const isNew = pointer.at === undefined;
      pointer.at ??= { x: told[0], y: told[1], z: told[2] };
      moves = glide(pointer.at, told, isNew ? 1 : share) || moves;
      place(parts, count, pointer.at, pointer.color, camera);
      if (tag) placeTag(tag, projected.set(pointer.at.x, pointer.at.y, pointer.at.z).project(camera), size.width, size.height, told);
      count += 1;
    }
    if (pace.next(moves)) invalidate();
    for (const part of Object.values(parts)) draw(part, count);
  });

  return (
    <>
      <primitive object={parts.tip} />
      <primitive object={parts.ring} />
    </>
  );
}

/** Everybody else's pointer, each where it was before. */
function usePointers(): ReadonlyMap<string, Pointer> {
  const participants = useParticipants();
  const selfId = useSelfId();
  const known = useMemo(() => new Map<string, Pointer>(), []);
  return useMemo(() => {
    const now = new Map<string, Pointer>();
    for (const participant of participants.values()) {
      const { participantId } = participant;
      if (participantId !== selfId) now.set(participantId, { color: new Color(colorOf(participant)), at: known.get(participantId)?.at });
    }
    known.clear();
    for (const [participantId, pointer] of now) known.set(participantId, pointer);
    return now;
  }, [participants, selfId, known]);
}

function instances(geometry: BufferGeometry, material: Material): InstancedMesh {
  const mesh = new InstancedMesh(geometry, material, MOST_POINTERS);
  mesh.instanceMatrix.setUsage(DynamicDrawUsage);
  mesh.count = 0;
  mesh.visible = false;
  mesh.frustumCulled = false;
  mesh.raycast = ignoreRays;
  return mesh;
}

function place({ tip, ring }: { readonly tip: InstancedMesh; readonly ring: InstancedMesh }, index: number, at: MutableVector, color: Color, camera: Camera): void {
  dummy.position.set(at.x, at.y, at.z);
  const scale = Math.max(0.3, apparentSize(camera, dummy.position) * SIZE);
  dummy.scale.setScalar(scale);
  dummy.updateMatrix();
  tip.setMatrixAt(index, dummy.matrix);
  tip.setColorAt(index, color);
  dummy.position.y += RING_LIFT * scale;
  dummy.updateMatrix();
  ring.setMatrixAt(index, dummy.matrix);
  ring.setColorAt(index, color);
}

function draw(mesh: InstancedMesh, count: number): void {
  mesh.count = count;
  mesh.visible = count > 0;
  mesh.instanceMatrix.needsUpdate = count > 0;
  if (mesh.instanceColor) mesh.instanceColor.needsUpdate = count > 0;
}

const shown = new WeakMap<HTMLElement, Vector>();

function placeTag(tag: HTMLElement, at: Vector3, width: number, height: number, pointer: Vector): void {
  const inView = at.z < 1 && Math.abs(at.x) < 1.1 && Math.abs(at.y) < 1.1;
  if (tag.hidden === inView) tag.hidden = !inView;
  tag.style.transform = `translate3d(${((at.x + 1) / 2) * width}px, ${((1 - at.y) / 2) * height}px, 0)`;
  if (shown.get(tag) === pointer) return;
  shown.set(tag, pointer);
  tag.dataset['position'] = pointer.join(',');
}
