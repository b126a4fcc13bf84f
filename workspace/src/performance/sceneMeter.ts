import { _roots, addAfterEffect, addEffect } from '@react-three/fiber';
import { Samples, type Spread } from './samples';

export interface Drawn {
  /** How often the scene was drawn since the last look. */
  readonly times: number;
  /** Milliseconds of the processor for each of the last drawings: moving things and telling the graphics card. */
  readonly cpu: Spread | undefined;
  /** Of the last drawing. */
  readonly calls: number;
  readonly triangles: number;
}

export interface SceneMeter {
  read(): Drawn | undefined;
  stop(): void;
}

const LAST = 120;

/** Measures the drawing of the page's scene, until it is stopped; it draws nothing more than is drawn anyway. */
export function sceneMeter(): SceneMeter {
  const spent = new Samples(LAST);
  let [times, began] = [0, 0];
  const stopBefore = addEffect(() => {
    began = performance.now();
  });
  const stopAfter = addAfterEffect(() => {
    times += 1;
    spent.add(performance.now() - began);
  });
  return {
    read() {
      const [root] = [..._roots.values()];
      if (root === undefined) return undefined;
      const { calls, triangles } = root.store.getState().gl.info.render;
      const drawn = { times, cpu: spent.spread, calls, triangles };
      times = 0;
      return drawn;
    },
    stop() {
      stopBefore();
      stopAfter();
    },
  };
}
