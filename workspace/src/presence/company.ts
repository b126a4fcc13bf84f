import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Workspace } from '../session/workspace';
import { Laser } from './laser';
import { NOBODY, type Look } from './remoteState';
import { next, UNASKED, type Invitation, type Spotlight, type SpotlightEvent } from './spotlight';

const SECOND_MS = 1000;

/** What components select of it; everything that changes each frame stays out of it. */
export interface CompanyState {
  /** Whose view one follows. */
  readonly following: string | undefined;
  /** Somebody's asking that one has not answered yet. */
  readonly invitation: Invitation | undefined;
  /** Whether one asks everybody to look where one looks. */
  readonly leading: boolean;
  /** Who follows one's own view. */
  readonly followers: readonly string[];
  readonly speaking: ReadonlySet<string>;
  /** One's own laser: on until its key is let go, or until it is switched off. */
  readonly pointing: 'off' | 'held' | 'on';
  /** How often one took the link to give it to somebody. */
  readonly linksTaken: number;
}

/** The others as people to look at things with: following and being followed, pointing, speaking. */
export class Company {
  readonly store: StoreApi<CompanyState>;
  readonly laser: Laser;
  /** DOM elements that the scene moves along: name tags of cameras by participant, and who edits an element, by element. */
  readonly tags = new Map<string, HTMLElement>();
  readonly editingTags = new Map<string, HTMLElement>();
  private spotlight: Spotlight = UNASKED;
  private countdown: ReturnType<typeof setInterval> | undefined;
  private held = false;
  private greeted = false;
  private readonly stop: () => void;

  constructor(private readonly workspace: Workspace) {
    this.store = createStore<CompanyState>(() => ({
      following: undefined,
      invitation: undefined,
      leading: false,
      followers: [],
      speaking: NOBODY.speaking,
      pointing: 'off',
      linksTaken: 0,
    }));
    this.laser = new Laser(workspace.session, this.store, () => workspace.view?.invalidate());
    this.stop = workspace.session.on('state', () => this.greet());
  }

  dispose(): void {
    clearInterval(this.countdown);
    this.stop();
  }

  /** Where whom one follows looks; undefined while one follows nobody. */
  get followedLook(): Look | undefined {
    const { following } = this.store.getState();
    return following === undefined ? undefined : this.workspace.remote.looks.get(following);
  }

  /** Looks from where somebody looks from now on; by choice, so that it ends what somebody asked for. */
  follow(participantId: string): void {
    this.happened({ type: 'declined' });
    this.happened({ type: 'left' });
    this.endLead();
    this.startFollowing(participantId);
  }

  /** Stops following, and declines what somebody asks. */
  stay(): void {
    this.happened({ type: 'declined' });
    this.happened({ type: 'left' });
    this.startFollowing(undefined);
  }

  accept(): void {
    this.happened({ type: 'accepted' });
  }

  /** Lets the seconds rest while one has the invitation under the hand, or the focus in it. */
  hold(on: boolean): void {
    this.held = on;
    this.count();
  }

  /** Asks everybody to look where one looks, or ends that. */
  toggleLead(): void {
    if (this.store.getState().leading) {
      this.endLead();
      return;
    }
    this.stay();
    this.store.setState({ leading: true });
    this.workspace.session.setAwareness({ spotlight: { since: Date.now() } });
  }

  tookLink(): void {
    this.store.setState(({ linksTaken }) => ({ linksTaken: linksTaken + 1 }));
  }

  /** Lets the scene move a tag until it is taken back, as a React ref does. */
  keep(tags: Map<string, HTMLElement>, key: string, tag: HTMLElement | null): (() => void) | undefined {
    if (tag === null) return undefined;
    tag.hidden = true;
    tags.set(key, tag);
    this.workspace.view?.invalidate();
    return () => {
      if (tags.get(key) === tag) tags.delete(key);
    };
  }

  /** Takes up what the others tell. */
  othersChanged(): void {
    const { session, remote } = this.workspace;
    // Numbers are not looked at from anywhere; and whoever leads follows nobody.
    const isAskable = session.info?.kind !== 'parameters' && !this.store.getState().leading;
    this.happened({ type: 'asked', asking: isAskable ? remote.spotlights : NOBODY.spotlights });
    const { following, followers, speaking } = this.store.getState();
    if (following !== undefined && !session.participants.has(following)) this.stay();
    const selfId = session.self?.participantId;
    const now = [...remote.following].flatMap(([participantId, followed]) => (followed === selfId ? [participantId] : []));
    const sameFollowers = now.length === followers.length && now.every((each, index) => each === followers[index]);
    if (!sameFollowers || speaking !== remote.speaking) this.store.setState({ followers: sameFollowers ? followers : now, speaking: remote.speaking });
  }

  private endLead(): void {
    if (!this.store.getState().leading) return;
    this.store.setState({ leading: false });
    this.workspace.session.setAwareness({ spotlight: null });
  }

  private startFollowing(participantId: string | undefined): void {
    if (this.store.getState().following === participantId) return;
    this.store.setState({ following: participantId });
    this.workspace.session.setAwareness({ following: participantId ?? null });
    this.workspace.view?.invalidate();
  }

  private happened(event: SpotlightEvent): void {
    const before = this.spotlight;
    this.spotlight = next(before, event);
    const { invitation, led } = this.spotlight;
    if (invitation !== before.invitation) {
      this.store.setState({ invitation });
      this.held &&= invitation !== undefined;
      this.count();
    }
    if (led === before.led) return;
    if (led !== undefined) this.endLead();
    // Whoever follows somebody else by choice meanwhile goes on.
    if (led !== undefined || this.store.getState().following === before.led) this.startFollowing(led);
  }

  private count(): void {
    if (this.spotlight.invitation !== undefined && !this.held) this.countdown ??= setInterval(() => this.happened({ type: 'second-passed' }), SECOND_MS);
    else {
      clearInterval(this.countdown);
      this.countdown = undefined;
    }
  }

  /** A seat taken again after a reload still shows what one did before it. */
  private greet(): void {
    if (this.greeted || this.workspace.session.state !== 'online') return;
    this.greeted = true;
    this.workspace.session.setAwareness({ laser: null, spotlight: null, following: null });
  }
}
