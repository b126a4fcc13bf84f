// What Linux' /proc says about processes. Where there is none, everything is unknown: null.
import { readdirSync, readFileSync } from 'node:fs';

/** USER_HZ: 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** @param {string} file @returns {string} empty where it cannot be read */
export function readProc(file) {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}

/**
 * The fields of /proc/PID/stat from `state` on, so that field n of proc(5) has the index n − 3.
 *
 * @param {number} pid @returns {number[] | null}
 */
function stat(pid) {
  const text = readProc(`/proc/${pid}/stat`);
  return text === '' ? null : text.slice(text.lastIndexOf(')') + 2).split(' ').map(Number);
}

/**
 * CPU seconds that a process used so far.
 *
 * @param {number} pid @param {{ withReaped?: boolean }} [how] `withReaped`: with those of its children that have ended
 */
export function cpuSeconds(pid, { withReaped = false } = {}) {
  const fields = stat(pid);
  if (fields === null) return 0;
  const [user = 0, system = 0, reapedUser = 0, reapedSystem = 0] = fields.slice(11, 15);
  return (user + system + (withReaped ? reapedUser + reapedSystem : 0)) / TICKS_PER_SECOND;
}

/** Everything below a process. @param {number} pid @returns {number[]} */
export function descendants(pid) {
  /** @type {Map<number, number[]>} */
  const children = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = stat(Number(name))?.[1];
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  /** @param {number} of @returns {number[]} */
  const below = (of) => (children.get(of) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(pid);
}

/** The name of a process' program. @param {number} pid */
export function programOf(pid) {
  return readProc(`/proc/${pid}/comm`).trim();
}

/** Resident and highest resident memory in MB. @param {number} pid */
export function memoryOf(pid) {
  const status = readProc(`/proc/${pid}/status`);
  /** @param {string} name */
  const megabytes = (name) => {
    const kilobytes = new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1];
    return kilobytes === undefined ? null : oneDigit(Number(kilobytes) / 1024);
  };
  return { rssMB: megabytes('VmRSS'), hwmMB: megabytes('VmHWM') };
}

/** A process' memory in MB, where shared pages are divided among those who share them. @param {number} pid */
export function proportionalMB(pid) {
  return Number(/Pss:\s+(\d+)/.exec(readProc(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) / 1024;
}

/** CPU seconds of the whole machine so far: worked, and stolen by the host. */
export function machineSeconds() {
  const fields = (/^cpu +(.*)/m.exec(readProc('/proc/stat'))?.[1] ?? '').split(' ').map(Number);
  const [user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0, stolen = 0] = fields;
  return { busy: (user + nice + system + irq + softIrq) / TICKS_PER_SECOND, stolen: stolen / TICKS_PER_SECOND };
}

/** How many files and sockets this process may open. */
export function openFilesLimit() {
  const limit = /^Max open files\s+(\S+)/m.exec(readProc('/proc/self/limits'))?.[1];
  return limit === undefined || limit === 'unlimited' ? Infinity : Number(limit);
}

/** @param {number} value */
export function oneDigit(value) {
  return Math.round(value * 10) / 10;
}
