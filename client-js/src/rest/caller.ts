import type { Guest } from '../protocol/frame.js';

/** Who calls: somebody with an account, a guest with a secret, or whoever holds the session's owner key, who acts as an OWNER. */
export interface Caller {
  /** An access token or an API key; a guest beside it is not looked at. */
  readonly token?: string;
  readonly guest?: Guest;
  readonly ownerKey?: string;
}

/** What says in a request's headers who calls; a string is an owner key. */
export function callerHeaders(caller: string | Guest | Caller): Record<string, string> {
  const { token, guest, ownerKey } = asCaller(caller);
  return {
    ...(ownerKey !== undefined && { 'Chorale-Owner-Key': ownerKey }),
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    ...(token === undefined && guest && { 'Chorale-Guest': guestHeader(guest) }),
  };
}

/** Guests may stand for themselves. */
export function asCaller(who: string | Guest | Caller): Caller {
  if (typeof who === 'string') return { ownerKey: who };
  return 'name' in who ? { guest: who } : who;
}

/** JSON that a header can carry: what is not ASCII is escaped, as JSON allows. */
function guestHeader({ name, color, secret }: Guest): string {
  const json = JSON.stringify({ name, color, ...(secret !== undefined && { secret }) });
  return json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
