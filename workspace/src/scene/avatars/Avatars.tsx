import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import { Color, Matrix4, Object3D, Vector3, type Camera } from 'three';
import { eyesOn, headLook, TINT_COLORS, wornBy, type HeadLook } from '../../profile/look';
import { colorOf, statusOf } from '../../presence/remoteState';
import { useParticipants, useSelfId, useWorkspace } from '../../session/WorkspaceContext';
import type { OrbitLike } from '../CameraRig';
import { FITS } from './avatarGeometry';
import { HeadParts } from './headParts';
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
const WHITE = new Color('#ffffff');

interface Head {
  readonly participantId: string;
  readonly color: Color;
  readonly look: HeadLook;
  readonly visor: Color;
  readonly eyes: Color;
  readonly accent: Color;
  readonly isOffline: boolean;
  pose: ViewPose | undefined;
  /** Of this frame: how near it is, and how large. */
  distance: number;
  size: number;
}

const dummy = new Object3D();
const above = new Vector3();
const worn = new Matrix4();

/** The others' cameras as heads that look where they look, and as they chose to look: a few draw calls, however many people there are. */
export function Avatars() {
  const workspace = useWorkspace();
  const heads = useHeads();
  const { invalidate, size } = useThree();
  const parts = useMemo(() => new HeadParts(MOST_HEADS), []);
  useEffect(() => () => parts.dispose(), [parts]);
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

  return <primitive object={parts.group} />;
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
      const shown = (hex: string) => (isOffline ? new Color(hex).lerp(OFFLINE_GREY, 0.75) : new Color(hex));
      const look = headLook(person.look);
      const colors = { color: shown(colorOf(person)), visor: shown(TINT_COLORS[look.visor]), eyes: shown(eyesOn(look.visor)), accent: shown(TINT_COLORS[look.accent]) };
      return { participantId, ...colors, look, isOffline, pose: before.current.find((head) => head.participantId === participantId)?.pose, distance: 0, size: 0 };
    });
    return before.current;
  }, [participants, selfId]);
}

function place(parts: HeadParts, shown: readonly Head[], camera: Camera, speaking: ReadonlySet<string>): void {
  parts.begin();
  for (const head of shown) {
    const { participantId, pose, size, color, look, isOffline } = head;
    if (pose === undefined) continue;
    const { position, target } = pose;
    dummy.position.set(position.x, position.y, position.z);
    dummy.scale.setScalar(size);
    dummy.lookAt(target.x, target.y, target.z);
    dummy.updateMatrix();
    parts.put(`head-${look.shape}`, dummy.matrix, color);
    parts.put(`rim-${look.shape}`, dummy.matrix, WHITE);
    parts.put('visor', dummy.matrix, head.visor);
    parts.put('eyes', dummy.matrix, head.eyes);
    if (!isOffline) parts.put('gaze', dummy.matrix, color);
    putWorn(parts, head);
    if (!speaking.has(participantId)) continue;
    dummy.quaternion.copy(camera.quaternion);
    dummy.updateMatrix();
    parts.put('halo', dummy.matrix, color);
  }
  parts.end();
}

/** What a head wears, as the shape of the head needs it. */
function putWorn(parts: HeadParts, { look, accent }: Head): void {
  const fit = FITS[look.shape];
  for (const accessory of wornBy(look)) {
    if (accessory === look.hat) worn.makeTranslation(0, fit.top, 0);
    else if (accessory === 'headphones') worn.makeScale(fit.width, fit.height, 1);
    else worn.identity();
    parts.put(`worn-${accessory}`, worn.premultiply(dummy.matrix), accent);
  }
}

/** The name stands above the head; no head, no name. */
function placeName(tag: HTMLElement, head: Head | undefined, camera: Camera, screen: { readonly width: number; readonly height: number }, free: FreeArea): void {
  const pose = head?.pose;
  if (head && pose) above.set(pose.position.x, pose.position.y + head.size * (head.look.hat ? 1.05 : 0.75), pose.position.z).project(camera);
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
