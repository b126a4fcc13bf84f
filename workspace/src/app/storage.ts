/** JSON in the browser's storage; private windows and full disks are no reason to fail. */
export interface JsonStorage {
  read(key: string): unknown;
  write(key: string, value: unknown): void;
  remove(key: string): void;
}

export type KeyValueStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export function jsonStorage(storage: () => KeyValueStorage): JsonStorage {
  return {
    read(key) {
      try {
        const text = storage().getItem(key);
        return text === null ? undefined : (JSON.parse(text) as unknown);
      } catch {
        return undefined;
      }
    },
    write(key, value) {
      try {
        storage().setItem(key, JSON.stringify(value));
      } catch {
        // Remembering is a convenience: what cannot be kept is asked for again next time.
      }
    },
    remove(key) {
      try {
        storage().removeItem(key);
      } catch {
        // As in write.
      }
    },
  };
}

export const browserStorage: JsonStorage = jsonStorage(() => window.localStorage);

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
