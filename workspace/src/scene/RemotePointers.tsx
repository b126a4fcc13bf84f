import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useRef } from 'react';
import { Vector3, type Group } from 'three';
import { colorOf } from '../presence/remoteState';
import { useParticipants, useSelfId, useWorkspace } from '../session/WorkspaceContext';
import { apparentSize } from './CameraRig';
import { POINTER_RING, POINTER_TIP } from './geometries';
import { flats, surfaces } from './materials';
import { useShared } from './sharedPool';

const RATE = 18;
const SIZE = 0.085;
const ignoreRays = () => undefined;
const projected = new Vector3();

/** The others' pointers as things that stand in the scene; their name tags are DOM elements moved along. */
export function RemotePointers() {
  const participants = useParticipants();
  const selfId = useSelfId();
  return (
    <>
      {[...participants.values()].map((participant) =>
        participant.participantId === selfId ? null : <RemotePointer key={participant.participantId} participantId={participant.participantId} color={colorOf(participant)} />,
      )}
    </>
  );
}

function RemotePointer({ participantId, color }: { readonly participantId: string; readonly color: string }) {
  const workspace = useWorkspace();
  const { size, invalidate } = useThree();
  const group = useRef<Group>(null);
  const shown = useRef(false);
  const tip = useShared(surfaces, color);
  const ring = useShared(flats, color);
  useEffect(() => invalidate(), [invalidate, color]);

  useFrame(({ camera }, delta) => {
    const pointer = workspace.remote.pointers.get(participantId);
    const tag = workspace.tags.get(participantId);
    if (!group.current) return;
    group.current.visible = pointer !== undefined;
    if (pointer === undefined) {
      shown.current = false;
      if (tag && !tag.hidden) tag.hidden = true;
      return;
    }
    const { position } = group.current;
    const share = shown.current ? 1 - Math.exp(-RATE * Math.min(delta, 1 / 30)) : 1;
    shown.current = true;
    position.set(position.x + (pointer[0] - position.x) * share, position.y + (pointer[1] - position.y) * share, position.z + (pointer[2] - position.z) * share);
    if (Math.abs(pointer[0] - position.x) + Math.abs(pointer[1] - position.y) + Math.abs(pointer[2] - position.z) > 0.002) invalidate();

    group.current.scale.setScalar(Math.max(0.3, apparentSize(camera, position) * SIZE));
    if (tag) placeTag(tag, projected.copy(position).project(camera), size.width, size.height, pointer);
  });

  return (
    <group ref={group} visible={false}>
      <mesh geometry={POINTER_TIP} material={tip} raycast={ignoreRays} castShadow />
      <mesh geometry={POINTER_RING} material={ring} raycast={ignoreRays} position-y={0.02} />
    </group>
  );
}

const told = new WeakMap<HTMLElement, unknown>();

function placeTag(tag: HTMLElement, at: Vector3, width: number, height: number, pointer: readonly [number, number, number]): void {
  const inView = at.z < 1 && Math.abs(at.x) < 1.1 && Math.abs(at.y) < 1.1;
  if (tag.hidden === inView) tag.hidden = !inView;
  tag.style.transform = `translate3d(${((at.x + 1) / 2) * width}px, ${((1 - at.y) / 2) * height}px, 0)`;
  if (told.get(tag) === pointer) return;
  told.set(tag, pointer);
  tag.dataset['position'] = pointer.join(',');
}
