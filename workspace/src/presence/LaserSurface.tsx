import { useEffect } from 'react';
import { useCompany, useWorkspace } from '../session/WorkspaceContext';
import { LASER_KEY } from './presenceCommands';

/** Lies over the scene while one's laser is on, so that pointing neither turns the view nor takes hold of anything. */
export function LaserSurface() {
  const { laser } = useWorkspace().company;
  const pointing = useCompany((state) => state.pointing);
  useLaserKey();

  // Whoever leaves points at nothing any more.
  useEffect(() => () => laser.off(), [laser]);

  if (pointing === 'off') return null;
  return (
    <div
      className="laser-surface"
      data-testid="laser-surface"
      data-pointing={pointing}
      onPointerDown={(event) => laser.pointerAt(event.clientX, event.clientY)}
      onContextMenu={(event) => event.preventDefault()}
    />
  );
}

/** The laser goes off when its key is let go, and when nobody looks at the page any more. */
function useLaserKey(): void {
  const { laser } = useWorkspace().company;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (isLaserKey(event) && !event.repeat) laser.key(true);
    };
    const released = (event: KeyboardEvent) => {
      if (isLaserKey(event)) laser.key(false);
    };
    const moved = ({ clientX, clientY }: PointerEvent) => laser.pointerAt(clientX, clientY);
    const left = () => {
      laser.key(false);
      laser.off();
    };
    const hidden = () => {
      if (document.visibilityState === 'hidden') left();
    };
    // Before the commands hear of it.
    window.addEventListener('keydown', pressed, true);
    window.addEventListener('keyup', released, true);
    window.addEventListener('pointermove', moved, { passive: true });
    window.addEventListener('blur', left);
    document.addEventListener('visibilitychange', hidden);
    return () => {
      window.removeEventListener('keydown', pressed, true);
      window.removeEventListener('keyup', released, true);
      window.removeEventListener('pointermove', moved);
      window.removeEventListener('blur', left);
      document.removeEventListener('visibilitychange', hidden);
    };
  }, [laser]);
}

const isLaserKey = ({ key }: KeyboardEvent) => key.toLowerCase() === LASER_KEY;
