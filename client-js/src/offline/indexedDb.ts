import type { OfflineStore } from './store.js';

const ENTRIES = 'entries';

/** What is used of `navigator.locks`. */
export interface Locking {
  request(
    name: string,
    options: { readonly ifAvailable: true },
    callback: (lock: unknown) => Promise<void> | undefined,
  ): Promise<unknown>;
}

/** Buckets in IndexedDB, each owned by one tab through Web Locks: these end with the tab, however it ends. */
export function indexedDbStore(factory: IDBFactory, locks: Locking, name = 'chorale'): OfflineStore {
  let opened: Promise<IDBDatabase> | undefined;
  const database = (): Promise<IDBDatabase> => (opened ??= open(factory, name));
  return {
    async buckets(prefix) {
      const entries = (await database()).transaction(ENTRIES).objectStore(ENTRIES);
      const keys = await answered(entries.getAllKeys(IDBKeyRange.bound([prefix], [prefix + '\uffff'])));
      return [...new Set((keys as [string, string][]).map(([bucket]) => bucket))];
    },
    async read(bucket) {
      const entries = (await database()).transaction(ENTRIES).objectStore(ENTRIES);
      const range = IDBKeyRange.bound([bucket], [bucket, []]);
      const [keys, values] = await Promise.all([answered(entries.getAllKeys(range)), answered(entries.getAll(range))]);
      return new Map((keys as [string, string][]).map(([, key], index) => [key, String(values[index])]));
    },
    async write(bucket, texts) {
      const transaction = (await database()).transaction(ENTRIES, 'readwrite');
      const entries = transaction.objectStore(ENTRIES);
      for (const [key, text] of texts) {
        if (text === undefined) entries.delete([bucket, key]);
        else entries.put(text, [bucket, key]);
      }
      await finished(transaction);
    },
    claim: (bucket) =>
      new Promise((resolve, reject) => {
        const held = locks.request(`${name}|${bucket}`, { ifAvailable: true }, (lock) => {
          if (!lock) {
            resolve(undefined);
            return undefined;
          }
          return new Promise<void>((release) => {
            resolve(release);
          });
        });
        held.catch(reject);
      }),
  };
}

function open(factory: IDBFactory, name: string): Promise<IDBDatabase> {
  const request = factory.open(name, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(ENTRIES);
  };
  return answered(request);
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('IndexedDB'));
    };
  });
}

function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => {
      resolve();
    };
    transaction.onabort = () => {
      reject(transaction.error ?? new Error('IndexedDB'));
    };
  });
}
