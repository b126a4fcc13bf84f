export type Route =
  | { readonly screen: 'start' }
  | { readonly screen: 'session'; readonly sessionId: string }
  | { readonly screen: 'unknown' };

const SESSION_PATH = /^\/s\/([^/]+)\/?$/;

export function routeOf(pathname: string): Route {
  if (pathname === '/' || pathname === '') return { screen: 'start' };
  const segment = SESSION_PATH.exec(pathname)?.[1];
  const sessionId = segment === undefined ? undefined : decoded(segment);
  return sessionId === undefined ? { screen: 'unknown' } : { screen: 'session', sessionId };
}

export function sessionPath(sessionId: string): string {
  return `/s/${encodeURIComponent(sessionId)}`;
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
