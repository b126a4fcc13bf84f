import type { MergeRequest } from '@chorale/client/history';
import { wordsFor } from '../branches/problemWords';
import { proposalWords } from './messages';

const text = proposalWords.blockers;

/** What keeps a proposal from being taken over, in words. */
export function blockersOf({ blockers, status, openConflicts, approvals, requiredApprovals, reviewers }: MergeRequest): readonly string[] {
  if (status !== 'open') return [];
  return blockers.map((slug) => {
    switch (slug) {
      case 'merge-conflicts':
        return text.conflicts(openConflicts);
      case 'approvals-missing':
        return text.approvals(approvals, requiredApprovals);
      case 'changes-requested': {
        const names = reviewers.filter(({ verdict, stale }) => verdict === 'CHANGES_REQUESTED' && stale !== true).map(({ name }) => name);
        return names.length === 0 ? text.changesByNobody : text.changes(names.join(', '));
      }
      default:
        return wordsFor(slug) ?? slug;
    }
  });
}
