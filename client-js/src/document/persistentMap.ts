const BUCKETS = 1024;

type Buckets<V> = readonly (ReadonlyMap<string, V> | undefined)[];

/**
 * An immutable map with string keys. A changed copy shares all buckets but the touched ones, so that making one
 * costs the same few microseconds in a document of ten elements and in one of a hundred thousand.
 */
export class PersistentMap<V> implements ReadonlyMap<string, V> {
  readonly #buckets: Buckets<V>;

  private constructor(
    buckets: Buckets<V>,
    readonly size: number,
  ) {
    this.#buckets = buckets;
  }

  static empty<V>(): PersistentMap<V> {
    return new PersistentMap<V>([], 0);
  }

  get(key: string): V | undefined {
    return this.#buckets[bucketOf(key)]?.get(key);
  }

  has(key: string): boolean {
    return this.#buckets[bucketOf(key)]?.has(key) ?? false;
  }

  forEach(visit: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [key, value] of this) visit(value, key, this);
  }

  *entries(): MapIterator<[string, V]> {
    for (const bucket of this.#buckets) if (bucket) yield* bucket;
  }

  *keys(): MapIterator<string> {
    for (const [key] of this) yield key;
  }

  *values(): MapIterator<V> {
    for (const [, value] of this) yield value;
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }

  /** A draft starts equal to this map and never changes it. */
  draft(): MapDraft<V> {
    return new MapDraft(this.#buckets, this.size, (buckets, size) => new PersistentMap(buckets, size));
  }
}

/** Changes on their way to a new {@link PersistentMap}. */
export class MapDraft<V> {
  readonly #buckets: (ReadonlyMap<string, V> | undefined)[];
  readonly #owned = new Map<number, Map<string, V>>();
  #size: number;

  constructor(
    buckets: Buckets<V>,
    size: number,
    private readonly build: (buckets: Buckets<V>, size: number) => PersistentMap<V>,
  ) {
    this.#buckets = buckets.length === 0 ? new Array<undefined>(BUCKETS).fill(undefined) : buckets.slice();
    this.#size = size;
  }

  get size(): number {
    return this.#size;
  }

  get(key: string): V | undefined {
    return this.#buckets[bucketOf(key)]?.get(key);
  }

  set(key: string, value: V): void {
    const bucket = this.#own(bucketOf(key));
    const before = bucket.size;
    bucket.set(key, value);
    this.#size += bucket.size - before;
  }

  /** A draft that starts equal to this one and never changes it, as long as this one does not change either. */
  fork(): MapDraft<V> {
    return new MapDraft(this.#buckets, this.#size, this.build);
  }

  /** The finished map; the draft is of no use afterwards. */
  finish(): PersistentMap<V> {
    return this.build(this.#buckets, this.#size);
  }

  #own(index: number): Map<string, V> {
    let bucket = this.#owned.get(index);
    if (!bucket) {
      bucket = new Map(this.#buckets[index]);
      this.#owned.set(index, bucket);
      this.#buckets[index] = bucket;
    }
    return bucket;
  }
}

/** FNV-1a: ids differ mostly in their last characters, and it spreads those well. */
function bucketOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 15)) & (BUCKETS - 1);
}
