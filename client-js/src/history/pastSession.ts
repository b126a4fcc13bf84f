import type { DocumentView } from '../document/document.js';
import { refuse } from '../protocol/limits.js';
import { problem, ProblemError } from '../protocol/problem.js';
import type { Self } from '../protocol/frame.js';
import type { Session, SessionEvents } from '../session/api.js';
import type { Replay } from './replay.js';

/** What of a live session holds for its past as well. */
const LIVE = ['state', 'info', 'participants', 'permissions', 'latency'] as const satisfies readonly (keyof SessionEvents)[];
type LiveEvent = (typeof LIVE)[number];

const IN_THE_PAST = problem('forbidden', 'What was cannot be changed', 403, "EDIT (expected: the document as it is now)");

/**
 * A session as it was: whatever shows the live session shows its past, where it is given this in its place. The document is
 * that of the replay; nobody's pointer, lock or conflict is in it, and nothing can be edited. One stays who one is, and
 * the live session goes on: closing this one does nothing to it.
 */
export function pastSession(live: Session, replay: Replay): Session {
  return new PastSession(live, replay);
}

class PastSession implements Session {
  readonly sessionId: string;
  readonly branch: string;
  readonly clientId: string;
  readonly problem = undefined;
  readonly awareness = new Map();
  readonly locks = new Map();
  readonly conflicts = new Map();
  readonly refusedEdits = [];
  readonly pendingChanges = 0;
  readonly canUndo = false;
  readonly canRedo = false;
  #self: { readonly live: Self; readonly past: Self } | undefined;
  readonly #stops = new Set<() => void>();

  constructor(
    private readonly live: Session,
    private readonly replay: Replay,
  ) {
    this.sessionId = live.sessionId;
    this.branch = live.branch;
    this.clientId = live.clientId;
  }

  get state(): Session['state'] {
    return this.live.state;
  }

  get info(): Session['info'] {
    return this.live.info;
  }

  /** Whoever looks back may do nothing. */
  get self(): Self | undefined {
    const { self } = this.live;
    if (self && this.#self?.live !== self) {
      this.#self = { live: self, past: { ...self, role: 'VIEWER', permissions: [], grants: [], frozen: false } };
    }
    return self && this.#self?.past;
  }

  get participants(): Session['participants'] {
    return this.live.participants;
  }

  get document(): DocumentView {
    return this.replay.document;
  }

  get roundTripMs(): number | undefined {
    return this.live.roundTripMs;
  }

  get serverClockAheadMs(): number | undefined {
    return this.live.serverClockAheadMs;
  }

  ready(): Promise<void> {
    return Promise.resolve();
  }

  idle(): Promise<void> {
    return Promise.resolve();
  }

  edit(): never {
    return impossible();
  }

  beginGesture(): never {
    return impossible();
  }

  undo(): never {
    return impossible();
  }

  redo(): never {
    return impossible();
  }

  resolveConflict(): never {
    return impossible();
  }

  restoreMine(): never {
    return impossible();
  }

  lock(): Promise<never> {
    return Promise.reject(new ProblemError(IN_THE_PAST));
  }

  unlock(): void {
    // There are no locks.
  }

  chat(text: string): ReturnType<Session['chat']> {
    return this.live.chat(text);
  }

  dismissRefused(): void {
    // Nothing was refused.
  }

  setAwareness(): void {
    // Where one points in the past is nobody's business now.
  }

  setAway(): void {
    // The live session says it.
  }

  introduce(): void {
    // The live session does it.
  }

  close(): void {
    for (const stop of this.#stops) stop();
    this.#stops.clear();
  }

  on<E extends keyof SessionEvents>(event: E, listener: (payload: SessionEvents[E]) => void): () => void {
    const stop = this.#listen(event, listener);
    this.#stops.add(stop);
    return () => {
      this.#stops.delete(stop);
      stop();
    };
  }

  #listen<E extends keyof SessionEvents>(event: E, listener: (payload: SessionEvents[E]) => void): () => void {
    if (event === 'document') return this.replay.on('document', listener as (document: DocumentView) => void);
    return LIVE.includes(event as LiveEvent) ? this.live.on(event, listener) : () => undefined;
  }
}

function impossible(): never {
  return refuse('forbidden', IN_THE_PAST.detail ?? '');
}
