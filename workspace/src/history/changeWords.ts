import type { CommittedChange, DocumentView, Operation } from '@chorale/client';
import { PARTICIPANT_COLORS } from '../app/colors';
import { FALLBACK_COLOR } from '../presence/remoteState';
import { changeText } from '../session/wording';
import type { Workspace } from '../session/workspace';
import { timelineMessages } from './timelineMessages';

const text = timelineMessages;
const SYSTEM = 'system';

/** What somebody did, in a few words. */
export function whatHappened({ kind, operations }: Pick<CommittedChange, 'kind' | 'operations'>, document: DocumentView): string {
  if (kind === SYSTEM) return text.tidied;
  const done = operations.filter((operation): operation is Exclude<typeof operation, { op: 'withhold' | 'rebalance' }> => operation.op !== 'withhold' && operation.op !== 'rebalance');
  const words = changeText(document, done as readonly Operation[]);
  const how = text.kind[kind];
  return how === undefined ? words : `${how}: ${words}`;
}

/** Who did something: as they are called and coloured here, also where they were never met. */
export function whoDid({ live }: Workspace, userId: string, told?: string): { readonly name: string; readonly color: string } {
  if (userId === SYSTEM) return { name: text.system, color: FALLBACK_COLOR };
  const { name, color } = live.acquaintance(userId, told);
  return { name, color: color === FALLBACK_COLOR ? strangersColor(userId) : color };
}

/** The same for the same person, whoever looks. */
function strangersColor(userId: string): string {
  let sum = 0;
  for (let at = 0; at < userId.length; at++) sum = (sum * 31 + userId.charCodeAt(at)) % 9973;
  return PARTICIPANT_COLORS[sum % PARTICIPANT_COLORS.length] ?? FALLBACK_COLOR;
}
