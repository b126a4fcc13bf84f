import { sha256 } from '@noble/hashes/sha2.js';
import { indexedDbStore } from './indexedDb.js';
import type { OfflineStore } from './store.js';

/**
 * The store that an option means; undefined for memory. IndexedDB needs Web Locks: without them nobody could tell whether
 * the tab that left edits is gone.
 */
export function storeOf(storage: 'indexeddb' | 'memory' | OfflineStore = 'indexeddb'): OfflineStore | undefined {
  if (typeof storage === 'object') return storage;
  if (storage === 'memory' || typeof indexedDB === 'undefined') return undefined;
  const locks = 'navigator' in globalThis && 'locks' in navigator ? navigator.locks : undefined;
  return locks && indexedDbStore(indexedDB, locks);
}

/**
 * Where a user's buckets of one branch of a session are: each page has one of its own below. The secret cannot be read from
 * it. Those of `main` are named as they were when there were no other branches, so that what waits in them is found.
 */
export function bucketPrefix(url: string, sessionId: string, secret: string, branch?: string): string {
  const server = url.replace(/^ws/, 'http').replace(/\/+$/, '');
  const digest = sha256(new TextEncoder().encode(secret)).slice(0, 16);
  const user = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${JSON.stringify([server, sessionId, user, ...(branch ? [branch] : [])])} `;
}
