import type { Caller } from '@chorale/client';
import { readIdentity } from '../app/identity';
import { browserStorage } from '../app/storage';
import { ownerKeyOf } from '../start/ownerKeys';

/** Who this page is in its calls about a session: the guest of this browser, who acts as the owner of what was started here. */
export function callerFor(sessionId: string): Promise<Caller> {
  const guest = readIdentity(browserStorage);
  const ownerKey = ownerKeyOf(browserStorage, sessionId);
  return Promise.resolve({ ...(guest && { guest }), ...(ownerKey !== undefined && { ownerKey }) });
}
