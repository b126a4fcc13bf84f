import { createContext, useContext } from 'react';
import type { Poses } from './poses';

const PosesContext = createContext<Poses | undefined>(undefined);

/** Gives the scene's poses to everything inside of its canvas. */
export const PosesProvider = PosesContext;

/** Where everything in the scene is drawn right now; to be read each frame, never through React. */
export function usePoses(): Poses {
  const poses = useContext(PosesContext);
  if (poses === undefined) throw new Error('usePoses outside of the scene');
  return poses;
}
