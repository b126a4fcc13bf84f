import type { AwarenessStates } from '../awareness/awareness.js';
import type { DocumentView } from '../document/document.js';
import type { RefusedEdit } from '../offline/bucket.js';
import type { OfflineStore } from '../offline/store.js';
import type {
  ChatMessage,
  CommittedChange,
  Conflict,
  Guest,
  Lock,
  Note,
  Participant,
  Self,
  SessionInfo,
} from '../protocol/frame.js';
import type { JsonObject, JsonValue } from '../protocol/json.js';
import type { Choice, ElementId, Operation } from '../protocol/operation.js';
import type { Problem } from '../protocol/problem.js';
import type { Overwritten } from '../sync/overwritten.js';
import type { ConnectionState, WebSocketFactory } from '../transport/transport.js';
import type { SyncReport } from './comeback.js';
import type { Gesture, GestureOptions } from './gestures.js';

export interface ConnectOptions {
  /** The server, as `http(s)://host[:port]` or `ws(s)://…`. */
  readonly url: string;
  readonly sessionId: string;
  /** Which branch of the session; `main` where absent. */
  readonly branch?: string;
  /** Who comes without an account; not needed with a `token`. */
  readonly guest?: Guest;
  /**
   * Where access tokens come from, as {@link accessTokens} or what an OpenID Connect library offers: asked before each
   * connection, and in time before the last one expires. Where it rejects with a {@link ProblemError} of status 401 or
   * 403 the session closes; after every other failure it is asked again later.
   */
  readonly token?: () => Promise<string>;
  /** With a `token`: whose it is, so that what is kept offline is theirs; without it edits are kept in memory only. */
  readonly user?: string;
  /** With a `token`: in the place of the account's colour. */
  readonly color?: string;
  /** New for each page load or process start; made up where absent. */
  readonly clientId?: string;
  /** The `self.participantId` of before a reload: taken again where it is still free, so nobody sees one leave. */
  readonly seat?: string;
  /** Where there is no global `WebSocket`, as in older Node. */
  readonly webSocket?: WebSocketFactory;
  /** The session's password, where it has one and one is no member yet; a member needs a `guest.secret`. */
  readonly password?: string;
  /** The token of an invitation, by which one becomes a member. */
  readonly invitation?: string;
  /** The longest wait between two attempts to come back; 30 seconds where absent. Shorter where a person watches. */
  readonly maxReconnectDelayMs?: number;
  /** Whether large frames may come compressed, where that can be read; true where absent. */
  readonly compression?: boolean;
  /**
   * Where what is not confirmed outlives the page. Where absent `indexeddb`, if there is one together with Web Locks (a
   * secure context), else `memory`. It needs a `guest.secret` or a `user`: without one nobody is the same user again.
   */
  readonly storage?: 'indexeddb' | 'memory' | OfflineStore;
}

export interface SessionEvents {
  readonly state: ConnectionState;
  /** Once for each frame or edit that changed something. */
  readonly document: DocumentView;
  /** The session's settings, at each welcome and when its owner changes them. */
  readonly info: SessionInfo;
  /** Oneself, with what one may do: at each welcome, and when that changes. */
  readonly permissions: Self;
  readonly participants: ReadonlyMap<string, Participant>;
  readonly awareness: AwarenessStates;
  readonly locks: ReadonlyMap<ElementId, Lock>;
  /** Everybody's messages, one's own too, as they come. */
  readonly chat: ChatMessage;
  /** A conflict that people decide opened, changed or ended. */
  readonly conflict: Conflict;
  /** The open conflicts, whenever there are others or they read differently. */
  readonly conflicts: ReadonlyMap<string, Conflict>;
  /** An own change that the server did not take; it is out of the document again. */
  readonly refused: { readonly changeId: string; readonly problem: Problem; readonly operations: readonly Operation[] };
  /** The refused edits that are kept. */
  readonly refusedEdits: readonly RefusedEdit[];
  /** A branch was made, changed, entered, left or, with `deleted`, is gone; `branchIn` of `@chorale/client/history` reads it. */
  readonly branch: JsonObject;
  /** A merge request was made or changed; `mergeRequestIn` of `@chorale/client/history` reads it. */
  readonly mergeRequest: JsonObject;
  /** A version was made; `versionIn` of `@chorale/client/history` reads it. */
  readonly version: JsonObject;
  /** Everybody's changes, one's own too, as they are folded; those behind a snapshot are not among them. */
  readonly changes: readonly CommittedChange[];
  readonly accepted: { readonly changeId: string; readonly revision: number; readonly notes: readonly Note[] };
  /** An own change was accepted, and met others' edits or came to something else than was asked for: the notes say. */
  readonly conflicted: { readonly changeId: string; readonly notes: readonly Note[] };
  /** Somebody replaced what one had written, without having seen it. */
  readonly overwritten: Overwritten;
  /** Everything that waited when the connection came back has its answer. */
  readonly synced: SyncReport;
  /** An `error` frame, or something wrong that the session recovers from by itself. */
  readonly problem: Problem;
  /** The round trip of a heartbeat in milliseconds. */
  readonly latency: number;
}

/** One's seat in a session: its document, the people in it, and the connection that keeps both up to date. */
export interface Session {
  readonly sessionId: string;
  /** The branch whose document this is, and whose people and locks; chat is the whole session's. */
  readonly branch: string;
  readonly clientId: string;
  readonly state: ConnectionState;
  /** Why the state is `closed`; undefined after `close()`. */
  readonly problem: Problem | undefined;
  /** Known from {@link ready} on. */
  readonly info: SessionInfo | undefined;
  /** Known from {@link ready} on; `participantId` is the `seat` to keep for a reload. */
  readonly self: Self | undefined;
  /** Everybody present, oneself included, by participant id. */
  readonly participants: ReadonlyMap<string, Participant>;
  /** The others' states by participant id. */
  readonly awareness: AwarenessStates;
  /** What is confirmed with one's own edits on top. */
  readonly document: DocumentView;
  /** Everybody's locks by element. */
  readonly locks: ReadonlyMap<ElementId, Lock>;
  /** The open conflicts that people decide, by id. */
  readonly conflicts: ReadonlyMap<string, Conflict>;
  /** One's own changes that the server did not take, the newest last: kept, with the store, until dismissed. */
  readonly refusedEdits: readonly RefusedEdit[];
  /** How many of one's own changes are not confirmed yet. */
  readonly pendingChanges: number;
  /** Whether {@link undo} has something to undo. */
  readonly canUndo: boolean;
  /** Whether {@link redo} has something to redo: since the last undo nothing else was edited. */
  readonly canRedo: boolean;
  readonly roundTripMs: number | undefined;
  /**
   * How far the server's clock is ahead of `Date.now()` in milliseconds, as of the last heartbeat; wrong by half of its round
   * trip at most. Undefined before the first one, and where the server does not tell.
   */
  readonly serverClockAheadMs: number | undefined;
  /**
   * Resolves when there is a document: with the first welcome, or before it with the one that an earlier page kept.
   * Rejects with a {@link ProblemError} when the session closes before.
   */
  ready(): Promise<void>;
  /**
   * Makes an edit, atomic and visible at once, and answers its change id. Edits under one name of a gesture, as the steps
   * of a drag, become one change while they wait to be sent, so that several may answer the same id; where they follow
   * each other they are one step of undo.
   *
   * @throws ProblemError when no server would take it, `forbidden` where one's role surely does not allow it, or the session is closed
   */
  edit(operations: readonly Operation[], options?: { readonly gesture?: string }): string;
  /** Begins a series of edits that is one step of undo, sent when it is committed, and can be cancelled. */
  beginGesture(options?: GestureOptions): Gesture;
  /**
   * Undoes one's own change as far as others' later edits allow, the last step that is not undone yet where none is
   * named. Answers the change id of the (last) undo; undefined where there is nothing to undo.
   *
   * @throws ProblemError `unknown-change` for a change that is not one's own, or too old; when the session is closed
   */
  undo(changeId?: string): string | undefined;
  /** Undoes an undo, the last one where none is named; else as {@link undo}. */
  redo(changeId?: string): string | undefined;
  /**
   * Locks an element and all below it, and keeps it locked until {@link unlock}, through lost connections where nobody
   * took it meanwhile. Without a connection it waits for one.
   *
   * @param leaseSeconds how long it outlives this page at most; the server's default where absent
   * @returns the lock; rejects with a {@link ProblemError}, as `locked` where another user holds it
   */
  lock(element: ElementId, leaseSeconds?: number): Promise<Lock>;
  /** Gives one's lock up, or the wish for it. */
  unlock(element: ElementId): void;
  /**
   * Says something to everybody, now or when there is a connection again, once.
   *
   * @returns the message as it was stored; rejects with a {@link ProblemError}
   */
  chat(text: string): Promise<ChatMessage>;
  /**
   * Ends an open conflict, as an edit: whoever was faster is told as `refused`.
   *
   * @param value with the choice `VALUE`, and with it only
   * @throws ProblemError `conflict-not-found`, and as {@link edit}
   */
  resolveConflict(id: string, choice: Choice, value?: JsonValue): string;
  /** Makes what was overwritten as one had it; undefined where that is not known. */
  restoreMine(overwritten: Overwritten): string | undefined;
  /** Forgets a refused edit. */
  dismissRefused(changeId: string): void;
  /** Shows the others where one is. Keys given replace the earlier ones, null removes a key; sent at most 30 times a second. */
  setAwareness(partial: JsonObject): void;
  /** Shows the others that one is away, or back. */
  setAway(away: boolean): void;
  /** Resolves when nothing is pending and the state is `online`; rejects with a {@link ProblemError} when the session closes before. */
  idle(): Promise<void>;
  /** Goes on under another name or colour, with everything that is pending; with another secret as a new participant. With a `token` under those that the account has now. */
  introduce(guest: Guest): void;
  /** Leaves for good. What is pending is lost, unless it is stored: then the next page of this user sends it. */
  close(): void;
  /** Listens, and answers the function that stops it. */
  on<E extends keyof SessionEvents>(event: E, listener: (payload: SessionEvents[E]) => void): () => void;
}
