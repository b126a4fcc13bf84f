import { backPressure } from './backPressure.mjs';
import { connections } from './connections.mjs';
import { fanOut, freeForm, soak } from './fanOut.mjs';
import { history } from './history.mjs';
import { coldJoin } from './join.mjs';
import { ramp } from './ramp.mjs';

/** @type {Record<string, (bench: import('./bench.mjs').Bench) => Promise<import('./bench.mjs').Row>>} */
export const SCENARIOS = {
  S1: fanOut({ name: 'S1', clients: 10, rate: 10, full: 10 }),
  S2: fanOut({ name: 'S2', clients: 50, rate: 10, full: 2 }),
  S3: fanOut({ name: 'S3', clients: 100, rate: 10, full: 2 }),
  S4: ramp,
  S5: connections('S5', 40),
  S5b: connections('S5b', 200),
  S6: coldJoin,
  S7: history,
  S8: backPressure,
  X: freeForm,
  SOAK: soak,
};

/** What is run where nothing is named: all but the free form and the soak. */
export const USUAL = Object.keys(SCENARIOS).filter((name) => name !== 'X' && name !== 'SOAK');
