import { isRecord, jsonStorage, type JsonStorage } from '../app/storage';

const KEY = 'chorale.seat';

/** Of this tab: another one has a seat of its own. */
export const tabStorage: JsonStorage = jsonStorage(() => window.sessionStorage);

/** The seat that this tab had in a session before it was loaded anew. */
export function seatIn(storage: JsonStorage, sessionId: string): string | undefined {
  const value = storage.read(KEY);
  return isRecord(value) && value['sessionId'] === sessionId && typeof value['seat'] === 'string' ? value['seat'] : undefined;
}

export function rememberSeat(storage: JsonStorage, sessionId: string, seat: string): void {
  storage.write(KEY, { sessionId, seat });
}

export function forgetSeat(storage: JsonStorage): void {
  storage.remove(KEY);
}
