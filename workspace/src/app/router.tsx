import { useMemo, useSyncExternalStore, type ComponentProps, type MouseEvent } from 'react';
import { branchIn } from '../branches/address';
import { routeOf, type Route } from './routes';

const NAVIGATED = 'chorale:navigated';

export function navigate(path: string): void {
  const { pathname: here, search, hash } = window.location;
  if (path === here + search && hash === '') return;
  window.history.pushState(null, '', path);
  window.dispatchEvent(new Event(NAVIGATED));
  window.scrollTo(0, 0);
}

/** Says where one is, where one did not come by going there. */
export function correctAddress(path: string): void {
  window.history.replaceState(null, '', path);
  window.dispatchEvent(new Event(NAVIGATED));
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  window.addEventListener('hashchange', listener);
  window.addEventListener(NAVIGATED, listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener('hashchange', listener);
    window.removeEventListener(NAVIGATED, listener);
  };
}

const pathname = () => window.location.pathname;
const branch = () => branchIn(window.location.search);
const fragment = () => window.location.hash;

export function useRoute(): Route {
  const path = useSyncExternalStore(subscribe, pathname);
  return useMemo(() => routeOf(path), [path]);
}

/** The branch that the address names. */
export function useAddressedBranch(): string {
  return useSyncExternalStore(subscribe, branch);
}

/** What is behind the `#` of the address, with it. */
export function useFragment(): string {
  return useSyncExternalStore(subscribe, fragment);
}

/** Takes what is behind the `#` out of the address, so that nobody finds a used link in the history. */
export function dropFragment(): void {
  window.history.replaceState(null, '', window.location.pathname + window.location.search);
  window.dispatchEvent(new Event(NAVIGATED));
}

export function Link({ href, onClick, ...rest }: ComponentProps<'a'> & { readonly href: string }) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    // A modified click is the browser's: new tab, new window, download.
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(href);
  };
  return <a {...rest} href={href} onClick={follow} />;
}
