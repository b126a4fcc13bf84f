import { useFrame } from '@react-three/fiber';
import { useMemo, useRef } from 'react';
import { BoxGeometry, EdgesGeometry, LineBasicMaterial, Matrix4, type Group } from 'three';
import { GroupBox } from './groupBox';
import { usePoses } from './PosesContext';
import { SharedPool, useShared } from './sharedPool';

const EDGES = new EdgesGeometry(new BoxGeometry(1, 1, 1));
/** So far from what they are around are the lines of one person, and from them those of the next; in metres. */
const GAP = 0.05;
const lines = new SharedPool((color) => new LineBasicMaterial({ color, toneMapped: false }));
const ignoreRays = () => undefined;
const box = new Matrix4();

/** A thin box around everything that hangs from an element, for each of those who have it selected. */
export function GroupOutline({ id, rings }: { readonly id: string; readonly rings: readonly string[] }) {
  const poses = usePoses();
  const group = useRef<Group>(null);
  const measured = useMemo(() => new GroupBox(poses, id), [poses, id]);

  useFrame(() => {
    if (!group.current) return;
    const around = measured.around();
    group.current.visible = around !== undefined;
    group.current.children.forEach((child, index) => {
      if (!around) return;
      const { middle, size, turn, stretch } = around;
      const gap = 2 * GAP * (index + 1);
      // The lines stand off by the same way whatever the group is scaled by.
      child.matrix.copy(turn).multiply(
        box.makeScale(size.x + gap / stretch.x, size.y + gap / stretch.y, size.z + gap / stretch.z).setPosition(middle),
      );
      child.matrixWorldNeedsUpdate = true;
    });
  });

  return (
    <group ref={group}>
      {rings.map((ring, index) => (
        <Lines key={index} color={ring} />
      ))}
    </group>
  );
}

function Lines({ color }: { readonly color: string }) {
  const material = useShared(lines, color);
  return <lineSegments geometry={EDGES} material={material} matrixAutoUpdate={false} raycast={ignoreRays} />;
}
