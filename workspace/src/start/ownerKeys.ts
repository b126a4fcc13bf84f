import { isRecord, type JsonStorage } from '../app/storage';

const KEY = 'chorale.owner-keys';

/** Owner keys prove that this browser made a session; they never leave it except to close that session. */
export function ownerKeyOf(storage: JsonStorage, sessionId: string): string | undefined {
  const keys = storage.read(KEY);
  const key = isRecord(keys) ? keys[sessionId] : undefined;
  return typeof key === 'string' ? key : undefined;
}

export function rememberOwnerKey(storage: JsonStorage, sessionId: string, ownerKey: string): void {
  const keys = storage.read(KEY);
  storage.write(KEY, { ...(isRecord(keys) ? keys : {}), [sessionId]: ownerKey });
}

export function forgetOwnerKey(storage: JsonStorage, sessionId: string): void {
  const keys = storage.read(KEY);
  if (!isRecord(keys)) return;
  const { [sessionId]: forgotten, ...rest } = keys;
  if (forgotten !== undefined) storage.write(KEY, rest);
}
