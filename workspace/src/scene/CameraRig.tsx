import { OrbitControls } from '@react-three/drei';
import { useFrame, useThree } from '@react-three/fiber';
import { useCallback, useEffect, useRef } from 'react';
import { MathUtils, Vector3, type Camera, type PerspectiveCamera } from 'three';
import type { Look } from '../presence/remoteState';
import type { Frame } from '../session/workspace';
import { useWorkspace } from '../session/WorkspaceContext';
import { useFollowing, useTellingView } from './avatars/useFollowing';
import { middleOf, type Bounds } from './bounds';
import type { MutableVector } from './motion';
import { gathered } from './placement';
import type { SceneElement } from './sceneElement';
import { standingElements } from './tree';

/** What is used of drei's orbit controls. */
export interface OrbitLike {
  enabled: boolean;
  readonly target: Vector3;
  update(): void;
}

const FLIGHT_MS = 480;
const HOME: Look = { position: [6.4, 5.2, 8.4], target: [0, 0.4, 0] };
const reducedMotion = window.matchMedia('(prefers-reduced-motion: reduce)');

export function CameraRig() {
  const workspace = useWorkspace();
  const { camera, invalidate } = useThree();
  const get = useThree((state) => state.get);
  const flight = useRef({ startedAt: 0, active: false, fromPosition: new Vector3(), toPosition: new Vector3(), fromTarget: new Vector3(), toTarget: new Vector3() });

  const looking = useRef(false);

  const flyTo = useCallback(
    (look: Look, instantly: boolean) => {
      const controls = get().controls as OrbitLike | null;
      if (!controls) return;
      const plan = flight.current;
      plan.fromPosition.copy(camera.position);
      plan.fromTarget.copy(controls.target);
      plan.toPosition.set(...look.position);
      plan.toTarget.set(...look.target);
      plan.startedAt = performance.now() - (instantly || reducedMotion.matches ? FLIGHT_MS : 0);
      plan.active = true;
      invalidate();
    },
    [camera, get, invalidate],
  );

  const showEverything = useCallback(
    (instantly: boolean) => {
      const elements = standingElements(workspace.session.document);
      flyTo(elements.length === 0 ? HOME : framing(gathered(elements), camera as PerspectiveCamera), instantly);
    },
    [workspace, camera, flyTo],
  );

  useEffect(() => {
    workspace.view = {
      invalidate,
      lookedAt: () => {
        const target = (get().controls as OrbitLike | null)?.target;
        return target ? [target.x, target.z] : [0, 0];
      },
      showEverything: () => {
        workspace.company.stay();
        showEverything(false);
      },
      show: (part) => {
        workspace.company.stay();
        flyTo(framing([spanOf(part)], camera as PerspectiveCamera), false);
      },
      turns: (on) => {
        const controls = get().controls as OrbitLike | null;
        if (controls) controls.enabled = on;
      },
      inside: (frame) => {
        const { size } = get();
        return standingElements(workspace.session.document)
          .filter(({ id, position }) => isInside(frame, workspace.drawn.get(id)?.position ?? { x: position[0], y: position[1], z: position[2] }, camera, size))
          .map(({ id }) => id);
      },
    };
    // Whoever looks back, or at the present again, goes on looking from where they are.
    if (!looking.current) showEverything(true);
    looking.current = true;
    invalidate();
    return () => {
      workspace.view = undefined;
    };
  }, [workspace, invalidate, get, flyTo, showEverything]);

  useFrame(({ controls }) => {
    const plan = flight.current;
    const orbit = controls as OrbitLike | null;
    if (!plan.active || !orbit) return;
    const share = Math.min(1, (performance.now() - plan.startedAt) / FLIGHT_MS);
    const eased = 1 - (1 - share) ** 3;
    camera.position.lerpVectors(plan.fromPosition, plan.toPosition, eased);
    orbit.target.lerpVectors(plan.fromTarget, plan.toTarget, eased);
    orbit.update();
    plan.active = share < 1;
    if (plan.active) invalidate();
  });

  // What a sheet or a panel covers is not part of the stage: the middle of the view moves by half of it.
  const shift = useRef({ x: 0, y: 0, width: 0, height: 0 });
  useFrame(({ size }, delta) => {
    const view = camera as PerspectiveCamera;
    const { right, bottom } = workspace.covered;
    const { x, y, width, height } = shift.current;
    const resting = x === right / 2 && y === bottom / 2;
    if (resting && ((x === 0 && y === 0) || (width === size.width && height === size.height))) return;
    const next = shift.current;
    next.x = glided(x, right / 2, delta);
    next.y = glided(y, bottom / 2, delta);
    next.width = size.width;
    next.height = size.height;
    if (next.x === 0 && next.y === 0) view.clearViewOffset();
    else view.setViewOffset(size.width, size.height, next.x, next.y, size.width, size.height);
    invalidate();
  });

  const hands = useFollowing();
  useTellingView();

  return (
    <OrbitControls
      makeDefault
      enableDamping={!reducedMotion.matches}
      dampingFactor={0.09}
      rotateSpeed={0.8}
      minDistance={1.5}
      maxDistance={140}
      maxPolarAngle={Math.PI / 2 - 0.03}
      screenSpacePanning={false}
      onStart={() => {
        flight.current.active = false;
        hands.onStart();
      }}
      onChange={hands.onChange}
      onEnd={hands.onEnd}
    />
  );
}

const projected = new Vector3();

function isInside({ left, top, right, bottom }: Frame, { x, y, z }: MutableVector, camera: Camera, size: { readonly width: number; readonly height: number }): boolean {
  projected.set(x, y, z).project(camera);
  const [across, down] = [((projected.x + 1) / 2) * size.width, ((1 - projected.y) / 2) * size.height];
  return projected.z < 1 && across >= left && across <= right && down >= top && down <= bottom;
}

/** A frame's way from `now` to `wanted`. */
function glided(now: number, wanted: number, deltaSeconds: number): number {
  const left = (wanted - now) * Math.exp(-14 * Math.min(deltaSeconds, 1 / 30));
  return Math.abs(left) < 0.5 || reducedMotion.matches ? wanted : wanted - left;
}

/** A view from above that has all objects in it, whatever the window's shape. */
function framing(elements: readonly Pick<SceneElement, 'position' | 'scale'>[], camera: PerspectiveCamera): Look {
  const low: [number, number, number] = [Infinity, Infinity, Infinity];
  const high: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  for (const { position, scale } of elements) {
    const reach = 0.5 * Math.max(...scale);
    for (const axis of [0, 1, 2] as const) {
      low[axis] = Math.min(low[axis], position[axis] - reach);
      high[axis] = Math.max(high[axis], position[axis] + reach);
    }
  }
  const middle = ([0, 1, 2] as const).map((axis) => (low[axis] + high[axis]) / 2) as [number, number, number];
  const radius = Math.max(1.6, Math.hypot(high[0] - low[0], high[1] - low[1], high[2] - low[2]) / 2);
  const narrow = Math.min(1, camera.aspect);
  const distance = Math.min(130, (radius * 0.95) / Math.sin(MathUtils.degToRad(camera.fov / 2)) / narrow);
  const direction = new Vector3(...HOME.position).sub(new Vector3(...HOME.target)).normalize();
  return {
    position: [middle[0] + direction.x * distance, middle[1] + direction.y * distance, middle[2] + direction.z * distance],
    target: middle,
  };
}

function spanOf(part: Bounds): Pick<SceneElement, 'position' | 'scale'> {
  const [width, height, depth] = ([0, 1, 2] as const).map((axis) => part.high[axis] - part.low[axis]);
  return { position: middleOf(part), scale: [width ?? 0, height ?? 0, depth ?? 0] };
}

/** What keeps its size on the screen is scaled by this; a little smaller where the window is narrow. */
export function apparentSize(camera: Camera, at: Vector3): number {
  const { aspect } = camera as PerspectiveCamera;
  return camera.position.distanceTo(at) * Math.min(1, 0.35 + aspect * 0.65);
}
