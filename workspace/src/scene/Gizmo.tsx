import type { DocumentView } from '@chorale/client';
import { may } from '@chorale/client/access';
import { useFrame, useThree, type ThreeEvent } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import { BoxGeometry, ConeGeometry, CylinderGeometry, Euler, Quaternion, TorusGeometry, Vector3, type Group } from 'three';
import { mergeGeometries } from 'three/examples/jsm/utils/BufferGeometryUtils.js';
import { isForeign, lockOn } from '../locks/lockOn';
import { useDocument, useSelfUser, useSessionValue, useWorkspace, useWorkspaceState } from '../session/WorkspaceContext';
import type { Workspace } from '../session/workspace';
import { PROPERTY_OF, type Mode } from '../session/workspaceState';
import { alongAxis, angleAround, AXES } from './axes';
import { worldBounds, type Bounds } from './bounds';
import { apparentSize } from './CameraRig';
import { placementOf, worldMatrix, worldPosition } from './frames';
import { Handle, type Grab } from './Handle';
import { middleOf, snappedAngle, snappedFactor, snappedWay } from './handling';
import type { Press } from './press';
import type { SceneElement, Vector } from './sceneElement';
import { lookupIn, topmost } from './tree';

const SIZE = 0.085;
const GAP = 0.14;
const FARTHEST_DRAG = 300;
/** So many pixels double the size. */
const DOUBLE_PIXELS = 120;
const coarse = window.matchMedia('(pointer: coarse)');

const ARROW = mergeGeometries([new CylinderGeometry(0.028, 0.028, 0.5, 12).translate(0, 0.25, 0), new ConeGeometry(0.11, 0.28, 24).translate(0, 0.62, 0)]);
const ARROW_TARGET = new CylinderGeometry(0.17, 0.17, 0.86, 8).translate(0, 0.42, 0);
const ARROW_TARGET_COARSE = new CylinderGeometry(0.3, 0.3, 1.1, 8).translate(0, 0.5, 0);
const ARM = mergeGeometries([new CylinderGeometry(0.028, 0.028, 0.56, 12).translate(0, 0.28, 0).toNonIndexed(), new BoxGeometry(0.19, 0.19, 0.19).translate(0, 0.62, 0).toNonIndexed()]);
const ALL = new BoxGeometry(0.24, 0.24, 0.24);
const ALL_TARGET = new BoxGeometry(0.4, 0.4, 0.4);
const RING = new TorusGeometry(1, 0.017, 8, 72).rotateX(Math.PI / 2);
const RING_TARGET = new TorusGeometry(1, 0.1, 6, 48).rotateX(Math.PI / 2);
const RING_TARGET_COARSE = new TorusGeometry(1, 0.18, 6, 48).rotateX(Math.PI / 2);
const RING_HALO = new TorusGeometry(1, 0.034, 8, 72).rotateX(Math.PI / 2);
/** Rings go around an object, unless it fills the screen. */
const [RING_SMALLEST, RING_LARGEST] = [1.15, 2.3];

/** From the Y axis, along which the geometries are made, to each axis. */
const TURNS: readonly [Vector, Vector, Vector] = [
  [0, 0, -Math.PI / 2],
  [0, 0, 0],
  [Math.PI / 2, 0, 0],
];
const INDICES = [0, 1, 2] as const;

const ON_LOCKS = ['locks', 'document'] as const;
const ON_RIGHTS = ['permissions', 'state'] as const;
const centre = new Vector3();
const turn = new Quaternion();
const euler = new Euler();

/** Handles around the selection. They stand in its middle, along the world's axes, and do to all of it what they are pulled for. */
export function Gizmo({ press }: { readonly press: Press }) {
  const selection = useWorkspaceState((state) => state.selection);
  const mode = useWorkspaceState((state) => state.mode);
  const document = useDocument();
  const userId = useSelfUser();
  const { session } = useWorkspace();
  const locks = useSessionValue(session, ON_LOCKS, (read) => read.locks);
  const self = useSessionValue(session, ON_RIGHTS, (read) => read.self);
  const elements = useMemo(() => {
    const lookup = lookupIn(document);
    return topmost(document, selection).flatMap((id): readonly SceneElement[] => {
      const free = !isForeign(lockOn(locks, document, id), userId) && may({ self, document, conflicts: session.conflicts }, 'EDIT', id, PROPERTY_OF[mode]);
      const element = free ? lookup(id) : undefined;
      return element && !element.hidden ? [element] : [];
    });
  }, [selection, document, locks, userId, self, session, mode]);
  const [only] = elements;
  if (only === undefined) return null;
  // A label always faces whoever looks at it: there is nothing to turn.
  const shown = mode === 'turn' && elements.length === 1 && only.kind === 'label' ? 'move' : mode;
  return <Handles key={shown} mode={shown} elements={elements} press={press} />;
}

interface HandlesProps {
  readonly mode: Mode;
  readonly elements: readonly SceneElement[];
  readonly press: Press;
}

function Handles({ mode, elements, press }: HandlesProps) {
  const workspace = useWorkspace();
  const group = useRef<Group>(null);
  const invalidate = useThree((state) => state.invalidate);
  const document = useDocument();
  const extent = useMemo(() => extentOf(mode, elements, document), [mode, elements, document]);
  useEffect(() => {
    invalidate();
    return () => invalidate();
  }, [invalidate, elements]);

  useFrame(({ camera }) => {
    if (!group.current) return;
    group.current.position.set(...middleNow(workspace, elements));
    if (mode === 'stretch') group.current.quaternion.copy(turnOf(workspace, elements));
    const size = Math.max(0.2, apparentSize(camera, group.current.position) * SIZE);
    const grown = mode === 'stretch' ? heldExtent(workspace, elements) ?? extent : extent;
    group.current.children.forEach((handle, axis) => {
      handle.scale.setScalar(mode === 'turn' ? Math.min(RING_LARGEST * size, Math.max(RING_SMALLEST * size, Math.hypot(...extent))) : size);
      if (mode !== 'turn' && axis < 3) handle.position.setComponent(axis, (grown[axis] ?? 0) + GAP * size);
    });
  });

  const { geometry, halo, target, grab } = tools(mode, workspace);
  return (
    <group ref={group}>
      {INDICES.map((axis) => (
        <group key={axis} rotation={TURNS[axis]}>
          <Handle axis={axis} geometry={geometry} halo={halo} target={target} press={press} grab={(event) => grab(event, axis, group.current)} />
        </group>
      ))}
      {mode === 'stretch' && (
        <group>
          <Handle axis={3} geometry={ALL} target={ALL_TARGET} press={press} grab={(event) => growing(event, workspace)} />
        </group>
      )}
    </group>
  );
}

type GrabAxis = (event: ThreeEvent<PointerEvent>, axis: 0 | 1 | 2, group: Group | null) => ReturnType<Grab>;

function tools(mode: Mode, workspace: Workspace) {
  const grab: Readonly<Record<Mode, GrabAxis>> = {
    move: (event, axis, group) => moving(event, axis, group, workspace),
    turn: (event, axis, group) => turning(event, axis, group, workspace),
    stretch: (event, axis, group) => stretching(event, axis, group, workspace),
  };
  if (mode === 'turn') return { geometry: RING, halo: RING_HALO, target: coarse.matches ? RING_TARGET_COARSE : RING_TARGET, grab: grab.turn };
  return { geometry: mode === 'move' ? ARROW : ARM, halo: undefined, target: coarse.matches ? ARROW_TARGET_COARSE : ARROW_TARGET, grab: grab[mode] };
}

function moving(event: ThreeEvent<PointerEvent>, axis: 0 | 1 | 2, group: Group | null, { dragging }: Workspace): ReturnType<Grab> {
  const direction = AXES[axis] ?? [0, 1, 0];
  const origin = group?.position.clone();
  const from = origin && alongAxis(event.ray, origin, direction);
  if (!origin || from === undefined) return undefined;
  return ({ ray }, inSteps) => {
    const along = alongAxis(ray, origin, direction);
    if (along === undefined || Math.abs(along - from) > FARTHEST_DRAG) return undefined;
    const way = along - from;
    const by: Vector = [direction[0] * way, direction[1] * way, direction[2] * way];
    return { kind: 'move', by: inSteps && dragging.origin ? snappedWay(dragging.origin.position, by) : by };
  };
}

function turning(event: ThreeEvent<PointerEvent>, axis: 0 | 1 | 2, group: Group | null, { dragging }: Workspace): ReturnType<Grab> {
  const normal = AXES[axis] ?? [0, 1, 0];
  const origin = group?.position.clone();
  const from = origin && angleAround(event.ray, origin, normal);
  if (!origin || from === undefined) return undefined;
  return ({ ray }, inSteps) => {
    const at = angleAround(ray, origin, normal);
    if (at === undefined) return undefined;
    return { kind: 'turn', about: dragging.middle, axis: normal, angle: inSteps ? snappedAngle(at - from) : at - from };
  };
}

function stretching(event: ThreeEvent<PointerEvent>, axis: 0 | 1 | 2, group: Group | null, { dragging }: Workspace): ReturnType<Grab> {
  if (!group) return undefined;
  const origin = group.position.clone();
  centre.set(...(AXES[axis] ?? [0, 1, 0])).applyQuaternion(group.quaternion);
  const direction: Vector = [centre.x, centre.y, centre.z];
  const from = alongAxis(event.ray, origin, direction);
  if (from === undefined || from < 0.01) return undefined;
  return ({ ray }, inSteps) => {
    const along = alongAxis(ray, origin, direction);
    if (along === undefined) return undefined;
    const factors: [number, number, number] = [1, 1, 1];
    factors[axis] = factorIn(Math.max(0.01, along / from), dragging.origin?.scale[axis] ?? 1, inSteps);
    return { kind: 'stretch', about: dragging.middle, factors };
  };
}

/** In all directions at once: to the right and upwards is larger. */
function growing({ clientX, clientY }: ThreeEvent<PointerEvent>, { dragging }: Workspace): ReturnType<Grab> {
  return (event, inSteps) => {
    const way = event.clientX - clientX - (event.clientY - clientY);
    const factor = factorIn(2 ** (way / DOUBLE_PIXELS), dragging.origin?.scale[0] ?? 1, inSteps);
    return { kind: 'stretch', about: dragging.middle, factors: [factor, factor, factor] };
  };
}

const factorIn = (factor: number, size: number, inSteps: boolean) => (inSteps ? snappedFactor(size, factor) : factor);

/** Where the middle of the elements is drawn right now. */
function middleNow({ dragging, drawn }: Workspace, elements: readonly SceneElement[]): Vector {
  return middleOf(
    elements.map(({ id }): Vector => {
      const shown = dragging.held.has(id) ? undefined : drawn.get(id)?.position;
      return shown ? [shown.x, shown.y, shown.z] : dragging.worldNow(id).position;
    }),
  );
}

/** Sizes are along the axes of the element that was selected last. */
function turnOf({ dragging }: Workspace, elements: readonly SceneElement[]): Quaternion {
  const last = elements.at(-1);
  if (last === undefined || last.kind === 'label') return turn.identity();
  return turn.setFromEuler(euler.set(...dragging.worldNow(last.id).rotation, 'XYZ'));
}

/** How far handles keep from the middle. */
function extentOf(mode: Mode, elements: readonly SceneElement[], document: DocumentView): Vector {
  const [only] = elements;
  if (only === undefined || elements.length > 1) return [0.25, 0.25, 0.25];
  const bounds = worldBounds(document, [only.id]).get(only.id);
  if (bounds && (mode === 'move' || only.kind === 'label' || only.kind === 'group')) return reachFrom(bounds, worldPosition(lookupIn(document), only.id));
  return halfOf(placementOf(worldMatrix(lookupIn(document), only.id)).scale);
}

/** Handles go to the side of the higher coordinates: from where they stand to the end of what they are about. */
function reachFrom({ low, high }: Bounds, at: Vector): Vector {
  const along = (axis: 0 | 1 | 2) => Math.max(0.1, high[axis] - at[axis], (high[axis] - low[axis]) / 2);
  return [along(0), along(1), along(2)];
}

/** The arms grow with what they make larger. */
function heldExtent({ dragging }: Workspace, elements: readonly SceneElement[]): Vector | undefined {
  const [only] = elements;
  if (only === undefined || elements.length > 1 || only.kind === 'label' || only.kind === 'group') return undefined;
  return dragging.held.has(only.id) ? halfOf(dragging.worldNow(only.id).scale) : undefined;
}

const halfOf = ([x, y, z]: Vector): Vector => [x / 2, y / 2, z / 2];
