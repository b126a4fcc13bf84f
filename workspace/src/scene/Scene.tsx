import { Canvas, type ThreeEvent } from '@react-three/fiber';
import { lazy, Suspense, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { NeutralToneMapping, PCFShadowMap } from 'three';
import { messages } from '../app/messages';
import { ConstraintLines } from '../constraints/ConstraintLines';
import { SceneFailure } from '../session/SceneFailure';
import { useWorkspace, useWorkspaceState } from '../session/WorkspaceContext';
import { Avatars } from './avatars/Avatars';
import { EditingTags } from './avatars/EditingTags';
import { Lasers } from './avatars/Lasers';
import { CameraRig } from './CameraRig';
import { CrowdOfBodies } from './crowd/CrowdOfBodies';
import { Gizmo } from './Gizmo';
import { graphics } from './graphics';
import { KeyLight } from './keyLight';
import { LivePoses } from './LivePoses';
import { MediaStage } from './media/MediaStage';
import { OVERLAY } from './media/Outlines';
import { round } from './placement';
import { usePoses } from './PosesContext';
import type { Press } from './press';
import { RemotePointers } from './RemotePointers';
import { SceneObject } from './SceneObject';
import { Stage } from './Stage';
import { TextAnchor } from './TextAnchor';
import { gathers, useMarquee } from './useMarquee';

const MarkedDifferences = lazy(() => import('./MarkedDifferences').then(({ MarkedDifferences: drawn }) => ({ default: drawn })));

const CLICK_PIXELS = 5;
const TOUCH_POINTER_MS = 4000;
const FARTHEST_POINTER = 250;

/** The shared scene. Draws only when something changed: an idle session costs no battery. Without a graphics card it draws less finely. */
export function Scene({ ownColor }: { readonly ownColor: string }) {
  const workspace = useWorkspace();
  const [lost, setLost] = useState(false);
  const press = useRef<Press>({ onGizmo: false }).current;
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined);
  const marquee = useRef<HTMLDivElement>(null);
  const drawFrame = useMarquee(press, marquee);
  useEffect(() => () => clearTimeout(leaving.current), []);

  if (graphics() === 'none') return <SceneFailure title={messages.scene.failedTitle} detail={messages.scene.failedDetail} />;

  const hidePointer = () => workspace.session.setAwareness({ pointer: null });
  return (
    <>
      <Canvas
        frameloop="demand"
        dpr={graphics() === 'card' ? [1, 2] : 1}
        shadows={{ type: PCFShadowMap }}
        camera={{ fov: 38, near: 0.1, far: 600, position: [6.4, 5.2, 8.4] }}
        gl={{ antialias: graphics() === 'card', alpha: true, toneMapping: NeutralToneMapping, powerPreference: 'high-performance' }}
        aria-label={messages.scene.label}
        role="img"
        data-testid="scene"
        onPointerDownCapture={(event) => {
          press.onGizmo = false;
          clearTimeout(leaving.current);
          drawFrame(event);
        }}
        onPointerUp={(event) => {
          if (event.pointerType !== 'mouse') leaving.current = setTimeout(hidePointer, TOUCH_POINTER_MS);
        }}
        onPointerLeave={(event) => {
          if (event.pointerType === 'mouse') hidePointer();
        }}
        onPointerMissed={(event) => {
          if (event.type === 'click' && !press.onGizmo && !gathers(event, workspace.store.getState().gathering)) workspace.select(undefined);
        }}
        onCreated={({ gl }) => {
          gl.domElement.addEventListener('webglcontextlost', () => setLost(true));
          gl.domElement.addEventListener('webglcontextrestored', () => setLost(false));
        }}
      >
        <LivePoses>
          <CameraRig />
          <Content ownColor={ownColor} press={press} />
          <MediaStage />
          <group name={OVERLAY}>
            <Gizmo press={press} />
            <RemotePointers />
            <Avatars />
            <Lasers ownColor={ownColor} />
            <EditingTags />
            <ConstraintLines />
            <Differences />
            <TextAnchor />
          </group>
        </LivePoses>
      </Canvas>
      <div ref={marquee} className="marquee" hidden data-testid="marquee" />
      {lost && <SceneFailure title={messages.scene.crashedTitle} detail={messages.scene.crashedDetail} />}
    </>
  );
}

/** Not loaded before somebody compares. */
function Differences() {
  const isComparing = useWorkspaceState((state) => state.marks.length > 0);
  if (!isComparing) return null;
  return (
    <Suspense fallback={null}>
      <MarkedDifferences />
    </Suspense>
  );
}

/** Everything that is in the scene: what stands around it, the crowd of bodies, and what is drawn in its own way. */
function Content({ ownColor, press }: { readonly ownColor: string; readonly press: Press }) {
  const workspace = useWorkspace();
  const poses = usePoses();
  const keyLight = useState(() => new KeyLight())[0];
  const elements = useSyncExternalStore(poses.onBodies, poses.bodies);

  const point = (event: ThreeEvent<PointerEvent>) => {
    event.stopPropagation();
    if (event.distance > FARTHEST_POINTER) return;
    const { x, y, z } = event.point;
    workspace.session.setAwareness({ pointer: { position: [round(x), round(Math.max(0, y)), round(z)] } });
  };
  const clickGround = (event: ThreeEvent<MouseEvent>) => {
    if (event.delta <= CLICK_PIXELS && !press.onGizmo && !gathers(event, workspace.store.getState().gathering)) workspace.select(undefined);
  };

  return (
    <group onPointerMove={point} onPointerDown={point}>
      <group onClick={clickGround}>
        <Stage keyLight={keyLight} />
      </group>
      <CrowdOfBodies ownColor={ownColor} press={press} keyLight={keyLight} />
      {elements.map((element) => (
        <SceneObject key={element.id} element={element} ownColor={ownColor} press={press} />
      ))}
    </group>
  );
}
