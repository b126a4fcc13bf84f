/**
 * Where edits that the server has not confirmed outlive the page or the process: named texts in buckets, one bucket for
 * each session object. Any of its promises may reject: the session then tells `offline-storage-failed` and goes on in
 * memory.
 */
export interface OfflineStore {
  /** The names of the buckets that begin so. */
  buckets(prefix: string): Promise<readonly string[]>;
  /** What a bucket holds, by name; nothing where there is no such bucket. */
  read(bucket: string): Promise<ReadonlyMap<string, string>>;
  /** Puts entries, or removes those without a text: all of them or none. A bucket without entries is gone. */
  write(bucket: string, entries: ReadonlyMap<string, string | undefined>): Promise<void>;
  /**
   * Makes the caller the bucket's only owner, until the answer is called or the page or process is gone; undefined
   * where it has an owner. A store without it is used by one process at a time, so that every bucket it finds is free.
   */
  claim?(bucket: string): Promise<(() => void) | undefined>;
}
