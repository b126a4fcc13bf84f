import { Grid } from '@react-three/drei';
import { useFrame, useThree } from '@react-three/fiber';
import { useCallback, useEffect, useMemo } from 'react';
import type { DirectionalLight } from 'three';
import { useTheme } from '../app/theme';
import { studio } from './environment';
import { GROUND } from './geometries';
import { graphics } from './graphics';
import type { KeyLight } from './keyLight';
import { contact, outlineScreen } from './materials';
import { PALETTES } from './palette';
import type { OrbitLike } from './CameraRig';

const SHADOW_MAP: [number, number] = graphics() === 'card' ? [2048, 2048] : [1024, 1024];
const ignoreRays = () => undefined;

/** Everything around the objects: light, ground and grid. */
export function Stage({ keyLight }: { readonly keyLight: KeyLight }) {
  const palette = PALETTES[useTheme()];
  const { scene, gl, size, viewport, invalidate } = useThree();
  const light = useCallback((found: DirectionalLight | null) => keyLight.use(found), [keyLight]);

  const reflections = useMemo(studio, []);
  useEffect(() => {
    scene.environment = reflections;
    scene.environmentIntensity = palette.environment;
    contact.opacity = palette.contact;
    invalidate();
    return () => {
      scene.environment = null;
    };
  }, [scene, reflections, palette, invalidate]);

  useEffect(() => {
    gl.getDrawingBufferSize(outlineScreen.viewport.value);
    outlineScreen.pixelRatio.value = gl.getPixelRatio();
  }, [gl, size, viewport.dpr]);

  useFrame(({ controls, camera }) => {
    const target = (controls as OrbitLike | null)?.target;
    if (target) keyLight.follow(target, camera.position.distanceTo(target));
  });

  return (
    <>
      <hemisphereLight args={[palette.sky, palette.floor, palette.hemisphere]} />
      <directionalLight
        ref={light}
        intensity={palette.key}
        color="#fff4e6"
        castShadow
        shadow-mapSize={SHADOW_MAP}
        shadow-bias={-0.0004}
        shadow-radius={5}
      />
      <mesh geometry={GROUND} scale={[600, 1, 600]} receiveShadow renderOrder={-2}>
        <shadowMaterial transparent opacity={palette.shadow} depthWrite={false} />
      </mesh>
      <Grid
        position-y={0.002}
        renderOrder={-1}
        raycast={ignoreRays}
        args={[1, 1]}
        infiniteGrid
        followCamera={false}
        cellSize={1}
        cellThickness={0.9}
        sectionSize={5}
        sectionThickness={1.2}
        cellColor={palette.gridFine}
        sectionColor={palette.gridCoarse}
        fadeDistance={46}
        fadeStrength={1.6}
        fadeFrom={0}
      />
    </>
  );
}
