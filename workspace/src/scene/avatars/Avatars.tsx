import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import { Color, DoubleSide, DynamicDrawUsage, InstancedMesh, MeshBasicMaterial, Object3D, Vector3, type BufferGeometry, type Camera, type Material } from 'three';
import { colorOf, statusOf } from '../../presence/remoteState';
import { useParticipants, useSelfId, useWorkspace } from '../../session/WorkspaceContext';
import type { OrbitLike } from '../CameraRig';
import { FACE, GAZE, HALO, HEAD } from './avatarGeometry';
import { headSize } from './headSize';
import { freeArea, labelPlace, type FreeArea } from './labelPlace';
import { Pace } from './pace';
import { ViewPose } from './viewPose';
import { isInTheWay } from './sight';

/** More people than this have no head in the scene; they are in the list all the same. */
const MOST_HEADS = 64;
/** Names of the nearest ones; more would cover the scene. */
const MOST_NAMES = 16;
const OFFLINE_SIZE = 0.8;
const OFFLINE_GREY = new Color('#8f928e');
const reducedMotion = window.matchMedia('(prefers-reduced-motion: reduce)');
const ignoreRays = () => undefined;

const HEAD_MATERIAL = new MeshBasicMaterial({ vertexColors: true, toneMapped: false });
const FACE_MATERIAL = new MeshBasicMaterial({ vertexColors: true, toneMapped: false });
const HALO_MATERIAL = new MeshBasicMaterial({ toneMapped: false, side: DoubleSide });
const GAZE_MATERIAL = new MeshBasicMaterial({ vertexColors: true, toneMapped: false, transparent: true, opacity: 0.4, depthWrite: false, side: DoubleSide });

interface Head {
  readonly participantId: string;
  readonly color: Color;
  readonly isOffline: boolean;
  pose: ViewPose | undefined;
  /** Of this frame: how near it is, and how large. */
  distance: number;
  size: number;
}

const dummy = new Object3D();
const above = new Vector3();

/** The others' cameras as heads that look where they look: four draw calls, however many people there are. */
export function Avatars() {
  const workspace = useWorkspace();
  const heads = useHeads();
  const { invalidate, size } = useThree();
  const parts = useMemo(newParts, []);
  useEffect(() => () => Object.values(parts).forEach((part) => part.dispose()), [parts]);
  useEffect(() => invalidate(), [invalidate, heads]);

  const shown = useRef<Head[]>([]);
  const pace = useMemo(() => new Pace(), []);
  useFrame(({ camera, controls }, delta) => {
    const { company, remote } = workspace;
    const { following } = company.store.getState();
    const target = (controls as OrbitLike | null)?.target;
    const seconds = pace.seconds(delta);
    let moves = false;
    shown.current.length = 0;
    if (target) {
      const own = { position: camera.position, target };
      for (const head of heads) {
        const look = remote.looks.get(head.participantId);
        if (look === undefined) continue;
        head.pose ??= new ViewPose(look);
        if (head.pose.step(look, seconds, reducedMotion.matches)) moves = true;
        else tell(company.tags.get(head.participantId), look.position);
        if (head.participantId === following || isInTheWay(own, head.pose)) continue;
        dummy.position.set(head.pose.position.x, head.pose.position.y, head.pose.position.z);
        head.distance = camera.position.distanceTo(dummy.position);
        head.size = headSize(camera, dummy.position) * (head.isOffline ? OFFLINE_SIZE : 1);
        shown.current.push(head);
      }
    }
    if (pace.next(moves)) invalidate();
    place(parts, shown.current, camera, remote.speaking);
    if (heads.length > MOST_NAMES) shown.current.sort((a, b) => a.distance - b.distance);
    const free = freeArea(size, workspace.covered);
    for (const head of heads) {
      const tag = company.tags.get(head.participantId);
      const rank = shown.current.indexOf(head);
      if (tag) placeName(tag, rank !== -1 && rank < MOST_NAMES ? head : undefined, camera, size, free);
    }
  });

  return (
    <>
      {Object.values(parts).map((part) => (
        <primitive key={part.uuid} object={part} />
      ))}
    </>
  );
}

/** Everybody else, each with the pose that they had before. */
function useHeads(): readonly Head[] {
  const participants = useParticipants();
  const selfId = useSelfId();
  const before = useRef<readonly Head[]>([]);
  return useMemo(() => {
    const others = [...participants.values()].filter(({ participantId }) => participantId !== selfId).slice(0, MOST_HEADS);
    before.current = others.map((person): Head => {
      const { participantId } = person;
      const isOffline = statusOf(person) === 'OFFLINE';
      const color = new Color(colorOf(person));
      if (isOffline) color.lerp(OFFLINE_GREY, 0.75);
      return { participantId, color, isOffline, pose: before.current.find((head) => head.participantId === participantId)?.pose, distance: 0, size: 0 };
    });
    return before.current;
  }, [participants, selfId]);
}

interface Parts {
  readonly head: InstancedMesh;
  readonly face: InstancedMesh;
  readonly gaze: InstancedMesh;
  readonly halo: InstancedMesh;
}

function newParts(): Parts {
  return { head: instances(HEAD, HEAD_MATERIAL), face: instances(FACE, FACE_MATERIAL), gaze: instances(GAZE, GAZE_MATERIAL), halo: instances(HALO, HALO_MATERIAL) };
}

function instances(geometry: BufferGeometry, material: Material): InstancedMesh {
  const mesh = new InstancedMesh(geometry, material, MOST_HEADS);
  mesh.instanceMatrix.setUsage(DynamicDrawUsage);
  mesh.count = 0;
  mesh.visible = false;
  mesh.frustumCulled = false;
  mesh.raycast = ignoreRays;
  return mesh;
}

function place({ head, face, gaze, halo }: Parts, shown: readonly Head[], camera: Camera, speaking: ReadonlySet<string>): void {
  let speakers = 0;
  shown.forEach(({ participantId, pose, size, color, isOffline }, index) => {
    if (pose === undefined) return;
    const { position, target } = pose;
    dummy.position.set(position.x, position.y, position.z);
    dummy.scale.setScalar(size);
    dummy.lookAt(target.x, target.y, target.z);
    dummy.updateMatrix();
    head.setMatrixAt(index, dummy.matrix);
    head.setColorAt(index, color);
    face.setMatrixAt(index, dummy.matrix);
    gaze.setColorAt(index, color);
    if (isOffline) dummy.scale.setScalar(0);
    dummy.updateMatrix();
    gaze.setMatrixAt(index, dummy.matrix);
    if (!speaking.has(participantId)) return;
    dummy.scale.setScalar(size);
    dummy.quaternion.copy(camera.quaternion);
    dummy.updateMatrix();
    halo.setMatrixAt(speakers, dummy.matrix);
    halo.setColorAt(speakers, color);
    speakers += 1;
  });
  for (const part of [head, face, gaze]) draw(part, shown.length);
  draw(halo, speakers);
}

function draw(mesh: InstancedMesh, count: number): void {
  mesh.count = count;
  mesh.visible = count > 0;
  if (count === 0) return;
  mesh.instanceMatrix.needsUpdate = true;
  if (mesh.instanceColor) mesh.instanceColor.needsUpdate = true;
}

/** The name stands above the head; no head, no name. */
function placeName(tag: HTMLElement, head: Head | undefined, camera: Camera, screen: { readonly width: number; readonly height: number }, free: FreeArea): void {
  const pose = head?.pose;
  if (head && pose) above.set(pose.position.x, pose.position.y + head.size * 0.75, pose.position.z).project(camera);
  const at = pose && labelPlace(above, screen, free);
  if (tag.hidden === (at !== undefined)) tag.hidden = at === undefined;
  if (at) tag.style.transform = `translate3d(${at.x}px, ${at.y}px, 0)`;
}

const told = new WeakMap<HTMLElement, unknown>();

/** Where somebody's camera came to rest. */
function tell(tag: HTMLElement | undefined, position: readonly number[]): void {
  if (!tag || told.get(tag) === position) return;
  told.set(tag, position);
  tag.dataset['position'] = position.join(',');
}
