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

/** What was chosen on this device. */
export function chosenTheme(): Theme | 'system' {
  return remembered() ?? 'system';
}

/** Choosing what the system says anyway forgets the choice, so that the page follows the system again. */
export function toggleTheme(): void {
  const next: Theme = current === 'dark' ? 'light' : 'dark';
  chooseTheme(next === system() ? 'system' : next);
}

/** Chooses how pages look; whoever listens hears of it. */
export function chooseTheme(theme: Theme | 'system'): void {
  followTheme(theme);
  for (const heard of listeners) heard(theme);
}

/** The same, where it was chosen elsewhere. */
export function followTheme(theme: Theme | 'system'): void {
  if (theme === 'system') browserStorage.remove(KEY);
  else browserStorage.write(KEY, theme);
  apply(theme === 'system' ? system() : theme);
}

const listeners = new Set<(theme: Theme | 'system') => void>();

export function onThemeChoice(listener: (theme: Theme | 'system') => void): void {
  listeners.add(listener);
}

function subscribe(listener: () => void): () => void {
  window.addEventListener(CHANGED, listener);
  return () => window.removeEventListener(CHANGED, listener);
}

/** What was chosen on this device, as it changes. */
export function useChosenTheme(): Theme | 'system' {
  return useSyncExternalStore(subscribe, chosenTheme);
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, () => current);
}
