import { Canvas, type ThreeEvent } from '@react-three/fiber';
import { useEffect, useRef, useState } from 'react';
import { NeutralToneMapping, PCFShadowMap } from 'three';
import { messages } from '../app/messages';
import { useLiveElements, useWorkspace } from '../session/WorkspaceContext';
import { SceneFailure } from '../session/SceneFailure';
import { CameraRig } from './CameraRig';
import { round } from './placement';
import type { Press } from './press';
import { RemotePointers } from './RemotePointers';
import { SceneObject } from './SceneObject';
import { Stage } from './Stage';
import { TextAnchor } from './TextAnchor';

const CLICK_PIXELS = 5;
const TOUCH_POINTER_MS = 4000;
const FARTHEST_POINTER = 250;

/** The shared scene. Draws only when something changed: an idle session costs no battery. */
export function Scene({ ownColor }: { readonly ownColor: string }) {
  const workspace = useWorkspace();
  const [lost, setLost] = useState(false);
  const press = useRef<Press>({ onGizmo: false }).current;
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(leaving.current), []);

  if (!webGlWorks()) return <SceneFailure title={messages.scene.failedTitle} detail={messages.scene.failedDetail} />;

  const hidePointer = () => workspace.session.setAwareness({ pointer: null });
  return (
    <>
      <Canvas
        frameloop="demand"
        dpr={[1, 2]}
        shadows={{ type: PCFShadowMap }}
        camera={{ fov: 38, near: 0.1, far: 600, position: [6.4, 5.2, 8.4] }}
        gl={{ antialias: true, alpha: true, toneMapping: NeutralToneMapping, powerPreference: 'high-performance' }}
        aria-label={messages.scene.label}
        role="img"
        data-testid="scene"
        onPointerDownCapture={() => {
          press.onGizmo = false;
          clearTimeout(leaving.current);
        }}
        onPointerUp={(event) => {
          if (event.pointerType !== 'mouse') leaving.current = setTimeout(hidePointer, TOUCH_POINTER_MS);
        }}
        onPointerLeave={(event) => {
          if (event.pointerType === 'mouse') hidePointer();
        }}
        onPointerMissed={(event) => {
          if (event.type === 'click' && !press.onGizmo) workspace.select(undefined);
        }}
        onCreated={({ gl }) => {
          gl.domElement.addEventListener('webglcontextlost', () => setLost(true));
          gl.domElement.addEventListener('webglcontextrestored', () => setLost(false));
        }}
      >
        <CameraRig />
        <Content ownColor={ownColor} press={press} />
        <RemotePointers />
        <TextAnchor />
      </Canvas>
      {lost && <SceneFailure title={messages.scene.crashedTitle} detail={messages.scene.crashedDetail} />}
    </>
  );
}

function Content({ ownColor, press }: { readonly ownColor: string; readonly press: Press }) {
  const workspace = useWorkspace();
  const elements = useLiveElements();

  const point = (event: ThreeEvent<PointerEvent>) => {
    event.stopPropagation();
    if (event.distance > FARTHEST_POINTER) return;
    const { x, y, z } = event.point;
    workspace.session.setAwareness({ pointer: { position: [round(x), round(Math.max(0, y)), round(z)] } });
  };
  const clickGround = (event: ThreeEvent<MouseEvent>) => {
    if (event.delta <= CLICK_PIXELS && !press.onGizmo) workspace.select(undefined);
  };

  return (
    <group onPointerMove={point} onPointerDown={point}>
      <group onClick={clickGround}>
        <Stage />
      </group>
      {elements.map((element) => (
        <SceneObject key={element.id} element={element} ownColor={ownColor} press={press} />
      ))}
    </group>
  );
}

let known: boolean | undefined;

function webGlWorks(): boolean {
  if (known === undefined) {
    const context = document.createElement('canvas').getContext('webgl2');
    known = context !== null;
    context?.getExtension('WEBGL_lose_context')?.loseContext();
  }
  return known;
}
