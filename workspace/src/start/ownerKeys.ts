import { isRecord, type JsonStorage } from '../app/storage';

const KEY = 'chorale.owner-keys';
/** Of sessions that somebody made while they were signed in: they go when that person does. */
const ACCOUNT_KEY = 'chorale.account-owner-keys';

/** Owner keys prove that this browser made a session; they never leave it except to close that session. */
export function ownerKeyOf(storage: JsonStorage, sessionId: string): string | undefined {
  return keysIn(storage, KEY)[sessionId] ?? keysIn(storage, ACCOUNT_KEY)[sessionId];
}

export function rememberOwnerKey(storage: JsonStorage, sessionId: string, ownerKey: string, signedIn = false): void {
  const where = signedIn ? ACCOUNT_KEY : KEY;
  storage.write(where, { ...keysIn(storage, where), [sessionId]: ownerKey });
}

export function forgetOwnerKey(storage: JsonStorage, sessionId: string): void {
  for (const where of [KEY, ACCOUNT_KEY]) {
    const { [sessionId]: forgotten, ...rest } = keysIn(storage, where);
    if (forgotten !== undefined) storage.write(where, rest);
  }
}

/** What was made with an account is nobody's on this browser any more: an account says again who its owner is. */
export function forgetAccountKeys(storage: JsonStorage): void {
  storage.remove(ACCOUNT_KEY);
}

function keysIn(storage: JsonStorage, where: string): Readonly<Record<string, string>> {
  const keys = storage.read(where);
  return isRecord(keys) ? Object.fromEntries(Object.entries(keys).filter((entry): entry is [string, string] => typeof entry[1] === 'string')) : {};
}
