import {
  createContext,
  createElement,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactElement,
  type ReactNode,
} from 'react';
import type { ElementView } from '../document/document.js';
import type { Conflict, Lock, Participant } from '../protocol/frame.js';
import type { JsonObject } from '../protocol/json.js';
import type { ElementId } from '../protocol/operation.js';
import type { Problem } from '../protocol/problem.js';
import { ProblemError } from '../protocol/problem.js';
import type { ConnectOptions, Session, SessionEvents } from '../session/api.js';
import { connect } from '../session/session.js';
import type { ConnectionState } from '../transport/transport.js';

const SessionContext = createContext<Session | undefined>(undefined);

/** Either a session that the application keeps, or what to connect with for as long as the provider is there. */
export type SessionProviderProps = { readonly children?: ReactNode } & (
  | { readonly session: Session; readonly connect?: undefined }
  | { readonly connect: ConnectOptions; readonly session?: undefined }
);

/**
 * Gives a session to what is below. With `connect` it joins when it appears and leaves when it goes, and joins anew
 * where url, session or user become others; its children show once the session object is there.
 */
export function SessionProvider({ children, session, connect: options }: SessionProviderProps): ReactElement | null {
  const own = useOwnSession(options);
  const value = session ?? own;
  return value ? createElement(SessionContext.Provider, { value }, children) : null;
}

function useOwnSession(options: ConnectOptions | undefined): Session | undefined {
  const [session, setSession] = useState<Session>();
  const latest = useRef(options);
  latest.current = options;
  const key = options && JSON.stringify([options.url, options.sessionId, options.guest?.secret, options.user]);
  useEffect(() => {
    if (key === undefined || !latest.current) return undefined;
    const joined = connect(latest.current);
    setSession(joined);
    return () => {
      joined.close();
    };
  }, [key]);
  return session;
}

/**
 * The session.
 *
 * @throws Error outside of a {@link SessionProvider}
 */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession: expected a SessionProvider around');
  return session;
}

/** Whatever a session tells at some of its events; renders anew only where that is another object. */
function useOf<T>(events: readonly (keyof SessionEvents)[], read: (session: Session) => T): T {
  const session = useSession();
  const names = events.join();
  const subscribe = useCallback(
    (changed: () => void) => {
      const stops = names.split(',').map((event) => session.on(event as keyof SessionEvents, changed));
      return () => {
        for (const stop of stops) stop();
      };
    },
    [session, names],
  );
  const snapshot = (): T => read(session);
  return useSyncExternalStore(subscribe, snapshot, snapshot);
}

/** An element as it is now; undefined where people do not see it. Renders anew only when this very element changes. */
export function useElement(id: ElementId): ElementView | undefined {
  return useOf(['document'], ({ document }) => (document.live(id) ? document.elements.get(id) : undefined));
}

/** The live children, in order. Renders anew only when one of them, or their order, changes. */
export function useChildren(parent: ElementId | null): readonly ElementView[] {
  return useOf(['document'], ({ document }) => document.children(parent));
}

/** Everybody present, oneself included. */
export function usePresence(): ReadonlyMap<string, Participant> {
  return useOf(['participants'], ({ participants }) => participants);
}

const NOWHERE: JsonObject = {};

/** Where the others are, by participant id. */
export function useAwareness(): ReadonlyMap<string, JsonObject>;
/** Where one of the others is. Renders anew only when that changes. */
export function useAwareness(participantId: string): JsonObject;
export function useAwareness(participantId?: string): ReadonlyMap<string, JsonObject> | JsonObject {
  return useOf(['awareness'], ({ awareness }) =>
    participantId === undefined ? awareness : (awareness.get(participantId) ?? NOWHERE),
  );
}

/** The open conflicts that people decide, by id. */
export function useConflicts(): ReadonlyMap<string, Conflict> {
  return useOf(['conflicts'], ({ conflicts }) => conflicts);
}

export interface History {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly undo: () => void;
  readonly redo: () => void;
}

/** Undo and redo of one's own edits. */
export function useHistory(): History {
  const session = useSession();
  const canUndo = useOf(['document', 'refused', 'state'], (each) => each.canUndo);
  const canRedo = useOf(['document', 'refused', 'state'], (each) => each.canRedo);
  const undo = useCallback(() => {
    session.undo();
  }, [session]);
  const redo = useCallback(() => {
    session.redo();
  }, [session]);
  return { canUndo, canRedo, undo, redo };
}

export interface Connection {
  readonly state: ConnectionState;
  /** Why it is closed. */
  readonly problem: Problem | undefined;
  /** One's own changes that are not confirmed yet. */
  readonly pendingChanges: number;
}

/** How the connection is, and what waits for it. */
export function useConnection(): Connection {
  const state = useOf(['state'], (session) => session.state);
  const problem = useOf(['state'], (session) => session.problem);
  const pendingChanges = useOf(['document', 'changes', 'accepted', 'refused'], (session) => session.pendingChanges);
  return { state, problem, pendingChanges };
}

export interface LockState {
  /** Who has it; undefined where nobody has. */
  readonly lock: Lock | undefined;
  readonly isMine: boolean;
  /** Why one's last try failed. */
  readonly problem: Problem | undefined;
  readonly acquire: (leaseSeconds?: number) => void;
  readonly release: () => void;
}

/** An element's lock; what one acquired is released when the component goes. */
export function useLock(element: ElementId): LockState {
  const session = useSession();
  const lock = useOf(['locks'], ({ locks }) => locks.get(element));
  const isMine = useOf(
    ['locks', 'participants'],
    ({ locks, self }) => self !== undefined && locks.get(element)?.participantId === self.participantId,
  );
  const [problem, setProblem] = useState<Problem>();
  const wanted = useRef(false);
  const acquire = useCallback(
    (leaseSeconds?: number) => {
      wanted.current = true;
      setProblem(undefined);
      session.lock(element, leaseSeconds).catch((reason: unknown) => {
        if (!wanted.current) return;
        wanted.current = false;
        setProblem(reason instanceof ProblemError ? reason.problem : undefined);
      });
    },
    [session, element],
  );
  const release = useCallback(() => {
    if (!wanted.current) return;
    wanted.current = false;
    session.unlock(element);
  }, [session, element]);
  useEffect(() => release, [release]);
  return { lock, isMine, problem, acquire, release };
}
