import type { Caller } from '@chorale/client';
import { readIdentity } from '../app/identity';
import { browserStorage } from '../app/storage';
import { ownerKeyOf } from '../start/ownerKeys';
import { account } from './present';

/** Who this page is in its calls: whoever is signed in, else the guest of this browser. */
export async function caller(): Promise<Caller> {
  if (account.user) return { token: await account.token() };
  const guest = readIdentity(browserStorage);
  return guest ? { guest } : {};
}

/** The same in calls about a session: whoever made it on this browser acts as its owner. */
export async function callerFor(sessionId: string): Promise<Caller> {
  const ownerKey = ownerKeyOf(browserStorage, sessionId);
  return { ...(await caller()), ...(ownerKey !== undefined && { ownerKey }) };
}
