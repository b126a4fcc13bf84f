import { useThree, type ThreeEvent } from '@react-three/fiber';
import { useRef } from 'react';
import { Vector3 } from 'three';
import { useWorkspace } from '../session/WorkspaceContext';
import type { OrbitLike } from './CameraRig';
import { snappedWay } from './handling';
import { round } from './placement';
import type { Press } from './press';
import type { Vector } from './sceneElement';
import { snaps } from './snapping';
import { gathers } from './useMarquee';

const CLICK_PIXELS = 5;
const FARTHEST_DRAG = 300;
const scratch = new Vector3();

/** Which element a pointer is at. */
export type ElementAt = (event: ThreeEvent<PointerEvent> | ThreeEvent<MouseEvent>) => string | undefined;

/**
 * What pointers do to things in the scene: a click selects; pressing something selected, or something that hangs from it,
 * and moving drags the selection over the ground at the height of the hand.
 */
export function useGrip(at: ElementAt, press: Press) {
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
  const isHeld = (event: ThreeEvent<PointerEvent>) => {
    const id = at(event);
    return id !== undefined && workspace.selection.grip(id) !== undefined;
  };

  return {
    onClick: (event: ThreeEvent<MouseEvent>) => {
      const id = at(event);
      if (id === undefined || event.delta > CLICK_PIXELS || press.onGizmo) return;
      event.stopPropagation();
      workspace.selection.press(id, gathers(event, workspace.store.getState().gathering));
    },
    onDoubleClick: (event: ThreeEvent<MouseEvent>) => {
      const id = at(event);
      if (id === undefined) return;
      const isLabel = workspace.element(id)?.kind === 'label';
      // The first of the two clicks brings up handles, which stand before a label's middle.
      if (press.onGizmo && !isLabel) return;
      event.stopPropagation();
      if (workspace.selection.enter(id) || !isLabel) return;
      workspace.select(id);
      if (!workspace.locks.forbids(id, 'text')) workspace.store.setState({ editingTextId: id });
    },
    onPointerDown: (event: ThreeEvent<PointerEvent>) => {
      const id = at(event);
      if (id === undefined || press.onGizmo || event.button !== 0 || !event.isPrimary || event.shiftKey) return;
      if (workspace.store.getState().gathering || !isHeld(event) || !workspace.dragging.begin(id)) return;
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
    onPointerOver: (event: ThreeEvent<PointerEvent>) => {
      if (isHeld(event)) get().gl.domElement.style.cursor = 'grab';
    },
    onPointerOut: () => {
      if (grip.current.pointerId === -1) get().gl.domElement.style.cursor = '';
    },
  };
}
