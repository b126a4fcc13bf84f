import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import { BufferGeometry, Float32BufferAttribute, Object3D, Vector3, type DirectionalLight, type Light, type PointLight, type SpotLight } from 'three';
import { SPOT, UNITS } from '../../media/lightUnits';
import type { OrbitLike } from '../CameraRig';
import type { LightLook, SceneElement } from '../sceneElement';
import { useShared } from '../sharedPool';
import { lampKey, lampTextures } from './lampTexture';
import { lampsOf } from './lamps';
import { OVERLAY } from './Outlines';

/** How large the sign of a light is, in metres. */
const SIGN = 0.75;
const NOWHERE = new Vector3();
const ignoreRays = () => undefined;

interface LampBodyProps {
  readonly element: SceneElement;
  readonly color: string;
  readonly rings: readonly string[];
}

/** A light: what it does to the scene, a sign to take it by, and which way it shines while somebody has it selected. */
export function LampBody({ element: { light }, color, rings }: LampBodyProps) {
  const texture = useShared(lampTextures, lampKey(light?.type ?? 'point', color, rings));
  if (light === undefined) return null;
  return (
    <>
      <Lamp look={light} color={color} />
      <sprite scale={[SIGN, SIGN, 1]}>
        <spriteMaterial key={texture.uuid} map={texture} transparent alphaTest={0.02} toneMapped={false} />
      </sprite>
      {rings.length > 0 && light.type !== 'point' && (
        <lineSegments geometry={light.type === 'spot' ? CONE : RAYS} raycast={ignoreRays} name={OVERLAY}>
          <lineBasicMaterial color={rings[0] ?? color} toneMapped={false} />
        </lineSegments>
      )}
    </>
  );
}

function Lamp({ look: { type, intensity, range }, color }: { readonly look: LightLook; readonly color: string }) {
  const light = useRef<PointLight & SpotLight & DirectionalLight>(null);
  const below = useMemo(() => new Object3D(), []);
  useShining(light, type);
  return (
    <>
      <primitive object={below} position={[0, -1, 0]} />
      {type === 'point' && <pointLight ref={light} color={color} intensity={intensity * UNITS.point} distance={range} />}
      {type === 'spot' && (
        <spotLight ref={light} color={color} intensity={intensity * UNITS.spot} distance={range} {...SPOT} target={below} />
      )}
      {type === 'sun' && <directionalLight ref={light} color={color} intensity={intensity * UNITS.sun} position={[0, 0, 0]} target={below} />}
    </>
  );
}

/** Lets a light shine while it is one of the nearest. */
function useShining(light: { readonly current: Light | null }, type: string): void {
  const scene = useThree((state) => state.scene);
  const invalidate = useThree((state) => state.invalidate);
  useEffect(() => {
    if (!light.current) return undefined;
    const forget = lampsOf(scene).add(light.current);
    invalidate();
    return () => {
      forget();
      invalidate();
    };
  }, [scene, light, invalidate, type]);
  useFrame(({ clock, controls }) => {
    lampsOf(scene).choose(clock.elapsedTime, (controls as OrbitLike | null)?.target ?? NOWHERE);
  });
}

const CONE = cone();
const RAYS = rays();

function geometry(points: readonly number[]): BufferGeometry {
  return new BufferGeometry().setAttribute('position', new Float32BufferAttribute(points, 3));
}

/** What a spotlight lights, as far as two metres. */
function cone(): BufferGeometry {
  const [depth, sides] = [2, 32];
  const radius = depth * Math.tan(SPOT.angle);
  const point = (side: number) => [radius * Math.cos((side * 2 * Math.PI) / sides), -depth, radius * Math.sin((side * 2 * Math.PI) / sides)];
  const points: number[] = [];
  for (let side = 0; side < sides; side++) {
    points.push(...point(side), ...point(side + 1));
    if (side % 8 === 0) points.push(0, 0, 0, ...point(side));
  }
  return geometry(points);
}

/** Which way a sun shines. */
function rays(): BufferGeometry {
  const points: number[] = [];
  for (const [x, z] of [[0, 0], [0.3, 0], [-0.3, 0], [0, 0.3], [0, -0.3]] as const) {
    points.push(x, -0.3, z, x, -1.5, z);
    points.push(x, -1.5, z, x + 0.06, -1.36, z, x, -1.5, z, x - 0.06, -1.36, z);
  }
  return geometry(points);
}
