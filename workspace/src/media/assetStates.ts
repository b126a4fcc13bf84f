/** Why a file that an element shows is not seen. */
export type AssetFailure = 'missing' | 'unreachable' | 'broken' | 'none';

/** What became of a file that the scene draws. */
export type AssetState =
  | { readonly status: 'unseen' }
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly pixels?: readonly [width: number, height: number]; readonly triangles?: number }
  | { readonly status: 'failed'; readonly why: AssetFailure };

const UNSEEN: AssetState = { status: 'unseen' };

/** What the scene tells the rest of the page about the files that it draws, by their address. */
class AssetStates {
  private readonly states = new Map<string, AssetState>();
  private readonly listeners = new Set<() => void>();

  of(url: string): AssetState {
    return this.states.get(url) ?? UNSEEN;
  }

  /** Undefined where nobody draws it any more. */
  set(url: string, state: AssetState | undefined): void {
    if (state === undefined) this.states.delete(url);
    else this.states.set(url, state);
    for (const changed of this.listeners) changed();
  }

  readonly subscribe = (changed: () => void): (() => void) => {
    this.listeners.add(changed);
    return () => {
      this.listeners.delete(changed);
    };
  };
}

export const assetStates = new AssetStates();
