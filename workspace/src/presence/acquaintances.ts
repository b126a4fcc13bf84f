import type { Participant } from '@chorale/client';
import { FALLBACK_COLOR, colorOf } from './remoteState';

export interface Acquaintance {
  readonly name: string;
  readonly color: string;
}

/** Everybody who was seen in the session since the page was opened, also those who left. */
export class Acquaintances {
  private known: ReadonlyMap<string, Acquaintance> = new Map();

  meet(participants: ReadonlyMap<string, Participant>): void {
    const known = new Map(this.known);
    for (const participant of participants.values()) known.set(participant.userId, { name: participant.name, color: colorOf(participant) });
    this.known = known;
  }

  /** @param told a name that came along, for those who were never seen */
  of(userId: string | undefined, otherwise: string, told?: string): Acquaintance {
    const known = userId === undefined ? undefined : this.known.get(userId);
    return known ?? { name: told ?? otherwise, color: FALLBACK_COLOR };
  }
}
