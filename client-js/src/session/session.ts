import { AwarenessOutbox, mergeStates, type AwarenessStates } from '../awareness/awareness.js';
import type { DocumentView } from '../document/document.js';
import { assertNever } from '../protocol/assertNever.js';
import type {
  AwarenessFrame,
  CommittedChange,
  Guest,
  HelloFrame,
  Participant,
  PresenceFrame,
  SessionInfo,
  WelcomeFrame,
} from '../protocol/frame.js';
import type { JsonObject } from '../protocol/json.js';
import { refuse } from '../protocol/limits.js';
import type { Operation } from '../protocol/operation.js';
import { isProblem, problem, ProblemError, type Problem } from '../protocol/problem.js';
import { changesOf } from '../sync/pending.js';
import * as syncing from '../sync/sync.js';
import {
  socketUrl,
  Transport,
  type ConnectionState,
  type SessionFrame,
  type WebSocketFactory,
} from '../transport/transport.js';
import { Emitter } from './emitter.js';
import { UndoHistory } from './undoHistory.js';

const STORAGE_RETRY_MS = 2000;

export interface ConnectOptions {
  /** The server, as `http(s)://host[:port]` or `ws(s)://…`. */
  readonly url: string;
  readonly sessionId: string;
  readonly guest: Guest;
  /** New for each page load or process start; made up where absent. */
  readonly clientId?: string;
  /** Where there is no global `WebSocket`, as in older Node. */
  readonly webSocket?: WebSocketFactory;
  /** The longest wait between two attempts to come back; 30 seconds where absent. Shorter where a person watches. */
  readonly maxReconnectDelayMs?: number;
}

export interface SessionEvents {
  readonly state: ConnectionState;
  /** Once for each frame or edit that changed something. */
  readonly document: DocumentView;
  readonly participants: ReadonlyMap<string, Participant>;
  readonly awareness: AwarenessStates;
  /** An own change that the server did not take; it is out of the document again. */
  readonly refused: { readonly changeId: string; readonly problem: Problem; readonly operations: readonly Operation[] };
  /** Everybody's changes, one's own too, as they are folded; those behind a snapshot are not among them. */
  readonly changes: readonly CommittedChange[];
  readonly accepted: { readonly changeId: string; readonly revision: number };
  /** An `error` frame, or something wrong that the session recovers from by itself. */
  readonly problem: Problem;
  /** The round trip of a heartbeat in milliseconds. */
  readonly latency: number;
}

/** One's seat in a session: its document, the people in it, and the connection that keeps both up to date. */
export interface Session {
  readonly sessionId: string;
  readonly clientId: string;
  readonly state: ConnectionState;
  /** Why the state is `closed`; undefined after `close()`. */
  readonly problem: Problem | undefined;
  /** Known from the first welcome on. */
  readonly info: SessionInfo | undefined;
  /** Known from the first welcome on; a new connection is a new participant. */
  readonly self: Participant | undefined;
  /** Everybody present, oneself included, by participant id. */
  readonly participants: ReadonlyMap<string, Participant>;
  /** The others' states by participant id. */
  readonly awareness: AwarenessStates;
  /** What is confirmed with one's own edits on top. */
  readonly document: DocumentView;
  /** How many of one's own changes are not confirmed yet. */
  readonly pendingChanges: number;
  /** Whether {@link undo} has something to undo. */
  readonly canUndo: boolean;
  /** Whether {@link redo} has something to redo: since the last undo nothing else was edited. */
  readonly canRedo: boolean;
  readonly roundTripMs: number | undefined;
  /** Resolves with the first welcome; rejects with a {@link ProblemError} when the session closes before. */
  ready(): Promise<void>;
  /**
   * Makes an edit, atomic and visible at once, and answers its change id. Edits under one name of a gesture, as the steps
   * of a drag, become one change while they wait to be sent, so that several may answer the same id.
   *
   * @throws ProblemError when no server would take it, or the session is closed
   */
  edit(operations: readonly Operation[], options?: { readonly gesture?: string }): string;
  /**
   * Undoes one's own change as far as others' later edits allow, the last one that is not undone yet where none is named.
   * Answers the change id of the undo; undefined where there is nothing to undo.
   *
   * @throws ProblemError `unknown-change` for a change that is not one's own, or too old; when the session is closed
   */
  undo(changeId?: string): string | undefined;
  /** Undoes an undo, the last one where none is named; else as {@link undo}. */
  redo(changeId?: string): string | undefined;
  /** Shows the others where one is. Keys given replace the earlier ones, null removes a key; sent at most 30 times a second. */
  setAwareness(partial: JsonObject): void;
  /** Resolves when nothing is pending and the state is `online`; rejects with a {@link ProblemError} when the session closes before. */
  idle(): Promise<void>;
  /** Goes on under another name or colour: as a new participant, with everything that is pending. */
  introduce(guest: Guest): void;
  /** Leaves for good. What is pending is lost. */
  close(): void;
  /** Listens, and answers the function that stops it. */
  on<E extends keyof SessionEvents>(event: E, listener: (payload: SessionEvents[E]) => void): () => void;
}

/** Joins a session and stays in it, through lost connections, until `close()` or until the server ends it. */
export function connect(options: ConnectOptions): Session {
  const session = new LiveSession(options);
  session.open();
  return session;
}

class LiveSession implements Session {
  readonly sessionId: string;
  readonly clientId: string;
  state: ConnectionState = 'connecting';
  problem: Problem | undefined;
  info: SessionInfo | undefined;
  self: Participant | undefined;
  participants: ReadonlyMap<string, Participant> = new Map();
  awareness: AwarenessStates = new Map();
  roundTripMs: number | undefined;

  #guest: Guest;
  readonly #emitter = new Emitter<SessionEvents>();
  readonly #transport: Transport;
  readonly #outbox: AwarenessOutbox;
  readonly #undoHistory = new UndoHistory();
  #sync: syncing.Sync;
  #storageRetry: ReturnType<typeof setTimeout> | undefined;
  #waiting: {
    readonly until: () => boolean;
    readonly resolve: () => void;
    readonly reject: (reason: ProblemError) => void;
  }[] = [];

  constructor(options: ConnectOptions) {
    this.sessionId = options.sessionId;
    this.clientId = options.clientId ?? randomId();
    this.#guest = options.guest;
    this.#sync = syncing.start(this.clientId);
    const webSocket = options.webSocket ?? ((url, protocols) => new WebSocket(url, protocols));
    this.#transport = new Transport(socketUrl(options.url, options.sessionId), webSocket, {
      hello: () => this.#hello(),
      onState: (state, reason) => {
        this.#onState(state, reason);
      },
      onWelcome: (welcome) => {
        this.#onWelcome(welcome);
      },
      onFrame: (frame) => {
        this.#onFrame(frame);
      },
      onHead: (revision) => {
        this.#take(syncing.onHead(this.#sync, revision));
      },
      onLatency: (milliseconds) => {
        this.roundTripMs = milliseconds;
        this.#emitter.emit('latency', milliseconds);
      },
      onProblem: (received) => {
        this.#emitter.emit('problem', received);
        if (isProblem(received, 'unknown-type')) this.#take(syncing.onUnknownType(this.#sync, received));
      },
    }, options.maxReconnectDelayMs);
    this.#outbox = new AwarenessOutbox((state) => {
      this.#transport.send({ type: 'awareness', state });
    });
  }

  open(): void {
    this.#transport.open();
  }

  get document(): DocumentView {
    return this.#sync.view;
  }

  get pendingChanges(): number {
    return changesOf(this.#sync.pending).length;
  }

  ready(): Promise<void> {
    return this.#until(() => this.#sync.initialized);
  }

  idle(): Promise<void> {
    return this.#until(() => this.state === 'online' && this.#sync.pending.status === 'synchronized');
  }

  get canUndo(): boolean {
    return this.#isUndoable(this.#undoHistory.lastDone);
  }

  get canRedo(): boolean {
    return this.#isUndoable(this.#undoHistory.lastUndone);
  }

  edit(operations: readonly Operation[], { gesture }: { readonly gesture?: string } = {}): string {
    this.#requireOpen('edit');
    const { changeId, ...step } = syncing.edit(this.#sync, operations, gesture);
    this.#undoHistory.edited(changeId);
    this.#take(step);
    return changeId;
  }

  undo(changeId?: string): string | undefined {
    return this.#undo(changeId ?? (this.canUndo ? this.#undoHistory.lastDone : undefined));
  }

  redo(changeId?: string): string | undefined {
    return this.#undo(changeId ?? (this.canRedo ? this.#undoHistory.lastUndone : undefined));
  }

  #undo(undone: string | undefined): string | undefined {
    this.#requireOpen('undo');
    if (undone === undefined) return undefined;
    const { changeId, ...step } = syncing.undo(this.#sync, undone);
    this.#undoHistory.undone(undone, changeId);
    this.#take(step);
    return changeId;
  }

  #isUndoable(changeId: string | undefined): boolean {
    return this.state !== 'closed' && changeId !== undefined && syncing.canUndo(this.#sync, changeId);
  }

  #requireOpen(what: string): void {
    if (this.state === 'closed') refuse('session-closed', `${what} (expected: before the session closed)`);
  }

  setAwareness(partial: JsonObject): void {
    this.#outbox.set(partial);
  }

  introduce(guest: Guest): void {
    this.#guest = guest;
    this.#transport.reconnect();
  }

  close(): void {
    this.#transport.close();
  }

  on<E extends keyof SessionEvents>(event: E, listener: (payload: SessionEvents[E]) => void): () => void {
    return this.#emitter.on(event, listener);
  }

  #hello(): HelloFrame {
    return {
      type: 'hello',
      guest: this.#guest,
      clientId: this.clientId,
      ...(this.#sync.initialized && { revision: this.#sync.confirmed.revision }),
    };
  }

  #onState(state: ConnectionState, reason: Problem | undefined): void {
    if (this.state === 'online') {
      this.#outbox.offline();
      clearTimeout(this.#storageRetry);
      this.#sync = syncing.onDisconnect(this.#sync);
    }
    const changed = this.state !== state;
    this.state = state;
    this.problem = reason;
    if (state === 'online') this.#outbox.online();
    if (changed) this.#emitter.emit('state', state);
    this.#settleWaiting();
  }

  #onWelcome(welcome: WelcomeFrame): void {
    this.info = welcome.session;
    this.self = welcome.self;
    this.participants = byId(welcome.participants);
    this.awareness = new Map();
    this.#take(syncing.onWelcome(this.#sync, welcome));
    this.#emitter.emit('participants', this.participants);
    this.#emitter.emit('awareness', this.awareness);
  }

  #onFrame(frame: SessionFrame): void {
    switch (frame.type) {
      case 'changes':
        this.#take(syncing.onChanges(this.#sync, frame.changes));
        return;
      case 'accepted':
        this.#take(syncing.onAccepted(this.#sync, frame));
        return;
      case 'refused':
        this.#take(syncing.onRefused(this.#sync, frame));
        return;
      case 'snapshot':
        this.#take(syncing.onSnapshot(this.#sync, frame));
        return;
      case 'awareness':
        this.#onAwareness(frame);
        return;
      case 'presence':
        this.#onPresence(frame);
        return;
      default:
        assertNever(frame);
    }
  }

  /** One frame serves all receivers, so one's own state may be in it (AWA-2). */
  #onAwareness({ states }: AwarenessFrame): void {
    const others = new Map([...states].filter(([id]) => id !== this.self?.participantId));
    if (others.size === 0) return;
    this.awareness = mergeStates(this.awareness, others);
    this.#emitter.emit('awareness', this.awareness);
  }

  #onPresence({ joined, left, updated }: PresenceFrame): void {
    const participants = new Map([...this.participants, ...byId(joined), ...byId(updated)]);
    for (const id of left) participants.delete(id);
    this.participants = participants;
    this.#emitter.emit('participants', participants);
    if (left.some((id) => this.awareness.has(id))) {
      this.awareness = new Map([...this.awareness].filter(([id]) => !left.includes(id)));
      this.#emitter.emit('awareness', this.awareness);
    }
  }

  #take({ sync, effects }: syncing.Step): void {
    const changed = sync.view !== this.#sync.view;
    this.#sync = sync;
    for (const effect of effects) if (effect.type === 'send') this.#transport.send(effect.frame);
    // Listeners hear of it when all is in place, so that they may edit.
    for (const effect of effects) this.#tell(effect);
    // Not `sync.view`: a listener of the effects may have edited since.
    if (changed) this.#emitter.emit('document', this.#sync.view);
    this.#settleWaiting();
  }

  #tell(effect: syncing.Effect): void {
    switch (effect.type) {
      case 'send':
        return;
      case 'changes':
        this.#emitter.emit('changes', effect.changes);
        return;
      case 'accepted':
        this.#emitter.emit('accepted', { changeId: effect.changeId, revision: effect.revision });
        return;
      case 'refused': {
        const { changeId, problem: why, operations } = effect;
        this.#undoHistory.refused(changeId);
        this.#emitter.emit('refused', { changeId, problem: why, operations });
        return;
      }
      case 'held':
        this.#storageRetry = setTimeout(() => {
          this.#take(syncing.release(this.#sync));
        }, STORAGE_RETRY_MS);
        this.#emitter.emit('problem', effect.problem);
        return;
      default:
        assertNever(effect);
    }
  }

  #until(condition: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ until: condition, resolve, reject });
      this.#settleWaiting();
    });
  }

  #settleWaiting(): void {
    this.#waiting = this.#waiting.filter(({ until, resolve, reject }) => {
      if (until()) resolve();
      else if (this.state === 'closed') reject(new ProblemError(this.problem ?? LEFT));
      else return true;
      return false;
    });
  }
}

const LEFT = problem('session-closed', 'The session is closed', 410, 'close() was called');

function byId(participants: readonly Participant[]): ReadonlyMap<string, Participant> {
  return new Map(participants.map((participant) => [participant.participantId, participant]));
}

/** 120 bits. `crypto.randomUUID` is missing where the page came over plain http. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(20));
  return Array.from(bytes, (byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef'.charAt(byte % 32)).join('');
}
