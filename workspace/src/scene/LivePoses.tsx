import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo, type ReactNode } from 'react';
import { useWorkspace } from '../session/WorkspaceContext';
import { Poses } from './poses';
import { PosesProvider } from './PosesContext';

/** After a pause, as of a hidden tab, things go on where they were. */
const LONGEST_STEP = 1 / 30;
/** Before everything that reads where things are. */
const FIRST = -2;

/** Steps where everything in the scene is, once a frame for all of it. */
export function LivePoses({ children }: { readonly children: ReactNode }) {
  const workspace = useWorkspace();
  const invalidate = useThree((state) => state.invalidate);
  const poses = useMemo(() => new Poses(workspace), [workspace]);
  useEffect(() => () => poses.dispose(), [poses]);
  useFrame((_, delta) => {
    if (poses.step(performance.now(), Math.min(delta, LONGEST_STEP))) invalidate();
  }, FIRST);
  return <PosesProvider value={poses}>{children}</PosesProvider>;
}
