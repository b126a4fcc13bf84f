import { useSyncExternalStore } from 'react';
import { browserStorage } from './storage';

export type Theme = 'light' | 'dark';

const KEY = 'chorale.theme';
const CHANGED = 'chorale:theme';
const darkSystem = window.matchMedia('(prefers-color-scheme: dark)');

function remembered(): Theme | undefined {
  const value = browserStorage.read(KEY);
  return value === 'light' || value === 'dark' ? value : undefined;
}

function system(): Theme {
  return darkSystem.matches ? 'dark' : 'light';
}

let current: Theme = remembered() ?? system();

function apply(theme: Theme): void {
  current = theme;
  document.documentElement.dataset['theme'] = theme;
  window.dispatchEvent(new Event(CHANGED));
}

export function startTheme(): void {
  apply(current);
  darkSystem.addEventListener('change', () => {
    if (remembered() === undefined) apply(system());
  });
}

/** Choosing what the system says anyway forgets the choice, so that the page follows the system again. */
export function toggleTheme(): void {
  const next: Theme = current === 'dark' ? 'light' : 'dark';
  if (next === system()) browserStorage.remove(KEY);
  else browserStorage.write(KEY, next);
  apply(next);
}

function subscribe(listener: () => void): () => void {
  window.addEventListener(CHANGED, listener);
  return () => window.removeEventListener(CHANGED, listener);
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, () => current);
}
