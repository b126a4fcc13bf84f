import { _roots, addAfterEffect, addEffect } from '@react-three/fiber';

export interface Drawn {
  /** How often the scene was drawn since the last look. */
  readonly times: number;
  /** Mean milliseconds of one drawing; undefined where there was none. */
  readonly ms: number | undefined;
  /** Of the last drawing. */
  readonly calls: number;
  readonly triangles: number;
}

export interface SceneMeter {
  read(): Drawn | undefined;
  stop(): void;
}

/** Measures the drawing of the page's scene, until it is stopped; it draws nothing more than is drawn anyway. */
export function sceneMeter(): SceneMeter {
  let [times, spent, began] = [0, 0, 0];
  const stopBefore = addEffect(() => {
    began = performance.now();
  });
  const stopAfter = addAfterEffect(() => {
    times += 1;
    spent += performance.now() - began;
  });
  return {
    read() {
      const [root] = [..._roots.values()];
      if (root === undefined) return undefined;
      const { calls, triangles } = root.store.getState().gl.info.render;
      const drawn = { times, ms: times === 0 ? undefined : spent / times, calls, triangles };
      [times, spent] = [0, 0];
      return drawn;
    },
    stop() {
      stopBefore();
      stopAfter();
    },
  };
}
