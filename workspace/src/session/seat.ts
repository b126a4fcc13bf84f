import { isRecord, jsonStorage, type JsonStorage } from '../app/storage';
import { MAIN } from '../branches/address';

const KEY = 'chorale.seat';

/** Of this tab: another one has a seat of its own. */
export const tabStorage: JsonStorage = jsonStorage(() => window.sessionStorage);

/** The seat that this tab had on a branch of a session before it was loaded anew. */
export function seatIn(storage: JsonStorage, sessionId: string, branch = MAIN): string | undefined {
  const value = storage.read(KEY);
  if (!isRecord(value) || value['sessionId'] !== sessionId || (value['branch'] ?? MAIN) !== branch) return undefined;
  return typeof value['seat'] === 'string' ? value['seat'] : undefined;
}

export function rememberSeat(storage: JsonStorage, sessionId: string, seat: string, branch = MAIN): void {
  storage.write(KEY, { sessionId, seat, ...(branch !== MAIN && { branch }) });
}

export function forgetSeat(storage: JsonStorage): void {
  storage.remove(KEY);
}
