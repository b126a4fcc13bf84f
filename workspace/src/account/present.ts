import { useStore } from 'zustand';
import { browserStorage } from '../app/storage';
import { Account, inTurn, pageCalls, type Standing } from './account';

/** Who is signed in on this page. */
export const account = new Account(browserStorage, pageCalls, inTurn);

export function useStanding(): Standing {
  return useStore(account.store);
}
