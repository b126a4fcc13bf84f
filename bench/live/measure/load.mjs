import { setTimeout as pause } from 'node:timers/promises';

const TICK_MS = 1;
/** Nothing arrived for so long: the rest will not come. */
const STALLED_MS = 2500;

/**
 * Open loop: each sender makes `rate` changes a second, whatever the server does. The time between two varies by half,
 * and each begins at a random moment, so that nothing comes in step.
 *
 * @param {{ senders: readonly { make(): void }[], rate: number, seconds: number, random: () => number,
 *   onMade?: (due: number, now: number) => void }} what
 * @returns {Promise<void>}
 */
export function load({ senders, rate, seconds, random, onMade = () => {} }) {
  const interval = 1000 / rate;
  const began = performance.now();
  const due = Float64Array.from(senders, () => began + random() * interval);
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const now = performance.now();
      if (now - began >= seconds * 1000) {
        clearInterval(timer);
        resolve();
        return;
      }
      senders.forEach((sender, index) => {
        let next = due[index] ?? Infinity;
        for (; next <= now; next += interval * (0.5 + random())) {
          onMade(next, now);
          sender.make();
        }
        due[index] = next;
      });
    }, TICK_MS);
  });
}

/**
 * Waits until everything made has arrived everywhere, or nothing more comes.
 *
 * @param {readonly { missing: number, totalArrived: number }[]} ledgers
 * @param {number} maxMs
 * @returns {Promise<{ ms: number, complete: boolean }>}
 */
export async function drained(ledgers, maxMs) {
  const began = performance.now();
  const arrived = () => ledgers.reduce((sum, ledger) => sum + ledger.totalArrived, 0);
  let count = arrived();
  let lastArrival = began;
  while (ledgers.some((ledger) => ledger.missing > 0)) {
    const now = performance.now();
    const present = arrived();
    if (present !== count) [count, lastArrival] = [present, now];
    if (now - lastArrival > STALLED_MS || now - began > maxMs) return { ms: lastArrival - began, complete: false };
    await pause(20);
  }
  return { ms: performance.now() - began, complete: true };
}
