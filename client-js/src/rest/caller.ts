import type { Guest } from '../protocol/frame.js';
import { guestHeader } from './assets.js';

/** Who calls: a guest with a secret, or whoever holds the session's owner key, who acts as an OWNER. */
export interface Caller {
  readonly guest?: Guest;
  readonly ownerKey?: string;
}

/** A string is an owner key. */
export function callerHeaders(caller: string | Caller): Record<string, string> {
  const { guest, ownerKey } = typeof caller === 'string' ? { ownerKey: caller, guest: undefined } : caller;
  return {
    ...(ownerKey !== undefined && { 'Chorale-Owner-Key': ownerKey }),
    ...(guest && { 'Chorale-Guest': guestHeader(guest) }),
  };
}
