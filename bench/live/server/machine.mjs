import { cpus, loadavg, release, totalmem } from 'node:os';
import { canPin } from './pinning.mjs';

/** What a reader must know of the machine to compare numbers. */
export function machine() {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cpus: cpus().length,
    memoryGB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.versions.node,
    pinned: canPin,
    /** Over the last minute: how busy it was before. */
    load: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  };
}
