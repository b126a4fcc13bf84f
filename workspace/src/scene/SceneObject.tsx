import { useFrame, useThree, type ThreeEvent } from '@react-three/fiber';
import { memo, useEffect, useRef } from 'react';
import { Vector3, type Group, type Mesh } from 'three';
import type { Selector } from '../presence/remoteState';
import { useWorkspace, useWorkspaceState } from '../session/WorkspaceContext';
import { Attitude } from './attitude';
import type { OrbitLike } from './CameraRig';
import { GROUND, HULLS, SOLIDS, type SolidKind } from './geometries';
import { snappedWay } from './handling';
import { labelKey, labelTextures } from './labelTexture';
import { contact, outlines, surfaces } from './materials';
import { Motion } from './motion';
import { round } from './placement';
import type { Press } from './press';
import type { ElementKind, SceneElement, Vector } from './sceneElement';
import { useShared } from './sharedPool';
import { snaps } from './snapping';
import { gathers } from './useMarquee';

const CLICK_PIXELS = 5;
const FARTHEST_DRAG = 300;
const NOBODY: readonly Selector[] = [];
const MOST_RINGS = 3;
/** A light line between an object and its outlines tells them apart where both have the same colour. */
const GAP_WIDTH = 1.5;
const RING_WIDTH = 3;
/** How much larger than the object itself its contact shadow is. */
const CONTACT: Readonly<Record<ElementKind, number>> = { box: 1.5, sphere: 1.05, cylinder: 1.4, cone: 1.4, label: 0.9, unknown: 0.6 };
const ignoreRays = () => undefined;
const scratch = new Vector3();

interface SceneObjectProps {
  readonly element: SceneElement;
  readonly ownColor: string;
  readonly press: Press;
}

export const SceneObject = memo(function SceneObject({ element, ownColor, press }: SceneObjectProps) {
  const { id, kind } = element;
  const workspace = useWorkspace();
  const invalidate = useThree((state) => state.invalidate);
  const selected = useWorkspaceState((state) => state.selection.includes(id));
  const selectors = useWorkspaceState((state) => state.selections.get(id)) ?? NOBODY;
  const tried = useWorkspaceState((state) => (state.triedColor?.ids.includes(id) ? state.triedColor.color : undefined));
  const color = tried ?? element.color;
  const rings = [...(selected ? [ownColor] : []), ...selectors.map((selector) => selector.color)].slice(0, MOST_RINGS);

  const group = useRef<Group>(null);
  const body = useRef<Group>(null);
  const shade = useRef<Mesh>(null);
  const motion = useRef<Motion>(null);
  motion.current ??= new Motion(element.position);
  const attitude = useRef<Attitude>(null);
  attitude.current ??= new Attitude(element.rotation, element.scale);

  useEffect(() => invalidate(), [invalidate, element, color, rings.length]);
  useEffect(() => {
    const { current } = group;
    if (!current) return undefined;
    workspace.drawn.set(id, current);
    return () => {
      if (workspace.drawn.get(id) === current) workspace.drawn.delete(id);
    };
  }, [workspace, id]);

  useFrame((_, delta) => {
    if (!group.current || !body.current || !motion.current || !attitude.current) return;
    const own = workspace.dragging.held.get(id);
    const theirs = workspace.remote.drags.get(id);
    // The document is ahead of this component's props when an edit was made since the last render.
    const committed = workspace.element(id) ?? element;
    const seconds = Math.min(delta, 1 / 30);

    const { current } = motion.current;
    if (own) motion.current.jump(...own.position);
    else if (motion.current.step(performance.now(), seconds, committed.position, theirs?.position)) invalidate();
    group.current.position.set(current.x, current.y, current.z);

    const rotation = own?.rotation ?? theirs?.rotation ?? committed.rotation;
    const scale = own?.scale ?? theirs?.scale ?? committed.scale;
    if (attitude.current.step(seconds, rotation, scale, own !== undefined)) invalidate();
    body.current.quaternion.copy(attitude.current.quaternion);
    body.current.scale.copy(attitude.current.scale);
    if (shade.current) lay(shade.current, kind, attitude.current.scale, rotation, current.y);
  });

  const grip = useGrip(id, selected, press);
  const click = (event: ThreeEvent<MouseEvent>) => {
    if (event.delta > CLICK_PIXELS || press.onGizmo) return;
    event.stopPropagation();
    if (gathers(event, workspace.store.getState().gathering)) workspace.selection.toggle(id);
    else workspace.select(id);
  };
  const edit = (event: ThreeEvent<MouseEvent>) => {
    if (kind !== 'label') return;
    event.stopPropagation();
    workspace.select(id);
    if (!workspace.isBlocked(id)) workspace.store.setState({ editingTextId: id });
  };

  return (
    <group ref={group} onClick={click} onDoubleClick={edit} {...grip}>
      <group ref={body}>
        {kind === 'label' ? <Label element={element} color={color} rings={rings} /> : <Solid kind={kind} color={color} rings={rings} />}
      </group>
      <mesh ref={shade} geometry={GROUND} material={contact} raycast={ignoreRays} renderOrder={-1} />
    </group>
  );
});

function Solid({ kind, color, rings }: { readonly kind: SolidKind; readonly color: string; readonly rings: readonly string[] }) {
  const material = useShared(surfaces, color);
  return (
    <>
      <mesh geometry={SOLIDS[kind]} material={material} castShadow receiveShadow />
      {rings.length > 0 && <Outline kind={kind} color="#ffffff" width={GAP_WIDTH} rank={1} />}
      {rings.map((ring, index) => (
        <Outline key={index} kind={kind} color={ring} width={GAP_WIDTH + RING_WIDTH * (index + 1)} rank={index + 2} />
      ))}
    </>
  );
}

function Outline({ kind, color, width, rank }: { readonly kind: SolidKind; readonly color: string; readonly width: number; readonly rank: number }) {
  const material = useShared(outlines, `${color}|${width}|${rank}`);
  return <mesh geometry={HULLS[kind]} material={material} raycast={ignoreRays} />;
}

function Label({ element, color, rings }: { readonly element: SceneElement; readonly color: string; readonly rings: readonly string[] }) {
  const texture = useShared(labelTextures, labelKey(element.text || element.name, color, rings));
  return (
    <sprite scale={[texture.worldWidth, texture.worldHeight, 1]}>
      <spriteMaterial key={texture.uuid} map={texture} transparent alphaTest={0.02} toneMapped={false} />
    </sprite>
  );
}

/** The nearer to the ground, the tighter and darker: a mesh shares its material, so distance shows as size. */
function lay(shade: Mesh, kind: ElementKind, scale: Vector3, rotation: Vector, height: number): void {
  const gap = Math.max(0, height - 0.5 * scale.y);
  const share = height < -0.5 * scale.y ? 0 : Math.max(0, 1 - gap / 2.5);
  const size = CONTACT[kind] * (0.55 + 0.45 * share) * share;
  shade.visible = share > 0.02;
  shade.position.y = 0.006 - height;
  shade.rotation.y = rotation[1];
  shade.scale.set(size * scale.x, 1, size * scale.z);
}

/** Pressing a selected object and moving drags the selection over the ground at its height. */
function useGrip(id: string, selected: boolean, press: Press) {
  const workspace = useWorkspace();
  const get = useThree((state) => state.get);
  const grip = useRef({ pointerId: -1, moved: false, startX: 0, startY: 0, height: 0, fromX: 0, fromZ: 0 });

  const release = () => {
    if (grip.current.pointerId === -1) return;
    grip.current.pointerId = -1;
    const orbit = get().controls as OrbitLike | null;
    if (orbit) orbit.enabled = true;
    get().gl.domElement.style.cursor = '';
    workspace.dragging.end();
  };
  const target = (event: ThreeEvent<PointerEvent>) => event.target as Element;

  return {
    onPointerDown: (event: ThreeEvent<PointerEvent>) => {
      if (!selected || press.onGizmo || event.button !== 0 || !event.isPrimary || event.shiftKey || workspace.store.getState().gathering) return;
      if (!workspace.dragging.begin(id)) return;
      event.stopPropagation();
      grip.current = {
        pointerId: event.pointerId,
        moved: false,
        startX: event.clientX,
        startY: event.clientY,
        height: event.point.y,
        fromX: event.point.x,
        fromZ: event.point.z,
      };
      const orbit = get().controls as OrbitLike | null;
      if (orbit) orbit.enabled = false;
      target(event).setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: ThreeEvent<PointerEvent>) => {
      const held = grip.current;
      if (held.pointerId !== event.pointerId) return;
      held.moved ||= Math.hypot(event.clientX - held.startX, event.clientY - held.startY) > CLICK_PIXELS;
      if (!held.moved) return;
      event.stopPropagation();
      get().gl.domElement.style.cursor = 'grabbing';
      const { origin, direction } = event.ray;
      const distance = (held.height - origin.y) / direction.y;
      if (!(distance > 0 && distance < FARTHEST_DRAG)) return;
      scratch.copy(direction).multiplyScalar(distance).add(origin);
      const by: Vector = [scratch.x - held.fromX, 0, scratch.z - held.fromZ];
      const from = workspace.dragging.origin;
      workspace.dragging.handle({ kind: 'move', by: from && snaps(event, workspace.store.getState().snapping) ? snappedWay(from.position, by) : by });
      workspace.session.setAwareness({ pointer: { position: [round(scratch.x), round(held.height), round(scratch.z)] } });
    },
    onPointerUp: (event: ThreeEvent<PointerEvent>) => {
      if (grip.current.pointerId !== event.pointerId) return;
      target(event).releasePointerCapture(event.pointerId);
      release();
    },
    onLostPointerCapture: release,
    onPointerOver: () => {
      if (selected) get().gl.domElement.style.cursor = 'grab';
    },
    onPointerOut: () => {
      if (grip.current.pointerId === -1) get().gl.domElement.style.cursor = '';
    },
  };
}
