import type { Participant, Role } from '@chorale/client';
import type { Member } from '@chorale/client/access';

export const ROLES = ['OWNER', 'ADMIN', 'COLLABORATOR', 'VIEWER'] as const satisfies readonly Role[];

/** Somebody whose role can be written down: a member, or who came by the link. */
export interface Somebody {
  readonly userId: string;
  readonly name: string;
  readonly role: string;
  readonly isMember: boolean;
  readonly isHere: boolean;
}

/** Members and everybody who is here, each user once, the highest role first. */
export function everybody(members: readonly Member[], participants: Iterable<Participant>): readonly Somebody[] {
  const known = new Map<string, Somebody>();
  for (const { userId, name, role } of members) known.set(userId, { userId, name, role, isMember: true, isHere: false });
  for (const { userId, name, role } of participants) {
    const before = known.get(userId);
    known.set(userId, { userId, name, role: before?.role ?? role, isMember: before?.isMember ?? false, isHere: true });
  }
  return [...known.values()].sort((a, b) => rankOf(a.role) - rankOf(b.role) || a.name.localeCompare(b.name));
}

/** Whether somebody of a role may act on those of another: the OWNER on everybody, others on those below. */
export function actsOn(actor: string, other: string): boolean {
  return actor === 'OWNER' || rankOf(actor) < rankOf(other);
}

function rankOf(role: string): number {
  const rank = ROLES.findIndex((each) => each === role);
  return rank === -1 ? ROLES.length : rank;
}
