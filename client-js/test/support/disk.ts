import type { OfflineStore } from '../../src/index.js';

/** What a browser keeps for one user. It outlives every tab. */
export class Disk {
  readonly buckets = new Map<string, Map<string, string>>();
  readonly owners = new Map<string, Tab>();
  /** How many writes there were. */
  writes = 0;

  tab(): Tab {
    return new Tab(this);
  }

  /** The names of all entries that begin so. */
  names(beginning: string): string[] {
    return [...this.buckets.values()].flatMap((entries) => [...entries.keys()].filter((name) => name.startsWith(beginning)));
  }
}

/** A tab's access to the disk: gone with the tab, whatever that was about to write. */
export class Tab implements OfflineStore {
  alive = true;
  /** Set to break the disk. */
  broken: Error | undefined;

  constructor(private readonly disk: Disk) {}

  kill(): void {
    this.alive = false;
    for (const [bucket, owner] of this.disk.owners) if (owner === this) this.disk.owners.delete(bucket);
  }

  buckets(prefix: string): Promise<readonly string[]> {
    return this.#answer(() => [...this.disk.buckets.keys()].filter((bucket) => bucket.startsWith(prefix)));
  }

  read(bucket: string): Promise<ReadonlyMap<string, string>> {
    return this.#answer(() => new Map(this.disk.buckets.get(bucket)));
  }

  write(bucket: string, entries: ReadonlyMap<string, string | undefined>): Promise<void> {
    return this.#answer(() => {
      this.disk.writes += 1;
      const kept = this.disk.buckets.get(bucket) ?? new Map<string, string>();
      for (const [name, text] of entries) {
        if (text === undefined) kept.delete(name);
        else kept.set(name, text);
      }
      if (kept.size > 0) this.disk.buckets.set(bucket, kept);
      else this.disk.buckets.delete(bucket);
    });
  }

  claim(bucket: string): Promise<(() => void) | undefined> {
    return this.#answer(() => {
      if (this.disk.owners.has(bucket)) return undefined;
      this.disk.owners.set(bucket, this);
      return () => {
        if (this.disk.owners.get(bucket) === this) this.disk.owners.delete(bucket);
      };
    });
  }

  /** A killed tab hears nothing any more; what it asked for before it was killed may be done. */
  async #answer<T>(act: () => T): Promise<T> {
    await Promise.resolve();
    if (!this.alive) return new Promise(() => undefined);
    if (this.broken) throw this.broken;
    return act();
  }
}
