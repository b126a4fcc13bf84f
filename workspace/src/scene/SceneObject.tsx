import { useFrame, useThree, type ThreeEvent } from '@react-three/fiber';
import { memo, useEffect, useRef } from 'react';
import { Vector3, type Group, type Mesh } from 'three';
import type { Selector } from '../presence/remoteState';
import { isForeign } from '../locks/lockOn';
import { useLockOn, useSelfUser, useWorkspace, useWorkspaceState } from '../session/WorkspaceContext';
import type { OrbitLike } from './CameraRig';
import { Gizmo } from './Gizmo';
import { GROUND, HULLS, SOLIDS, type SolidKind } from './geometries';
import { labelKey, labelTextures } from './labelTexture';
import { contact, outlines, surfaces } from './materials';
import { Motion } from './motion';
import { round } from './placement';
import type { Press } from './press';
import type { ElementKind, SceneElement } from './sceneElement';
import { useShared } from './sharedPool';

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
  const selected = useWorkspaceState((state) => state.selectedId === id);
  const selectors = useWorkspaceState((state) => state.selections.get(id)) ?? NOBODY;
  const tried = useWorkspaceState((state) => (state.triedColor?.id === id ? state.triedColor.color : undefined));
  const color = tried ?? element.color;
  const rings = [...(selected ? [ownColor] : []), ...selectors.map((selector) => selector.color)].slice(0, MOST_RINGS);

  const group = useRef<Group>(null);
  const shade = useRef<Mesh>(null);
  const motion = useRef<Motion>(null);
  motion.current ??= new Motion(element.position);

  useEffect(() => invalidate(), [invalidate, element, color, rings.length]);

  useFrame((_, delta) => {
    if (!group.current || !motion.current) return;
    const { current } = motion.current;
    if (workspace.drag.id === id) {
      const { x, y, z } = workspace.drag.position;
      motion.current.jump(x, y, z);
    } else {
      // The document is ahead of this component's props when an edit was made since the last render.
      const committed = workspace.element(id)?.position ?? element.position;
      if (motion.current.step(performance.now(), Math.min(delta, 1 / 30), committed, workspace.remote.drags.get(id))) invalidate();
    }
    group.current.position.set(current.x, current.y, current.z);
    if (shade.current) lay(shade.current, element, current.y);
  });

  // Only what is selected can be moved, so only there a lock matters.
  const blocked = isForeign(useLockOn(selected ? id : undefined), useSelfUser());
  const grip = useGrip(id, selected, press);
  const click = (event: ThreeEvent<MouseEvent>) => {
    if (event.delta > CLICK_PIXELS || press.onGizmo) return;
    event.stopPropagation();
    workspace.select(id);
  };
  const edit = (event: ThreeEvent<MouseEvent>) => {
    if (kind !== 'label') return;
    event.stopPropagation();
    workspace.select(id);
    if (!workspace.isBlocked(id)) workspace.store.setState({ editingTextId: id });
  };

  return (
    <>
      <group ref={group} onClick={click} onDoubleClick={edit} {...grip}>
        {kind === 'label' ? <Label element={element} color={color} rings={rings} /> : <Solid element={element} kind={kind} color={color} rings={rings} />}
        <mesh ref={shade} geometry={GROUND} material={contact} raycast={ignoreRays} renderOrder={-1} />
      </group>
      {selected && !blocked && <Gizmo object={group} element={element} press={press} />}
    </>
  );
});

function Solid({ element, kind, color, rings }: { readonly element: SceneElement; readonly kind: SolidKind; readonly color: string; readonly rings: readonly string[] }) {
  const material = useShared(surfaces, color);
  return (
    <group rotation={element.rotation as [number, number, number]} scale={element.scale as [number, number, number]}>
      <mesh geometry={SOLIDS[kind]} material={material} castShadow receiveShadow />
      {rings.length > 0 && <Outline kind={kind} color="#ffffff" width={GAP_WIDTH} rank={1} />}
      {rings.map((ring, index) => (
        <Outline key={index} kind={kind} color={ring} width={GAP_WIDTH + RING_WIDTH * (index + 1)} rank={index + 2} />
      ))}
    </group>
  );
}

function Outline({ kind, color, width, rank }: { readonly kind: SolidKind; readonly color: string; readonly width: number; readonly rank: number }) {
  const material = useShared(outlines, `${color}|${width}|${rank}`);
  return <mesh geometry={HULLS[kind]} material={material} raycast={ignoreRays} />;
}

function Label({ element, color, rings }: { readonly element: SceneElement; readonly color: string; readonly rings: readonly string[] }) {
  const texture = useShared(labelTextures, labelKey(element.text || element.name, color, rings));
  const [x, y] = element.scale;
  return (
    <sprite scale={[texture.worldWidth * x, texture.worldHeight * y, 1]}>
      <spriteMaterial key={texture.uuid} map={texture} transparent alphaTest={0.02} toneMapped={false} />
    </sprite>
  );
}

/** The nearer to the ground, the tighter and darker: a mesh shares its material, so distance shows as size. */
function lay(shade: Mesh, element: SceneElement, height: number): void {
  const gap = Math.max(0, height - 0.5 * element.scale[1]);
  const share = height < -0.5 * element.scale[1] ? 0 : Math.max(0, 1 - gap / 2.5);
  const size = CONTACT[element.kind] * (0.55 + 0.45 * share) * share;
  shade.visible = share > 0.02;
  shade.position.y = 0.006 - height;
  shade.rotation.y = element.rotation[1];
  shade.scale.set(size * element.scale[0], 1, size * element.scale[2]);
}

/** Pressing the selected object and moving drags it over the ground at its height. */
function useGrip(id: string, selected: boolean, press: Press) {
  const workspace = useWorkspace();
  const get = useThree((state) => state.get);
  const grip = useRef({ pointerId: -1, moved: false, startX: 0, startY: 0, height: 0, offsetX: 0, offsetZ: 0, y: 0 });

  const release = () => {
    if (grip.current.pointerId === -1) return;
    grip.current.pointerId = -1;
    const orbit = get().controls as OrbitLike | null;
    if (orbit) orbit.enabled = true;
    get().gl.domElement.style.cursor = '';
    if (grip.current.moved) workspace.endDrag();
  };
  const target = (event: ThreeEvent<PointerEvent>) => event.target as Element;

  return {
    onPointerDown: (event: ThreeEvent<PointerEvent>) => {
      if (!selected || press.onGizmo || event.button !== 0 || !event.isPrimary || workspace.isBlocked(id)) return;
      event.stopPropagation();
      const position = event.eventObject.position;
      grip.current = {
        pointerId: event.pointerId,
        moved: false,
        startX: event.clientX,
        startY: event.clientY,
        height: event.point.y,
        offsetX: position.x - event.point.x,
        offsetZ: position.z - event.point.z,
        y: position.y,
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
      workspace.dragTo(id, scratch.x + held.offsetX, held.y, scratch.z + held.offsetZ);
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
