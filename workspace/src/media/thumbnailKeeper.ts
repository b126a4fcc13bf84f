import type { Participant } from '@chorale/client';

/** What keeping a session's picture up to date needs. */
export interface Darkroom {
  revision(): number;
  /** Whether it is this page that takes the picture. */
  isMine(): boolean;
  capture(): Promise<Blob | undefined>;
  /** Answers whether the server took it; where it has one of a moment ago, it does not. */
  put(picture: Blob): Promise<boolean>;
}

/** A picture is taken when nothing changed for so long, in milliseconds. */
const QUIET_MS = 3_000;
/** But no later than this after the first change, where people never stop. */
const LONGEST_WAIT_MS = 30_000;
/** And no sooner than this after the last picture. */
const APART_MS = 20_000;

const NONE = -1;

/** Takes a session's picture now and then, when there is something new to see. Nobody is told where that fails. */
export class ThumbnailKeeper {
  private taken: number;
  private takenAt = -Infinity;
  private firstChangeAt: number | undefined;
  /** As it was at the last change: who leaves is not among those present any more. */
  private mine = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly darkroom: Darkroom,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.taken = darkroom.revision();
  }

  /** The document changed. */
  changed(): void {
    if (this.darkroom.revision() === this.taken) return;
    const now = this.now();
    this.firstChangeAt ??= now;
    this.mine = this.darkroom.isMine();
    const latest = Math.max(this.firstChangeAt + LONGEST_WAIT_MS, this.takenAt + APART_MS);
    const soonest = Math.max(now + QUIET_MS, this.takenAt + APART_MS);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.mine = this.darkroom.isMine();
      this.take();
    }, Math.max(0, Math.min(soonest, latest) - now));
  }

  /** The page is about to go: what is new is kept now. */
  leave(): void {
    clearTimeout(this.timer);
    if (this.firstChangeAt !== undefined) this.take();
  }

  private take(): void {
    this.firstChangeAt = undefined;
    const revision = this.darkroom.revision();
    if (revision === this.taken || !this.mine) return;
    this.taken = revision;
    this.takenAt = this.now();
    void this.develop().catch(() => undefined);
  }

  private async develop(): Promise<void> {
    const picture = await this.darkroom.capture();
    if (picture === undefined || (await this.darkroom.put(picture))) return;
    this.taken = NONE;
    this.changed();
  }
}

type Seat = Pick<Participant, 'participantId' | 'status'>;

/** Whether of all who are here it is oneself who takes the pictures: one is enough, and whoever is away draws nothing. */
export function isPhotographer(participants: Iterable<Seat>, self: string | undefined): boolean {
  const all = [...participants];
  const present = all.filter(({ status }) => status !== 'AWAY' && status !== 'OFFLINE');
  const [first] = (present.length > 0 ? present : all).map(({ participantId }) => participantId).sort();
  return self !== undefined && first === self;
}
