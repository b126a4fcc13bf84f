import { assertNever } from '../app/assertNever';

/** How long one can decline before one's view goes along, in seconds. */
export const SECONDS_TO_DECLINE = 5;
/** Whoever was declined so often in this session is not heard any more. */
const MOST_DECLINED = 3;

/** Somebody asks one to look where they look. */
export interface Invitation {
  readonly participantId: string;
  readonly since: number;
  readonly secondsLeft: number;
}

/** What one answered to somebody last, and how often one declined. */
interface Answer {
  readonly since: number;
  readonly declined: number;
}

/** What being asked to look where somebody looks has come to. */
export interface Spotlight {
  readonly invitation: Invitation | undefined;
  /** Whom one follows since they asked for it. */
  readonly led: string | undefined;
  readonly answers: ReadonlyMap<string, Answer>;
}

export type SpotlightEvent =
  /** Who asks now, and since when. */
  | { readonly type: 'asked'; readonly asking: ReadonlyMap<string, number> }
  | { readonly type: 'second-passed' }
  | { readonly type: 'accepted' }
  /** By choice, or by moving one's own view. */
  | { readonly type: 'declined' }
  /** One stopped following, or follows somebody else by choice. */
  | { readonly type: 'left' };

export const UNASKED: Spotlight = { invitation: undefined, led: undefined, answers: new Map() };

/** What comes after; the same object where nothing changed. */
export function next(spotlight: Spotlight, event: SpotlightEvent): Spotlight {
  switch (event.type) {
    case 'asked':
      return asked(spotlight, event.asking);
    case 'second-passed':
      return secondPassed(spotlight);
    case 'accepted':
      return answered(spotlight, true);
    case 'declined':
      return answered(spotlight, false);
    case 'left':
      return spotlight.led === undefined ? spotlight : { ...spotlight, led: undefined };
    default:
      return assertNever(event);
  }
}

function asked(before: Spotlight, asking: ReadonlyMap<string, number>): Spotlight {
  const led = before.led !== undefined && asking.has(before.led) ? before.led : undefined;
  const invitation = led === undefined ? invitationOf(before, asking) : undefined;
  return led === before.led && invitation === before.invitation ? before : { ...before, led, invitation };
}

/** The invitation that is open stays, whatever its sender says about since when; else the first one not answered yet. */
function invitationOf({ invitation, answers }: Spotlight, asking: ReadonlyMap<string, number>): Invitation | undefined {
  if (invitation && asking.has(invitation.participantId)) return invitation;
  for (const [participantId, since] of asking) {
    const answer = answers.get(participantId);
    if (answer && (answer.since === since || answer.declined >= MOST_DECLINED)) continue;
    return { participantId, since, secondsLeft: SECONDS_TO_DECLINE };
  }
  return undefined;
}

function secondPassed(before: Spotlight): Spotlight {
  const { invitation } = before;
  if (invitation === undefined) return before;
  return invitation.secondsLeft > 1 ? { ...before, invitation: { ...invitation, secondsLeft: invitation.secondsLeft - 1 } } : answered(before, true);
}

function answered(before: Spotlight, accepted: boolean): Spotlight {
  const { invitation } = before;
  if (invitation === undefined) return before;
  const { participantId, since } = invitation;
  const declined = (before.answers.get(participantId)?.declined ?? 0) + (accepted ? 0 : 1);
  const answers = new Map(before.answers).set(participantId, { since, declined });
  return { invitation: undefined, led: accepted ? participantId : undefined, answers };
}
