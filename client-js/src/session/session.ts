import { AwarenessOutbox, mergeStates, type AwarenessStates } from '../awareness/awareness.js';
import type { DocumentView } from '../document/document.js';
import type { Bucket, RefusedEdit } from '../offline/bucket.js';
import { OfflineCopy } from '../offline/offlineCopy.js';
import { bucketPrefix, storeOf } from '../offline/storage.js';
import { assertNever } from '../protocol/assertNever.js';
import type {
  AwarenessFrame,
  ChatMessage,
  Conflict,
  ErrorSubject,
  Guest,
  HelloFrame,
  Lock,
  Note,
  Participant,
  PermissionsFrame,
  PongFrame,
  PresenceFrame,
  Self,
  SessionInfo,
  WelcomeFrame,
} from '../protocol/frame.js';
import type { JsonObject, JsonValue } from '../protocol/json.js';
import { refuse } from '../protocol/limits.js';
import type { Choice, ElementId, Operation } from '../protocol/operation.js';
import { isProblem, problem, ProblemError, type Problem } from '../protocol/problem.js';
import type { Overwritten } from '../sync/overwritten.js';
import { changesOf } from '../sync/pending.js';
import { adopted, restored } from '../sync/restore.js';
import * as syncing from '../sync/sync.js';
import { socketUrl, Transport, type ConnectionState, type SessionFrame } from '../transport/transport.js';
import type { ConnectOptions, Session, SessionEvents } from './api.js';
import { Chat } from './chat.js';
import { Comeback } from './comeback.js';
import { OpenConflicts } from './conflicts.js';
import { Emitter } from './emitter.js';
import { beginGesture, type Gesture, type GestureOptions } from './gestures.js';
import { Locks } from './locks.js';
import { requireAllowed, requireEditor } from './rights.js';
import { UndoHistory } from './undoHistory.js';

/** The branch that every session has. */
const MAIN = 'main';
const STORAGE_RETRY_MS = 2000;
const NOBODY = problem('unauthenticated', 'Nobody is signed in', 401, 'options (expected: a guest or a token)');
/** A token is replaced when so much of its time is over. */
const TOKEN_SHARE = 0.8;
/** Clocks differ: a token that seems to have expired is not replaced in a loop. */
const SHORTEST_TOKEN_MS = 2000;
/** What a timer can wait for at most. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** So many refused edits are kept. */
const REFUSED = 1000;

/** Joins a session and stays in it, through lost connections, until `close()` or until the server ends it. */
export function connect(options: ConnectOptions): Session {
  const session = new LiveSession(options);
  session.open();
  return session;
}

class LiveSession implements Session {
  readonly sessionId: string;
  readonly branch: string;
  readonly clientId: string;
  state: ConnectionState = 'connecting';
  problem: Problem | undefined;
  info: SessionInfo | undefined;
  self: Self | undefined;
  participants: ReadonlyMap<string, Participant> = new Map();
  awareness: AwarenessStates = new Map();
  refusedEdits: readonly RefusedEdit[] = [];
  roundTripMs: number | undefined;
  serverClockAheadMs: number | undefined;

  #guest: Guest | undefined;
  /** What one shows to become a member; of no use once one is. */
  #ticket: Pick<ConnectOptions, 'password' | 'invitation'>;
  #token: string | undefined;
  #tokenTimer: ReturnType<typeof setTimeout> | undefined;
  #seat: string | undefined;
  readonly #options: ConnectOptions;
  readonly #emitter = new Emitter<SessionEvents>();
  readonly #transport: Transport;
  readonly #outbox: AwarenessOutbox;
  readonly #locks: Locks;
  readonly #chat: Chat;
  readonly #conflicts = new OpenConflicts();
  readonly #comeback: Comeback;
  readonly #undoHistory = new UndoHistory();
  #offline: OfflineCopy | undefined;
  #gestures = 0;
  #sync: syncing.Sync;
  #storageRetry: ReturnType<typeof setTimeout> | undefined;
  #waiting: {
    readonly until: () => boolean;
    readonly resolve: () => void;
    readonly reject: (reason: ProblemError) => void;
  }[] = [];

  constructor(options: ConnectOptions) {
    if (!options.guest && !options.token) throw new ProblemError(NOBODY);
    this.#options = options;
    this.sessionId = options.sessionId;
    this.branch = options.branch ?? MAIN;
    this.clientId = options.clientId ?? randomId();
    this.#guest = options.guest;
    const { password, invitation } = options;
    this.#ticket = {
      ...(password !== undefined && { password }),
      ...(invitation !== undefined && { invitation }),
    };
    this.#seat = options.seat;
    this.#sync = syncing.start(this.clientId);
    this.#transport = this.#connecting(options);
    this.#outbox = new AwarenessOutbox((state, whole) => {
      this.#transport.send({ type: 'awareness', state, ...(whole && { partial: false }) });
    });
    this.#locks = new Locks({
      send: (frame) => {
        this.#transport.send(frame);
      },
      changed: () => {
        this.#emitter.emit('locks', this.#locks.locks);
      },
    });
    this.#chat = new Chat(this.clientId, {
      send: (frame) => {
        this.#transport.send(frame);
      },
      said: (message) => {
        this.#emitter.emit('chat', message);
      },
    });
    this.#comeback = new Comeback((report) => {
      this.#emitter.emit('synced', report);
    });
    this.#offline = this.#offlineCopy();
  }

  #connecting({ url, sessionId, ...options }: ConnectOptions): Transport {
    const webSocket = options.webSocket ?? ((address, protocols) => new WebSocket(address, protocols));
    const events = {
      prepare: () => this.#fetchToken(),
      hello: () => this.#hello(),
      onState: (state: ConnectionState, reason?: Problem) => {
        this.#onState(state, reason);
      },
      onWelcome: (welcome: WelcomeFrame) => {
        this.#onWelcome(welcome);
      },
      onFrame: (frame: SessionFrame) => {
        this.#onFrame(frame);
      },
      onPong: (pong: PongFrame, roundTripMs: number) => {
        this.#onPong(pong, roundTripMs);
      },
      onProblem: (received: Problem, about?: ErrorSubject) => {
        this.#onProblem(received, about);
      },
      awaitsAnswer: () => 'inFlight' in this.#sync.pending,
    };
    const { maxReconnectDelayMs: longestDelayMs, compression } = options;
    return new Transport(socketUrl(url, sessionId), webSocket, events, { longestDelayMs, compression });
  }

  /** Connects, once it is known what an earlier page left. */
  open(): void {
    const offline = this.#offline;
    if (!offline) {
      this.#transport.open();
      return;
    }
    void offline.open().then((buckets) => {
      if (offline === this.#offline && buckets.length > 0) this.#restore(buckets);
      offline.started();
      if (this.state !== 'closed') this.#transport.open();
    });
  }

  get document(): DocumentView {
    return this.#sync.view;
  }

  get locks(): ReadonlyMap<ElementId, Lock> {
    return this.#locks.locks;
  }

  get conflicts(): ReadonlyMap<string, Conflict> {
    return this.#conflicts.open;
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
    return this.#areUndoable(this.#undoHistory.lastDone);
  }

  get canRedo(): boolean {
    return this.#areUndoable(this.#undoHistory.lastUndone);
  }

  // ---- what the person does

  edit(operations: readonly Operation[], { gesture }: { readonly gesture?: string } = {}): string {
    return this.#edit(operations, { gesture });
  }

  #edit(operations: readonly Operation[], gesturing: syncing.Gesturing): string {
    this.#requireOpen('edit');
    requireAllowed(this.self, operations);
    const { changeId, ...step } = syncing.edit(this.#sync, operations, gesturing);
    this.#undoHistory.edited(changeId, gesturing.gesture, gesturing.squash);
    this.#take(step);
    return changeId;
  }

  beginGesture(options: GestureOptions = {}): Gesture {
    this.#gestures += 1;
    const session = {
      edit: (operations: readonly Operation[], gesture: string, live: boolean) =>
        this.#edit(operations, { gesture, squash: true, held: !live }),
      seal: () => {
        this.#take(syncing.seal(this.#sync));
      },
      takeBack: (changeIds: readonly string[]) => {
        this.#takeBack(changeIds);
      },
    };
    // No name that an application gives.
    return beginGesture(session, `\u0000${this.#gestures}`, options);
  }

  #takeBack(changeIds: readonly string[]): void {
    for (const changeId of changeIds) {
      this.#undoHistory.dropped(changeId);
      const step = syncing.retract(this.#sync, changeId);
      if (step) {
        this.#comeback.withdrawn(changeId);
        this.#take(step);
      } else if (this.#areUndoable([changeId])) {
        this.#take(syncing.undo(this.#sync, changeId));
      }
    }
  }

  undo(changeId?: string): string | undefined {
    return this.#undo(changeId === undefined ? (this.canUndo ? this.#undoHistory.lastDone : []) : [changeId]);
  }

  redo(changeId?: string): string | undefined {
    return this.#undo(changeId === undefined ? (this.canRedo ? this.#undoHistory.lastUndone : []) : [changeId]);
  }

  /** Undoes a step, its last change first. */
  #undo(changeIds: readonly string[]): string | undefined {
    this.#requireOpen('undo');
    requireEditor(this.self);
    const newestFirst = [...changeIds].reverse();
    const { undoIds, ...step } = syncing.undoAll(this.#sync, newestFirst);
    const last = undoIds.at(-1);
    if (last === undefined) return undefined;
    this.#undoHistory.undone(newestFirst, undoIds);
    this.#take(step);
    return last;
  }

  #areUndoable(changeIds: readonly string[]): boolean {
    const known = changeIds.every((changeId) => syncing.canUndo(this.#sync, changeId));
    return this.state !== 'closed' && changeIds.length > 0 && known;
  }

  #requireOpen(what: string): void {
    if (this.state === 'closed') refuse('session-closed', `${what} (expected: before the session closed)`);
  }

  lock(element: ElementId, leaseSeconds?: number): Promise<Lock> {
    if (this.state === 'closed') return Promise.reject(new ProblemError(this.problem ?? LEFT));
    return this.#locks.lock(element, leaseSeconds);
  }

  unlock(element: ElementId): void {
    this.#locks.unlock(element, UNLOCKED);
  }

  chat(text: string): Promise<ChatMessage> {
    if (this.state === 'closed') return Promise.reject(new ProblemError(this.problem ?? LEFT));
    return this.#chat.say(text, this.#sync.limits.chatLength);
  }

  resolveConflict(id: string, choice: Choice, value?: JsonValue): string {
    if (!this.#sync.view.conflicts.has(id)) {
      refuse('conflict-not-found', `conflict: "${id}" (expected: one of the document's)`);
    }
    return this.edit([{ op: 'resolve', conflict: id, choice, ...(value !== undefined && { value }) }]);
  }

  restoreMine({ restoring }: Overwritten): string | undefined {
    return restoring.length === 0 ? undefined : this.edit(restoring);
  }

  dismissRefused(changeId: string): void {
    this.#offline?.dismissRefused(changeId);
    this.#keepRefused(this.refusedEdits.filter((edit) => edit.changeId !== changeId));
  }

  setAwareness(partial: JsonObject): void {
    this.#outbox.set(partial);
  }

  setAway(away: boolean): void {
    this.setAwareness({ status: away ? 'AWAY' : null });
  }

  introduce(guest: Guest): void {
    // An account stays who it is: the server says hello to it by the name that it has now.
    const same = this.#options.token !== undefined || (guest.secret !== undefined && guest.secret === this.#guest?.secret);
    this.#guest = guest;
    if (!same) {
      this.#seat = undefined;
      this.#offline?.close();
      this.#offline = this.#offlineCopy();
      void this.#offline?.open().then((buckets) => {
        for (const bucket of buckets) this.#adopt(bucket);
        this.#offline?.started();
      });
    }
    this.#transport.reconnect(same ? 'keep' : 'leave');
  }

  close(): void {
    this.#transport.close();
  }

  on<E extends keyof SessionEvents>(event: E, listener: (payload: SessionEvents[E]) => void): () => void {
    return this.#emitter.on(event, listener);
  }

  /** The branch where it is another one than `main`, which nobody needs to be told. */
  get #otherBranch(): string | undefined {
    return this.branch === MAIN ? undefined : this.branch;
  }

  // ---- what outlives the page

  #offlineCopy(): OfflineCopy | undefined {
    const store = storeOf(this.#options.storage);
    const { user } = this.#options;
    // No secret of a guest begins like that: an account's edits are never a guest's.
    const owner = this.#options.token ? user && `account:${user}` : this.#guest?.secret;
    if (!store || !owner) return undefined;
    const copy = new OfflineCopy(store, bucketPrefix(this.#options.url, this.sessionId, owner, this.#otherBranch), this.clientId, {
      adopt: (bucket) => {
        if (copy === this.#offline) this.#adopt(bucket);
      },
      failed: (reason) => {
        this.#emitter.emit('problem', problem('offline-storage-failed', 'Edits are kept in memory only', 507, String(reason)));
      },
    });
    return copy;
  }

  /** Goes on where the newest of the earlier pages ended, and takes over what the others left. */
  #restore([newest, ...others]: readonly Bucket[]): void {
    if (!newest) return;
    this.info = newest.info;
    this.self = newest.self;
    this.#seat ??= newest.self?.participantId;
    const fresh = this.#sync;
    const sync = restored(fresh, newest);
    const edits = changesOf(fresh.pending);
    for (const { changeId, undoes } of newest.changes) if (undoes === undefined) this.#undoHistory.edited(changeId);
    for (const { changeId, gesture } of edits) this.#undoHistory.edited(changeId, gesture);
    this.#keepRefused([...newest.refused, ...this.refusedEdits]);
    this.#take({ sync: newest.info ? syncing.onSettings(sync, newest.info) : sync, effects: [] });
    if (this.info) this.#emitter.emit('info', this.info);
    for (const bucket of others) this.#adopt(bucket);
  }

  #adopt(bucket: Bucket): void {
    this.#keepRefused([...bucket.refused, ...this.refusedEdits]);
    if (!this.#sync.initialized) {
      this.#restore([bucket]);
      return;
    }
    if (this.state === 'online') this.#comeback.begin(bucket.changes.map((change) => change.changeId));
    this.#take(adopted(this.#sync, bucket));
  }

  #keepRefused(edits: readonly RefusedEdit[]): void {
    for (const { changeId } of edits.slice(0, -REFUSED)) this.#offline?.dismissRefused(changeId);
    this.refusedEdits = edits.slice(-REFUSED);
    this.#emitter.emit('refusedEdits', this.refusedEdits);
  }

  // ---- what the connection does

  #hello(): HelloFrame {
    const { color } = this.#options;
    return {
      type: 'hello',
      ...(this.#token === undefined && this.#guest && { guest: this.#guest }),
      ...(this.#token !== undefined && { token: this.#token, ...(color !== undefined && { color }) }),
      clientId: this.clientId,
      ...(this.#otherBranch && { branch: this.branch }),
      ...(this.#sync.initialized && { revision: this.#sync.confirmed.revision }),
      ...(this.#seat !== undefined && { seat: this.#seat }),
      ...this.#ticket,
    };
  }

  #fetchToken(): Promise<void> | undefined {
    return this.#options.token?.().then((token) => {
      this.#token = token;
    });
  }

  /** Shows a fresh token while the last one is still good. Where there is none yet the server ends the connection, and coming back asks again. */
  #keepTrusted(expiresAt: string): void {
    clearTimeout(this.#tokenTimer);
    const left = Date.parse(expiresAt) - Date.now();
    const wait = Math.min(Math.max(left * TOKEN_SHARE, SHORTEST_TOKEN_MS), LONGEST_TIMER_MS);
    this.#tokenTimer = setTimeout(() => {
      this.#fetchToken()?.then(
        () => {
          if (this.state === 'online' && this.#token !== undefined) {
            this.#transport.send({ type: 'authenticate', token: this.#token });
          }
        },
        (failure: unknown) => {
          if (failure instanceof ProblemError) this.#emitter.emit('problem', failure.problem);
        },
      );
    }, wait);
  }

  #onState(state: ConnectionState, reason: Problem | undefined): void {
    if (state !== 'online') clearTimeout(this.#tokenTimer);
    if (this.state === 'online') {
      this.#outbox.offline();
      this.#locks.offline();
      this.#chat.offline();
      clearTimeout(this.#storageRetry);
      this.#sync = syncing.onDisconnect(this.#sync);
    }
    const changed = this.state !== state;
    this.state = state;
    this.problem = reason;
    if (state === 'online') {
      this.#outbox.online();
      this.#chat.online();
      void this.#offline?.adoptAbandoned();
    }
    if (state === 'closed') this.#end(reason ?? LEFT);
    if (changed) this.#emitter.emit('state', state);
    this.#settleWaiting();
  }

  #end(reason: Problem): void {
    this.#locks.close(reason);
    this.#chat.refuseAll(reason);
    this.#offline?.close();
  }

  #onWelcome(welcome: WelcomeFrame): void {
    this.info = welcome.session;
    this.self = welcome.self;
    this.#seat = undefined; // from now on the client id is enough
    this.#ticket = {};
    this.participants = byId(welcome.participants);
    this.awareness = new Map();
    const news = welcome.conflicts ?? [];
    this.#comeback.begin(this.#pendingIds());
    if ('snapshot' in welcome.start) this.#offline?.replaced();
    this.#take(syncing.onWelcome(this.#sync, welcome));
    this.#emitter.emit('info', this.info);
    this.#emitter.emit('permissions', welcome.self);
    this.#emitter.emit('participants', this.participants);
    this.#emitter.emit('awareness', this.awareness);
    for (const conflict of this.#conflicts.onWelcome(news, this.#sync.confirmed)) {
      this.#emitter.emit('conflict', conflict);
    }
    this.#lookAtConflicts();
    if (welcome.expiresAt !== undefined) this.#keepTrusted(welcome.expiresAt);
    this.#locks.online(welcome.self.participantId, welcome.locks, welcome.limits.leaseSeconds);
  }

  #onFrame(frame: SessionFrame): void {
    switch (frame.type) {
      case 'changes':
        this.#take(syncing.onChanges(this.#sync, frame.changes, frame.hash));
        return;
      case 'accepted':
        this.#take(syncing.onAccepted(this.#sync, frame));
        return;
      case 'refused':
        this.#take(syncing.onRefused(this.#sync, frame));
        return;
      case 'snapshot':
        this.#offline?.replaced();
        this.#take(syncing.onSnapshot(this.#sync, frame));
        return;
      case 'awareness':
        this.#onAwareness(frame);
        return;
      case 'presence':
        this.#onPresence(frame);
        return;
      case 'locks':
        this.#locks.onLocks(frame);
        return;
      case 'chat':
        this.#chat.onMessage(frame, this.self?.userId);
        return;
      case 'conflict':
        if (!this.#conflicts.onNotice(frame.record)) return;
        this.#emitter.emit('conflict', frame.record);
        this.#lookAtConflicts();
        return;
      case 'session':
        this.info = frame.session;
        this.#sync = syncing.onSettings(this.#sync, frame.session);
        this.#emitter.emit('info', frame.session);
        return;
      case 'permissions':
        this.#onPermissions(frame);
        return;
      case 'authenticated':
        this.#keepTrusted(frame.expiresAt);
        return;
      case 'branch':
      case 'mergeRequest':
      case 'version':
        this.#emitter.emit(frame.type, frame.news);
        return;
      default:
        assertNever(frame);
    }
  }

  #onPermissions({ type: _type, ...rights }: PermissionsFrame): void {
    if (!this.self) return;
    this.self = { ...this.self, ...rights };
    this.#emitter.emit('permissions', this.self);
  }

  #onPong(pong: PongFrame, roundTripMs: number): void {
    this.roundTripMs = roundTripMs;
    const there = Date.parse(pong.serverTime ?? '');
    if (!Number.isNaN(there)) this.serverClockAheadMs = there + roundTripMs / 2 - Date.now();
    this.#emitter.emit('latency', roundTripMs);
    this.#locks.onPong(pong, roundTripMs);
    this.#take(syncing.onHead(this.#sync, pong.revision));
  }

  #onProblem(received: Problem, about: ErrorSubject | undefined): void {
    this.#emitter.emit('problem', received);
    if (about) {
      this.#locks.onError(received, about);
      this.#chat.onError(received, about);
    } else if (isProblem(received, 'unknown-type')) {
      this.#locks.refuseAll(received);
      this.#chat.refuseAll(received);
      this.#take(syncing.onUnknownType(this.#sync, received));
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
    if (this.self) this.self = { ...this.self, ...participants.get(this.self.participantId) };
    this.#emitter.emit('participants', participants);
    if (left.some((id) => this.awareness.has(id))) {
      this.awareness = new Map([...this.awareness].filter(([id]) => !left.includes(id)));
      this.#emitter.emit('awareness', this.awareness);
    }
  }

  #pendingIds(): readonly string[] {
    return changesOf(this.#sync.pending).map((change) => change.changeId);
  }

  #lookAtConflicts(): void {
    if (this.#conflicts.look(this.#sync.confirmed, this.participants)) {
      this.#emitter.emit('conflicts', this.#conflicts.open);
    }
  }

  #take({ sync, effects }: syncing.Step): void {
    const changed = sync.view !== this.#sync.view;
    const settled = sync.pending !== this.#sync.pending;
    this.#sync = sync;
    for (const effect of effects) {
      if (effect.type === 'send') this.#transport.send(effect.frame);
      else if (effect.type === 'changes') this.#offline?.folded(effect.changes);
    }
    this.#offline?.keep({ sync, info: this.info, self: this.self });
    // Listeners hear of it when all is in place, so that they may edit.
    for (const effect of effects) this.#tell(effect);
    // Not `sync.view`: a listener of the effects may have edited since.
    if (changed) this.#emitter.emit('document', this.#sync.view);
    this.#lookAtConflicts();
    if (settled) this.#comeback.stillPending(() => this.#pendingIds());
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
        this.#onStored(effect.changeId, effect.revision, effect.notes);
        return;
      case 'refused': {
        const { changeId, problem: why, operations } = effect;
        this.#onNotStored(changeId, why, operations);
        return;
      }
      case 'overwritten':
        this.#emitter.emit('overwritten', effect.overwritten);
        return;
      case 'diverged':
        this.#emitter.emit('problem', effect.problem);
        return;
      case 'held':
        this.#storageRetry = setTimeout(() => {
          this.#take(syncing.release(this.#sync));
        }, Math.max(STORAGE_RETRY_MS, (effect.problem.retryAfter ?? 0) * 1000));
        this.#emitter.emit('problem', effect.problem);
        return;
      default:
        assertNever(effect);
    }
  }

  #onStored(changeId: string, revision: number, notes: readonly Note[]): void {
    const others = notes.filter((note) => !this.#isAboutOneself(note));
    this.#emitter.emit('accepted', { changeId, revision, notes });
    if (others.length > 0) this.#emitter.emit('conflicted', { changeId, notes: others });
    this.#comeback.accepted(changeId, others);
  }

  /** To the server an earlier page of the same user is another client. */
  #isAboutOneself({ writes = [] }: Note): boolean {
    const { userId } = this.#sync;
    return userId !== '' && writes.length > 0 && writes.every((write) => write.userId === userId);
  }

  #onNotStored(changeId: string, why: Problem, operations: readonly Operation[]): void {
    this.#undoHistory.dropped(changeId);
    const edit = { changeId, problem: why, operations, at: new Date().toISOString() };
    this.#offline?.keepRefused(edit);
    this.#keepRefused([...this.refusedEdits, edit]);
    this.#emitter.emit('refused', { changeId, problem: why, operations });
    this.#comeback.refused({ changeId, problem: why, operations });
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
const UNLOCKED = problem('invalid-request', 'The lock was given up', 400, 'unlock() was called');

function byId(participants: readonly Participant[]): ReadonlyMap<string, Participant> {
  return new Map(participants.map((participant) => [participant.participantId, participant]));
}

/** 120 bits. `crypto.randomUUID` is missing where the page came over plain http. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(20));
  return Array.from(bytes, (byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef'.charAt(byte % 32)).join('');
}
