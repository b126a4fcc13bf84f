import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import { Raycaster, Vector2, type Camera, type Object3D, type Scene } from 'three';
import type { Aim } from '../../presence/laser';
import { colorOf, FALLBACK_COLOR } from '../../presence/remoteState';
import type { Beam } from '../../presence/signals';
import type { Workspace } from '../../session/workspace';
import { useWorkspace } from '../../session/WorkspaceContext';
import { OVERLAY } from '../media/Outlines';
import { LaserRay } from './laserRay';
import { Pace } from './pace';

/** So many lasers at once are drawn, one's own included. */
const MOST_LASERS = 8;
const FARTHEST = 250;
/** Where a laser ends that meets nothing. */
const INTO_THE_SKY = 40;
/** One's own among the owners; no participant's id is empty. */
const SELF = '';
const reducedMotion = window.matchMedia('(prefers-reduced-motion: reduce)');

const raycaster = new Raycaster();
const place = new Vector2();

/** Everybody's lasers: a beam from the head of whoever points, and its spot with a trail that fades. */
export function Lasers({ ownColor }: { readonly ownColor: string }) {
  const workspace = useWorkspace();
  const { scene, camera, gl, invalidate } = useThree();
  const rays = useMemo(() => Array.from({ length: MOST_LASERS }, () => new LaserRay()), []);
  const pace = useMemo(() => new Pace(), []);
  const owners = useRef(new Map<string, LaserRay>()).current;
  useEffect(() => () => rays.forEach((ray) => ray.dispose()), [rays]);

  useEffect(() => {
    const { laser } = workspace.company;
    laser.aim = aimIn(scene, camera, gl.domElement);
    return () => {
      laser.aim = undefined;
      laser.off();
    };
  }, [workspace, scene, camera, gl]);

  useFrame(({ camera: eye }, delta) => {
    const { company, remote } = workspace;
    const { spot } = company.laser;
    const own: Beam | undefined = spot && { from: [eye.position.x, eye.position.y, eye.position.z], to: spot };
    if (own) take(owners, rays, SELF);
    for (const owner of remote.beams.keys()) take(owners, rays, owner);

    const now = performance.now();
    const seconds = pace.seconds(delta);
    let moves = false;
    for (const [owner, ray] of owners) {
      const beam = owner === SELF ? own : remote.beams.get(owner);
      const color = owner === SELF ? ownColor : colorNow(workspace, owner);
      moves = ray.step(beam, { color, now, camera: eye, seconds, isOwn: owner === SELF, calm: reducedMotion.matches }) || moves;
      if (ray.isGone(now)) owners.delete(owner);
      tell(company.tags.get(owner), beam);
    }
    if (pace.next(moves)) invalidate();
  });

  return (
    <>
      {rays.map((ray) => (
        <primitive key={ray.group.uuid} object={ray.group} />
      ))}
    </>
  );
}

/** Gives whoever points a free ray, if there is one. */
function take(owners: Map<string, LaserRay>, rays: readonly LaserRay[], owner: string): void {
  if (owners.has(owner)) return;
  const taken = new Set(owners.values());
  const free = rays.find((ray) => !taken.has(ray));
  if (free) owners.set(owner, free);
}

function colorNow({ session }: Workspace, participantId: string): string {
  const participant = session.participants.get(participantId);
  return participant ? colorOf(participant) : FALLBACK_COLOR;
}

function aimIn(scene: Scene, camera: Camera, canvas: HTMLCanvasElement): Aim {
  return (clientX, clientY) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    if (width === 0 || height === 0) return undefined;
    raycaster.setFromCamera(place.set(((clientX - left) / width) * 2 - 1, 1 - ((clientY - top) / height) * 2), camera);
    raycaster.far = FARTHEST;
    const hit = raycaster.intersectObject(scene, true).find(({ object }) => isShown(object));
    const to = hit?.point ?? raycaster.ray.at(INTO_THE_SKY, raycaster.ray.origin.clone());
    const { position } = camera;
    return { from: [position.x, position.y, position.z], to: [to.x, to.y, to.z] };
  };
}

/** Not what is only drawn over the scene, as handles are. */
function isShown(object: Object3D): boolean {
  for (let each: Object3D | null = object; each !== null; each = each.parent) if (!each.visible || each.name === OVERLAY) return false;
  return true;
}

/** What somebody points at right now. */
function tell(tag: HTMLElement | undefined, beam: Beam | undefined): void {
  if (!tag) return;
  const text = beam?.to.join(',');
  if (tag.dataset['laser'] === text) return;
  if (text === undefined) delete tag.dataset['laser'];
  else tag.dataset['laser'] = text;
}
