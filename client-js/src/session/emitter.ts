/** Listeners by event. What happens while listeners are told is told after, so all hear everything in one order. */
export class Emitter<Events> {
  readonly #listeners = new Map<keyof Events, Set<(payload: never) => void>>();
  #queue: (() => void)[] = [];
  #draining = false;

  on<E extends keyof Events>(event: E, listener: (payload: Events[E]) => void): () => void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    return () => {
      listeners.delete(listener);
    };
  }

  emit<E extends keyof Events>(event: E, payload: Events[E]): void {
    this.#queue.push(() => {
      for (const listener of [...(this.#listeners.get(event) ?? [])]) {
        guarded(() => {
          (listener as (payload: Events[E]) => void)(payload);
        });
      }
    });
    this.#drain();
  }

  #drain(): void {
    if (this.#draining) return;
    this.#draining = true;
    while (this.#queue.length > 0) {
      const queue = this.#queue;
      this.#queue = [];
      for (const tell of queue) tell();
    }
    this.#draining = false;
  }
}

/** One listener's mistake is reported as uncaught, and keeps neither the session nor other listeners from working. */
function guarded(listen: () => void): void {
  try {
    listen();
  } catch (failure) {
    queueMicrotask(() => {
      throw failure;
    });
  }
}
