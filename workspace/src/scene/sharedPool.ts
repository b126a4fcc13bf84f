import { useEffect } from 'react';

interface Disposable {
  dispose(): void;
}

/** One GPU resource for each key, however many objects use it; released when nobody does. */
export class SharedPool<T extends Disposable> {
  private readonly entries = new Map<string, { readonly resource: T; users: number }>();

  constructor(private readonly create: (key: string) => T) {}

  get(key: string): T {
    return this.entry(key).resource;
  }

  retain(key: string): () => void {
    const entry = this.entry(key);
    entry.users++;
    return () => {
      entry.users--;
      // Another object often takes it over within the same render.
      setTimeout(() => {
        if (entry.users > 0 || this.entries.get(key) !== entry) return;
        this.entries.delete(key);
        entry.resource.dispose();
      });
    };
  }

  private entry(key: string) {
    let entry = this.entries.get(key);
    if (entry === undefined) {
      entry = { resource: this.create(key), users: 0 };
      this.entries.set(key, entry);
    }
    return entry;
  }
}

export function useShared<T extends Disposable>(pool: SharedPool<T>, key: string): T {
  useEffect(() => pool.retain(key), [pool, key]);
  return pool.get(key);
}
