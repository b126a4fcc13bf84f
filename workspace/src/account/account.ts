import { ProblemError } from '@chorale/client';
import { logout, refresh, type SignedIn, type User } from '@chorale/client/account';
import { createStore } from 'zustand/vanilla';
import { isRecord, type JsonStorage } from '../app/storage';
import { forgetAccountKeys } from '../start/ownerKeys';

/** Whom the server takes this page for. */
export interface Standing {
  /** Who is signed in; a guest where absent. */
  readonly user?: User;
  /** Whether somebody was signed in here a moment ago, and the server does not take it any more. */
  readonly ended?: boolean;
  /** Whether the server said that guests may not do what was asked. */
  readonly needed?: boolean;
}

/** What the page calls at the server; another one in tests. */
export interface AccountCalls {
  refresh(): Promise<SignedIn>;
  logout(accessToken: string, options: { readonly everywhere?: boolean }): Promise<void>;
}

/** Runs one task at a time, over all tabs of this browser. */
export type Exclusively = <T>(task: () => Promise<T>) => Promise<T>;

export const ACCOUNT_KEY = 'chorale.account';
const SIGNED_OUT: ReadonlySet<number> = new Set([401, 403]);
/** A token on its way has to arrive before it expires. */
const GOOD_SHARE = 0.7;

/**
 * Who is signed in on this page. The access token is in memory alone; the cookie, which no script reads, brings another
 * one after a reload. What is kept in the browser's storage is no secret: who it was, so that a page that is loaded
 * without a connection knows whose edits it has, and so that other tabs hear of it.
 */
export class Account {
  readonly store = createStore<Standing>(() => ({}));
  private access: { readonly value: string; readonly goodUntil: number } | undefined;
  private asking: Promise<string> | undefined;

  constructor(
    private readonly storage: JsonStorage,
    private readonly calls: AccountCalls,
    private readonly exclusively: Exclusively = (task) => task(),
  ) {
    this.reread();
  }

  get user(): User | undefined {
    return this.store.getState().user;
  }

  /** What an answer of the server says, from now on and after a reload. */
  take(signedIn: SignedIn): void {
    this.access = { value: signedIn.accessToken, goodUntil: Date.now() + signedIn.expiresIn * 1000 * GOOD_SHARE };
    this.become(signedIn.user);
  }

  /** The account reads differently now. */
  become(user: User): void {
    this.storage.write(ACCOUNT_KEY, user);
    this.store.setState({ user }, true);
  }

  /** An access token that is good; rejects with a `ProblemError` of status 401 or 403 where nobody is signed in any more. */
  readonly token = (): Promise<string> => {
    if (this.access && Date.now() < this.access.goodUntil) return Promise.resolve(this.access.value);
    return this.renew();
  };

  /** A fresh access token, whatever the last one is worth: for a server that did not take that. */
  renew(): Promise<string> {
    this.asking ??= this.ask().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  /** Something that changes the sign-in: no tab asks for tokens meanwhile. */
  changing(change: () => Promise<SignedIn>): Promise<void> {
    return this.exclusively(async () => this.take(await change()));
  }

  /** Changes the account. No tab takes over what the server said of it before: that would undo the change here. */
  async change(change: (user: User, token: string) => Promise<User>): Promise<void> {
    const token = await this.token();
    await this.exclusively(async () => {
      this.reread();
      if (this.user) this.become(await change(this.user, token));
    });
  }

  /** Ends this sign-in, or all of this person's. Where the server cannot be reached it rejects, and nothing changed. */
  async signOut(options: { readonly everywhere?: boolean } = {}): Promise<void> {
    try {
      await this.calls.logout(await this.token(), options);
    } catch (failure) {
      // Whoever is signed out already is where they wanted to be.
      if (!isRefusal(failure)) throw failure;
    }
    this.leave(false);
  }

  /** Nobody is signed in here any more. */
  leave(ended: boolean): void {
    this.access = undefined;
    this.storage.remove(ACCOUNT_KEY);
    forgetAccountKeys(this.storage);
    this.store.setState(ended ? { ended: true } : {}, true);
  }

  /** Whoever was signed in takes part without that. */
  goOnAsGuest(): void {
    if (!this.user) this.store.setState({}, true);
  }

  /** The server said that one has to be signed in. */
  need(): void {
    const { user, needed } = this.store.getState();
    if (!user && !needed) this.store.setState({ needed: true });
  }

  /** Another tab signed in or out. */
  reread(): void {
    const kept = userIn(this.storage);
    const { user } = this.store.getState();
    if (kept === undefined) {
      if (user) {
        this.access = undefined;
        this.store.setState({ ended: true }, true);
      }
      return;
    }
    if (kept.userId !== user?.userId) this.access = undefined;
    if (JSON.stringify(kept) !== JSON.stringify(user)) this.store.setState({ user: kept }, true);
  }

  private ask(): Promise<string> {
    return this.exclusively(async () => {
      try {
        const fresh = await this.calls.refresh();
        this.take(fresh);
        return fresh.accessToken;
      } catch (failure) {
        if (isRefusal(failure) && this.user) this.leave(true);
        throw failure;
      }
    });
  }
}

function isRefusal(failure: unknown): boolean {
  return failure instanceof ProblemError && SIGNED_OUT.has(failure.problem.status);
}

function userIn(storage: JsonStorage): User | undefined {
  const value = storage.read(ACCOUNT_KEY);
  if (!isRecord(value)) return undefined;
  const { userId, login, name, color, locale, preferences, administrator } = value;
  if (typeof userId !== 'string' || typeof name !== 'string' || typeof color !== 'string') return undefined;
  return {
    ...value,
    userId,
    ...(typeof login === 'string' && { login }),
    name,
    color,
    ...(typeof locale === 'string' && { locale }),
    preferences: isRecord(preferences) ? preferences : {},
    administrator: administrator === true,
  };
}

/** The calls to the server that the page came from. */
export const pageCalls: AccountCalls = {
  refresh: () => refresh(window.location.origin),
  logout: (token, options) => logout(window.location.origin, token, options),
};

/** Over all tabs where the browser can say so (a secure context); else the server's leeway for tabs at once has to do. */
export const inTurn: Exclusively = async (task) => {
  const locks = (navigator as { readonly locks?: LockManager }).locks;
  return locks ? await locks.request('chorale.account', task) : task();
};

