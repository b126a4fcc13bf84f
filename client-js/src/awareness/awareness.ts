import type { JsonObject } from '../protocol/json.js';
import { checkedObject } from '../protocol/checked.js';

const INTERVAL_MS = 33;

/** The others' states by participant id. */
export type AwarenessStates = ReadonlyMap<string, JsonObject>;

/** Keys given replace the earlier ones, null removes a key, the rest stays (AWA-1). */
export function mergeState(state: JsonObject, partial: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries({ ...state, ...partial }).filter(([, value]) => value !== null));
}

/** The states after a frame; those of others stay the same objects. */
export function mergeStates(states: AwarenessStates, partials: AwarenessStates): AwarenessStates {
  const merged = new Map(states);
  for (const [participantId, partial] of partials) {
    merged.set(participantId, mergeState(merged.get(participantId) ?? {}, partial));
  }
  return merged;
}

/** One's own state on its way out: at once, then at most 30 times a second with the latest values. */
export class AwarenessOutbox {
  #state: JsonObject = {};
  #unsent: JsonObject = {};
  #online = false;
  #everSent = false;
  /** Whether the server is to forget what it had. */
  #whole = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param send the keys that changed, or the whole state */
  constructor(private readonly send: (state: JsonObject, whole: boolean) => void) {}

  set(partial: JsonObject): void {
    const copy = checkedObject(partial, 'awareness');
    this.#state = mergeState(this.#state, copy);
    this.#unsent = { ...this.#unsent, ...copy };
    if (this.#timer === undefined) this.#flush();
  }

  /** A new connection knows nothing yet, or in a seat that was kept, too much. */
  online(): void {
    this.#online = true;
    this.#whole = this.#everSent;
    this.#unsent = this.#state;
    this.#flush();
  }

  offline(): void {
    this.#online = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #flush(): void {
    this.#timer = undefined;
    const whole = this.#whole;
    if (!this.#online || (!whole && Object.keys(this.#unsent).length === 0)) return;
    const partial = whole ? this.#state : this.#unsent;
    this.#whole = false;
    this.#everSent = true;
    this.#unsent = {};
    this.#timer = setTimeout(() => {
      this.#flush();
    }, INTERVAL_MS);
    this.send(partial, whole);
  }
}
