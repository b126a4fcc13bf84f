import { useSyncExternalStore } from 'react';
import { fetchAs } from '../../account/fetchAs';
import { assetStates, type AssetFailure, type AssetState } from '../../media/assetStates';
import { useShared, type SharedPool } from '../sharedPool';

/** Why a file cannot be shown. */
export class AssetError extends Error {
  constructor(readonly why: AssetFailure) {
    super(why);
  }
}

type Loaded<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly value: T }
  | { readonly status: 'failed'; readonly why: AssetFailure };

/** How one kind of file becomes something to draw, and how that is given up again. */
export interface Loader<T> {
  load(url: string, signal: AbortSignal): Promise<T>;
  release(value: T): void;
  /** What the rest of the page is told about it. */
  describe(value: T): AssetState;
}

/** Before another attempt, in milliseconds; the last one repeats. */
const AGAIN_MS = [4_000, 15_000, 60_000];
const LARGEST_FILE = 64 * 1024 * 1024;

/** A file that is being loaded, or was: shared by everything that shows it. */
export class Loading<T> {
  private state: Loaded<T> = { status: 'loading' };
  private readonly listeners = new Set<() => void>();
  private readonly left = new AbortController();
  private again: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly url: string,
    private readonly loader: Loader<T>,
  ) {
    // Not at once: files begin to load while React renders, when nothing else may be told to render again.
    queueMicrotask(() => {
      if (this.state.status === 'loading' && !this.left.signal.aborted) assetStates.set(url, { status: 'loading' });
    });
    void this.attempt(0);
  }

  readonly snapshot = (): Loaded<T> => this.state;

  readonly subscribe = (changed: () => void): (() => void) => {
    this.listeners.add(changed);
    return () => {
      this.listeners.delete(changed);
    };
  };

  dispose(): void {
    this.left.abort();
    clearTimeout(this.again);
    if (this.state.status === 'ready') this.loader.release(this.state.value);
    assetStates.set(this.url, undefined);
  }

  private async attempt(count: number): Promise<void> {
    const { signal } = this.left;
    try {
      const value = await this.loader.load(this.url, signal);
      if (signal.aborted) this.loader.release(value);
      else this.become({ status: 'ready', value });
    } catch (failure) {
      if (signal.aborted) return;
      const why = failure instanceof AssetError ? failure.why : 'broken';
      this.become({ status: 'failed', why });
      if (why === 'unreachable') this.again = setTimeout(() => void this.attempt(count + 1), AGAIN_MS[Math.min(count, AGAIN_MS.length - 1)]);
    }
  }

  private become(state: Loaded<T>): void {
    this.state = state;
    assetStates.set(this.url, state.status === 'ready' ? this.loader.describe(state.value) : state);
    for (const changed of this.listeners) changed();
  }
}

/** The file behind an address, as far as it is loaded; let go when nothing shows it any more. */
export function useLoading<T>(pool: SharedPool<Loading<T>>, url: string): Loaded<T> {
  const loading = useShared(pool, url);
  return useSyncExternalStore(loading.subscribe, loading.snapshot);
}

/** The bytes of a file that is kept with the session. */
export async function fetched(url: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  let response: Response;
  try {
    response = await fetchAs(url, { signal, redirect: 'error' });
  } catch {
    throw new AssetError('unreachable');
  }
  if (!response.ok) throw new AssetError(response.status >= 500 || response.status === 429 ? 'unreachable' : 'missing');
  if (Number(response.headers.get('Content-Length') ?? 0) > LARGEST_FILE) throw new AssetError('broken');
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch {
    throw new AssetError('unreachable');
  }
}
