import type { MergeRequest } from '@chorale/client/history';
import { Icon } from '../ui/Icon';
import { blockersOf } from './blockers';
import { proposalWords as text } from './messages';

/** How a proposal stands, in a word. */
export function StatusPill({ request }: { readonly request: MergeRequest }) {
  const { status, openConflicts, mergeable } = request;
  const [first] = blockersOf(request);
  const words = status !== 'open' ? text.filters[status] : mergeable ? text.readyWord : (first ?? text.filters.open);
  const tone = status === 'open' ? (openConflicts > 0 ? 'warn' : mergeable ? 'good' : 'quiet') : status === 'merged' ? 'done' : 'quiet';
  return (
    <span className="proposal-pill" data-tone={tone} data-status={status} data-testid="proposal-status">
      {words}
    </span>
  );
}

/** From which branch into which. */
export function Way({ request: { source, target } }: { readonly request: Pick<MergeRequest, 'source' | 'target'> }) {
  return (
    <span className="proposal-way">
      <span className="proposal-branch">
        <Icon name="branch" size={14} />
        {source}
      </span>
      <span className="visually-hidden">{text.into}</span>
      <span className="proposal-arrow" aria-hidden="true">
        →
      </span>
      <span className="proposal-branch">
        <Icon name="branch" size={14} />
        {target}
      </span>
    </span>
  );
}
