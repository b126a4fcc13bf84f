import { useThree } from '@react-three/fiber';
import { memo, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import type { Group, Mesh } from 'three';
import type { Selector } from '../presence/remoteState';
import { useWorkspaceState } from '../session/WorkspaceContext';
import { CONTACT_HEIGHT, contactShare, contactSize } from './crowd/crowd';
import { GROUND, type SolidKind } from './geometries';
import { GroupOutline } from './GroupOutline';
import { labelKey, labelTextures } from './labelTexture';
import { contact } from './materials';
import { MediaBody } from './media/MediaBody';
import type { Pose } from './pose';
import { usePoses } from './PosesContext';
import type { Press } from './press';
import type { ElementKind, SceneElement } from './sceneElement';
import { MOST_RINGS } from './rings';
import { useShared } from './sharedPool';
import { useGrip } from './useGrip';

const NOBODY: readonly Selector[] = [];
/** How much larger than the thing itself its contact shadow is; what has none floats or is not there to be seen. */
const CONTACT: Readonly<Record<Exclude<ElementKind, SolidKind>, number>> = { label: 0.9, light: 0, image: 0, model: 1.1, group: 0 };
const ignoreRays = () => undefined;

interface SceneObjectProps {
  readonly element: SceneElement;
  readonly ownColor: string;
  readonly press: Press;
}

/** Something in the scene that is drawn in its own way; bodies of the common shapes are in the crowd. */
export const SceneObject = memo(function SceneObject({ element, ownColor, press }: SceneObjectProps) {
  const { id } = element;
  const invalidate = useThree((state) => state.invalidate);
  const poses = usePoses();
  const tried = useWorkspaceState((state) => (state.triedColor?.ids.includes(id) ? state.triedColor.color : undefined));
  const color = tried ?? element.color;
  const rings = useRings(id, ownColor);
  const whole = useRef<Group>(null);
  const placed = useRef<Group>(null);
  const shade = useRef<Mesh>(null);
  const grip = useGrip(useCallback(() => id, [id]), press);

  useEffect(() => invalidate(), [invalidate, element, color, rings.length]);
  useLayoutEffect(() => {
    return poses.follow(id, (pose) => {
      if (!whole.current || !placed.current) return;
      whole.current.visible = pose.drawable;
      if (!pose.drawable) return;
      placed.current.matrix.copy(pose.world);
      placed.current.matrixWorldNeedsUpdate = true;
      if (shade.current) lay(shade.current, pose);
    });
  }, [poses, id]);

  return (
    <group ref={whole} {...grip}>
      <group ref={placed} matrixAutoUpdate={false}>
        <Body element={element} color={color} rings={rings} />
      </group>
      {element.kind === 'group' && rings.length > 0 && <GroupOutline id={id} rings={rings} />}
      <mesh ref={shade} geometry={GROUND} material={contact} raycast={ignoreRays} renderOrder={-1} />
    </group>
  );
});

/** The colours of those who have an element selected, one's own first. */
function useRings(id: string, ownColor: string): readonly string[] {
  const selected = useWorkspaceState((state) => state.selection.includes(id));
  const selectors = useWorkspaceState((state) => state.selections.get(id)) ?? NOBODY;
  return [...(selected ? [ownColor] : []), ...selectors.map((selector) => selector.color)].slice(0, MOST_RINGS);
}

function Body({ element, color, rings }: { readonly element: SceneElement; readonly color: string; readonly rings: readonly string[] }) {
  if (element.kind === 'label') return <Label element={element} color={color} rings={rings} />;
  return <MediaBody element={element} color={color} rings={rings} />;
}

function Label({ element, color, rings }: { readonly element: SceneElement; readonly color: string; readonly rings: readonly string[] }) {
  const texture = useShared(labelTextures, labelKey(element.text || element.name, color, rings));
  return (
    <sprite scale={[texture.worldWidth, texture.worldHeight, 1]}>
      <spriteMaterial key={texture.uuid} map={texture} transparent alphaTest={0.02} toneMapped={false} />
    </sprite>
  );
}

/** Meshes share the patch's material, so distance from the ground shows as size. */
function lay(shade: Mesh, { element, world, position }: Pose): void {
  const { elements: m } = world;
  const wide = Math.hypot(m[0], m[1], m[2]);
  const share = contactShare(position.y, 0.5 * Math.hypot(m[4], m[5], m[6]));
  const size = (CONTACT[element.kind as keyof typeof CONTACT] ?? 0) * contactSize(share);
  shade.visible = size > 0.02;
  shade.position.set(position.x, CONTACT_HEIGHT, position.z);
  shade.rotation.y = Math.atan2(-m[2], m[0]);
  shade.scale.set(size * wide, 1, size * Math.hypot(m[8], m[9], m[10]));
}
