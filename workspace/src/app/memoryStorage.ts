import { jsonStorage, type JsonStorage } from './storage';

/** Storage for tests, with a way in for what other versions or people may have left there. */
export function memoryStorage(content: Readonly<Record<string, string>> = {}): JsonStorage {
  const values = new Map(Object.entries(content));
  return jsonStorage(() => ({
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  }));
}
