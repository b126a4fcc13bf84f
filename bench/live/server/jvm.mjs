import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

const COMMAND_MS = 60_000;

/**
 * The heap in use behind a full collection, in MB; null where no jcmd can ask.
 *
 * @param {number} pid
 */
export function heapAfterCollection(pid) {
  const jcmd = toolOf(pid, 'jcmd');
  if (jcmd === undefined) return null;
  try {
    /** @param {string} command */
    const ask = (command) => execFileSync(jcmd, [String(pid), command], { encoding: 'utf8', timeout: COMMAND_MS });
    ask('GC.run');
    return usedHeapMB(ask('GC.heap_info'));
  } catch {
    return null;
  }
}

/**
 * What GC.heap_info says is in use, of whatever collector; null where it says nothing. Metaspace is no heap.
 *
 * @param {string} heapInfo
 */
export function usedHeapMB(heapInfo) {
  const [heap = ''] = heapInfo.split(/^ *Metaspace/m);
  const used = [...heap.matchAll(/^.*\b(?:total|committed|capacity) .*?\bused (\d+)([KMG])/gm)];
  const whole = [...heap.matchAll(/^ *ZHeap +used (\d+)([KMG])/gm)];
  const all = used.length > 0 ? used : whole;
  if (all.length === 0) return null;
  const units = { K: 1 / 1024, M: 1, G: 1024 };
  return Math.round(10 * all.reduce((sum, [, n, unit]) => sum + Number(n) * units[/** @type {'K'} */ (unit)], 0)) / 10;
}

/** The version of the JDK that a process runs on; null where it cannot be known. @param {number} pid */
export function javaVersion(pid) {
  const release = homeOf(pid) && join(homeOf(pid), 'release');
  if (!release || !existsSync(release)) return null;
  const text = readFileSync(release, 'utf8');
  const [version, vendor] = ['JAVA_RUNTIME_VERSION', 'IMPLEMENTOR'].map((name) => new RegExp(`^${name}="(.*)"`, 'm').exec(text)?.[1]);
  return [version, vendor].filter(Boolean).join(' ') || null;
}

/** @param {number} pid @param {string} tool @returns {string | undefined} */
function toolOf(pid, tool) {
  const own = join(homeOf(pid), 'bin', tool);
  if (existsSync(own)) return own;
  return (process.env['PATH'] ?? '').split(':').map((folder) => join(folder, tool)).find(existsSync);
}

/** The JAVA_HOME of a process; empty where it cannot be known. @param {number} pid */
function homeOf(pid) {
  try {
    return dirname(dirname(readlinkSync(`/proc/${pid}/exe`)));
  } catch {
    return '';
  }
}
