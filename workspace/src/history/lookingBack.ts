import type { CommittedChange } from '@chorale/client';
import { listVersions, pastOf, Playback, readTimeline, Replay, type Speed, type Timeline, type Version } from '@chorale/client/history';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { callerFor } from '../account/caller';
import type { Workspace } from '../session/workspace';
import { reasonOf } from './goBack';
import { PastWorkspace } from './pastWorkspace';

/** So finely is told where the work happened. */
const PARTS = 200;
const MOST_VERSIONS = 100;

/** What is drawn of the timeline. */
export interface TimelineState {
  readonly revision: number;
  readonly head: number;
  /** The newest revision when one began to look back. */
  readonly left: number;
  /** What made the revision, as far as it is read. */
  readonly change: CommittedChange | undefined;
  readonly isPlaying: boolean;
  readonly speed: Speed;
  readonly isReading: boolean;
  /** Why the revision that was asked for is not shown. */
  readonly failure: string | undefined;
  readonly activity: Timeline | undefined;
  readonly versions: readonly Version[];
}

/** Somebody's look at how a session was, while the session goes on. */
export class LookingBack {
  readonly store: StoreApi<TimelineState>;
  readonly workspace: PastWorkspace;
  private readonly replay: Replay;
  private readonly playback: Playback;
  private frame: number | undefined;
  private drawn = 0;
  private readonly stops: readonly (() => void)[];

  private constructor(private readonly live: Workspace) {
    const { session } = live;
    const { sessionId } = session;
    const past = pastOf(window.location.origin, sessionId, () => callerFor(sessionId), session.branch);
    this.replay = new Replay(past, session.document);
    this.playback = new Playback(this.replay);
    this.workspace = new PastWorkspace(live, this.replay);
    const { revision, head } = this.replay;
    this.store = createStore<TimelineState>(() => ({
      revision,
      head,
      left: head,
      change: undefined,
      isPlaying: false,
      speed: this.playback.speed,
      isReading: false,
      failure: undefined,
      activity: undefined,
      versions: [],
    }));
    this.stops = [
      session.on('document', (document) => this.replay.follow(document.revision)),
      this.replay.on('document', () => this.tell()),
      this.replay.on('head', () => this.tell()),
    ];
  }

  /** Shows a session's past in its place, at a revision or where it is now. */
  static begin(live: Workspace, revision?: number): void {
    live.store.getState().past?.end();
    live.dragging.cancel();
    const past = new LookingBack(live);
    live.store.setState({ past, editingTextId: undefined });
    live.session.setAwareness({ pointer: null, lookingBack: true });
    past.seek(revision ?? past.replay.head);
    past.readActivity();
    past.readVersions();
  }

  /** Shows the session as it is again. */
  end(): void {
    this.pause();
    for (const stop of this.stops) stop();
    if (this.live.store.getState().past === this) this.live.store.setState({ past: undefined });
    this.live.session.setAwareness({ lookingBack: null });
    this.workspace.dispose();
  }

  /** Goes to a revision; whoever goes somewhere does not play any more. */
  seek(revision: number): void {
    this.pause();
    this.reach(this.replay.seek(revision));
  }

  step(by: number): void {
    this.seek(this.replay.revision + by);
  }

  togglePlaying(): void {
    if (this.playback.isPlaying) {
      this.pause();
      return;
    }
    this.reach(this.playback.play());
    this.drawn = performance.now();
    this.frame = requestAnimationFrame((now) => this.pass(now));
    this.tell();
  }

  setSpeed(speed: Speed): void {
    this.playback.speed = speed;
    this.tell();
  }

  /** Tells of a version that was named just now. */
  keep(version: Version): void {
    this.store.setState(({ versions }) => ({ versions: [version, ...versions] }));
  }

  private pause(): void {
    this.playback.pause();
    if (this.frame !== undefined) cancelAnimationFrame(this.frame);
    this.frame = undefined;
    this.tell();
  }

  private pass(now: number): void {
    const elapsed = now - this.drawn;
    this.drawn = now;
    this.reach(this.playback.pass(elapsed));
    if (this.playback.isPlaying) this.frame = requestAnimationFrame((next) => this.pass(next));
  }

  /** Waits for what was asked for, and says where it does not come. */
  private reach(asked: Promise<unknown>): void {
    this.tell();
    asked.then(
      () => this.tell(),
      (reason: unknown) => {
        this.playback.pause();
        this.tell(reasonOf(reason));
      },
    );
  }

  private tell(failure?: string): void {
    const { replay, playback } = this;
    const { revision, head } = replay;
    const next = { revision, head, change: replay.changeAt(revision), isPlaying: playback.isPlaying, speed: playback.speed, isReading: replay.isReading, failure };
    const shown = this.store.getState();
    if ((Object.keys(next) as (keyof typeof next)[]).some((key) => shown[key] !== next[key])) this.store.setState(next);
  }

  /** Who did how much when; without it one can go everywhere as well. */
  private readActivity(): void {
    const { sessionId, branch } = this.live.session;
    void callerFor(sessionId)
      .then((caller) => readTimeline(window.location.origin, sessionId, caller, { buckets: PARTS, branch }))
      .then(
        (activity) => this.store.setState({ activity }),
        () => undefined,
      );
  }

  private readVersions(): void {
    const { sessionId, branch } = this.live.session;
    void callerFor(sessionId)
      .then((caller) => listVersions(window.location.origin, sessionId, caller, { limit: MOST_VERSIONS }))
      .then(
        ({ versions }) => this.store.setState({ versions: versions.filter((version) => version.branch === branch) }),
        () => undefined,
      );
  }
}
