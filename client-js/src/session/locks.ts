import type { ErrorSubject, Lock, LockFrame, LocksFrame, PongFrame, UnlockFrame } from '../protocol/frame.js';
import type { ElementId } from '../protocol/operation.js';
import { ProblemError, type Problem } from '../protocol/problem.js';

type Timer = ReturnType<typeof setTimeout>;

/** A lease that ended by the server's clock is forgotten this much later, as that itself tells it sooner. */
const GRACE_MS = 1000;
const SHORTEST_MS = 500;

export interface LockEvents {
  send(frame: LockFrame | UnlockFrame): void;
  changed(): void;
}

/** What one wants to hold, and is to be renewed until it is given up. */
interface Wanted {
  readonly leaseSeconds: number | undefined;
  readonly waiting: { readonly resolve: (lock: Lock) => void; readonly reject: (reason: ProblemError) => void }[];
  renewal: Timer | undefined;
}

/** Everybody's locks, and the renewal of one's own. */
export class Locks {
  locks: ReadonlyMap<ElementId, Lock> = new Map();
  readonly #wanted = new Map<ElementId, Wanted>();
  readonly #expiries = new Map<ElementId, Timer>();
  #self: string | undefined;
  #longestLeaseSeconds = 300;
  #online = false;
  /** The server's clock minus this page's `performance.now()`; unknown until the first pong. */
  #clockOffset: number | undefined;

  constructor(private readonly events: LockEvents) {}

  lock(element: ElementId, leaseSeconds: number | undefined): Promise<Lock> {
    return new Promise((resolve, reject) => {
      const before = this.#wanted.get(element);
      clearTimeout(before?.renewal);
      const waiting = [...(before?.waiting ?? []), { resolve, reject }];
      this.#wanted.set(element, { leaseSeconds, waiting, renewal: undefined });
      this.#ask(element);
    });
  }

  unlock(element: ElementId, reason: Problem): void {
    this.#forget(element, reason);
    if (this.#online) this.events.send({ type: 'unlock', element });
  }

  /** All locks as a welcome tells them; what one wants is asked for again. */
  online(self: string, locks: readonly Lock[], longestLeaseSeconds: number): void {
    this.#self = self;
    this.#online = true;
    this.#longestLeaseSeconds = longestLeaseSeconds;
    for (const timer of this.#expiries.values()) clearTimeout(timer);
    this.#expiries.clear();
    this.locks = new Map(locks.map((lock) => [lock.element, lock]));
    for (const lock of locks) this.#watch(lock);
    this.events.changed();
    for (const element of this.#wanted.keys()) this.#ask(element);
    // The seat may hold what was given up while nobody could tell, or by the page before a reload.
    for (const { element, participantId } of locks) {
      if (participantId === self && !this.#wanted.has(element)) this.events.send({ type: 'unlock', element });
    }
  }

  offline(): void {
    this.#online = false;
    for (const wanted of this.#wanted.values()) clearTimeout(wanted.renewal);
  }

  onLocks({ locked, unlocked }: LocksFrame): void {
    const locks = new Map(this.locks);
    for (const element of unlocked) {
      locks.delete(element);
      clearTimeout(this.#expiries.get(element));
    }
    for (const lock of locked) locks.set(lock.element, lock);
    this.locks = locks;
    this.events.changed();
    for (const lock of locked) {
      this.#watch(lock);
      if (lock.participantId === this.#self) this.#granted(lock);
    }
    // It ended though one did not want that, as after a machine's sleep.
    for (const element of unlocked) if (this.#wanted.has(element)) this.#ask(element);
  }

  /** Learns the server's clock: leases are measured by it, whatever this machine's says. */
  onPong({ serverTime }: PongFrame, roundTripMs: number): void {
    const there = Date.parse(serverTime ?? '');
    if (Number.isNaN(there)) return;
    const first = this.#clockOffset === undefined;
    this.#clockOffset = there - (performance.now() - roundTripMs / 2);
    if (first) for (const lock of this.locks.values()) this.#watch(lock);
  }

  /** Whether an error answered a lock of one's own. */
  onError(problem: Problem, { type, element }: ErrorSubject): void {
    if (type === 'lock' && element !== undefined) this.#forget(element, problem);
  }

  /** A server that knows no locks. */
  refuseAll(problem: Problem): void {
    for (const element of [...this.#wanted.keys()]) this.#forget(element, problem);
  }

  close(reason: Problem): void {
    this.offline();
    for (const timer of this.#expiries.values()) clearTimeout(timer);
    this.refuseAll(reason);
  }

  #ask(element: ElementId): void {
    const wanted = this.#wanted.get(element);
    if (!wanted || !this.#online) return;
    const { leaseSeconds } = wanted;
    this.events.send({ type: 'lock', element, ...(leaseSeconds !== undefined && { leaseSeconds }) });
  }

  #granted(lock: Lock): void {
    const wanted = this.#wanted.get(lock.element);
    if (!wanted) return;
    for (const { resolve } of wanted.waiting.splice(0)) resolve(lock);
    clearTimeout(wanted.renewal);
    wanted.renewal = setTimeout(() => {
      this.#ask(lock.element);
    }, this.#remainingMs(lock) / 2);
  }

  #forget(element: ElementId, reason: Problem): void {
    const wanted = this.#wanted.get(element);
    this.#wanted.delete(element);
    clearTimeout(wanted?.renewal);
    for (const { reject } of wanted?.waiting ?? []) reject(new ProblemError(reason));
  }

  /** Forgets a lock when it has ended, also where nobody tells that any more. */
  #watch(lock: Lock): void {
    clearTimeout(this.#expiries.get(lock.element));
    const timer = setTimeout(() => {
      this.#expiries.delete(lock.element);
      const locks = new Map(this.locks);
      if (!locks.delete(lock.element)) return;
      this.locks = locks;
      this.events.changed();
    }, this.#remainingMs(lock) + GRACE_MS);
    this.#expiries.set(lock.element, timer);
  }

  /** Where the server's clock is not known yet, as long as a lease can be at most. */
  #remainingMs({ expiresAt }: Lock): number {
    const longest = this.#longestLeaseSeconds * 1000;
    if (this.#clockOffset === undefined) return longest;
    const remaining = Date.parse(expiresAt) - (performance.now() + this.#clockOffset);
    return Number.isNaN(remaining) ? longest : Math.min(longest, Math.max(SHORTEST_MS, remaining));
  }
}
