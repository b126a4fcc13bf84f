import { branchQuery, MAIN } from '../branches/address';

/** One's own account, and for administrators everybody's. */
export type AccountPage = 'own' | 'people';

export type Route =
  | { readonly screen: 'start' }
  | { readonly screen: 'account'; readonly page: AccountPage }
  | { readonly screen: 'session'; readonly sessionId: string }
  | { readonly screen: 'unknown' };

export const ACCOUNT_PATH = '/account';
export const PEOPLE_PATH = '/account/people';

const ACCOUNT_PATHS: Readonly<Record<string, AccountPage>> = { [ACCOUNT_PATH]: 'own', [PEOPLE_PATH]: 'people' };
const SESSION_PATH = /^\/s\/([^/]+)\/?$/;

export function routeOf(pathname: string): Route {
  if (pathname === '/' || pathname === '') return { screen: 'start' };
  const page = ACCOUNT_PATHS[pathname.replace(/\/$/, '')];
  if (page !== undefined) return { screen: 'account', page };
  const segment = SESSION_PATH.exec(pathname)?.[1];
  const sessionId = segment === undefined ? undefined : decoded(segment);
  return sessionId === undefined ? { screen: 'unknown' } : { screen: 'session', sessionId };
}

/** A session's address, or that of one of its branches. */
export function sessionPath(sessionId: string, branch = MAIN): string {
  return `/s/${encodeURIComponent(sessionId)}${branchQuery(branch)}`;
}

/** The page to sign in on, from which one comes back to a session's address. */
export function accountPathBack(address: string): string {
  return `${ACCOUNT_PATH}?to=${encodeURIComponent(address)}`;
}

/** Where to go after signing in: a session's address, or the start page. Nowhere else, whoever made the link. */
export function wayBack(search: string): string {
  const to = new URLSearchParams(search).get('to') ?? '';
  return /^\/s\/[^/]/.test(to) ? to : '/';
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
