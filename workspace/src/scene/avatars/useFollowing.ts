import { useFrame, useThree } from '@react-three/fiber';
import { useMemo, useRef } from 'react';
import { Vector3 } from 'three';
import { useWorkspace } from '../../session/WorkspaceContext';
import type { OrbitLike } from '../CameraRig';
import { round } from '../placement';
import type { Vector } from '../sceneElement';
import { Pace } from './pace';
import { glide } from './viewPose';

/** Per second. */
const RATE = 9;
/** Less than this within a frame is no movement any more, as where the controls allow no nearer look. */
const STILL = 0.0015;
const reducedMotion = window.matchMedia('(prefers-reduced-motion: reduce)');
const before = new Vector3();

/** What the orbit controls tell about a person's own hands at the view. */
export interface ViewHands {
  readonly onStart: () => void;
  readonly onChange: () => void;
  readonly onEnd: () => void;
}

/** Keeps the view where somebody looks while one follows them, until one moves it oneself. */
export function useFollowing(): ViewHands {
  const workspace = useWorkspace();
  const invalidate = useThree((state) => state.invalidate);
  const pace = useMemo(() => new Pace(), []);
  const hands = useRef({ on: false, placing: false }).current;

  useFrame(({ camera, controls }, delta) => {
    const orbit = controls as OrbitLike | null;
    const look = workspace.company.followedLook;
    if (!orbit || !look) return;
    const share = reducedMotion.matches ? 1 : 1 - Math.exp(-RATE * pace.seconds(delta));
    before.copy(camera.position);
    const positionGlides = glide(camera.position, look.position, share);
    const targetGlides = glide(orbit.target, look.target, share);
    hands.placing = true;
    orbit.update();
    hands.placing = false;
    if (pace.next(targetGlides || (positionGlides && before.distanceTo(camera.position) > STILL))) invalidate();
  });

  return useMemo(
    () => ({
      onStart: () => {
        hands.on = true;
      },
      // A press that turns nothing is no wish to look elsewhere.
      onChange: () => {
        if (hands.on && !hands.placing) workspace.company.stay();
      },
      onEnd: () => {
        hands.on = false;
      },
    }),
    [workspace, hands],
  );
}

/** Shows the others where one's camera is and what it looks at, whenever that changes. */
export function useTellingView(): void {
  const workspace = useWorkspace();
  const told = useRef<readonly number[]>([]);
  useFrame(({ camera, controls }) => {
    const target = (controls as OrbitLike | null)?.target;
    if (!target) return;
    const now = [camera.position.x, camera.position.y, camera.position.z, target.x, target.y, target.z].map(round);
    if (now.every((value, index) => value === told.current[index])) return;
    told.current = now;
    const [x = 0, y = 0, z = 0, atX = 0, atY = 0, atZ = 0] = now;
    const [position, lookedAt]: readonly [Vector, Vector] = [[x, y, z], [atX, atY, atZ]];
    workspace.session.setAwareness({ camera: { position, target: lookedAt } });
  });
}
