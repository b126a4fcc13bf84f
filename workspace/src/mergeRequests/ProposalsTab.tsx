import { listMergeRequests, type MergeRequest, type MergeRequestStatus } from '@chorale/client/history';
import { useEffect, useState } from 'react';
import { relativeTime } from '../app/messages';
import { useLookingAgain, useNews } from '../branches/useBranches';
import { useSelfUser } from '../session/WorkspaceContext';
import { Read } from '../sharing/Parts';
import { useReading } from '../sharing/useManaged';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { proposalWords as text } from './messages';
import { StatusPill, Way } from './ProposalParts';

const STATUSES = ['open', 'merged', 'closed'] as const;
const PAGE = 50;

/** What is, was or is not any more proposed to be taken over. */
export function ProposalsTab({ onProposal }: { readonly onProposal: (id: string) => void }) {
  const [status, setStatus] = useState<MergeRequestStatus>('open');
  return (
    <>
      <p className="dialog-lead">{text.lead}</p>
      <div className="proposal-filter" role="group" aria-label={text.filter}>
        {STATUSES.map((each) => (
          <button key={each} type="button" className="tab" aria-pressed={each === status} onClick={() => setStatus(each)} data-testid={`proposals-${each}`}>
            {text.filters[each]}
          </button>
        ))}
      </div>
      <ProposalList key={status} status={status} onProposal={onProposal} />
    </>
  );
}

function ProposalList({ status, onProposal }: { readonly status: MergeRequestStatus; readonly onProposal: (id: string) => void }) {
  const [pages, setPages] = useState(1);
  const { reading, again } = useReading((caller, sessionId) => readPages(sessionId, caller, status, pages));
  useEffect(again, [again, pages]);
  useNews(['mergeRequest', 'branch'], again);
  useLookingAgain(again);
  return (
    <Read reading={reading} again={again}>
      {({ requests, hasMore }) => (
        <>
          {requests.length === 0 && <p className="proposal-none">{text.none[status]}</p>}
          <ul className="proposal-list" data-testid="proposals" data-count={requests.length}>
            {requests.map((request) => (
              <ProposalRow key={request.id} request={request} onOpen={() => onProposal(request.id)} />
            ))}
          </ul>
          {hasMore && (
            <Button onClick={() => setPages(pages + 1)} data-testid="proposals-more">
              {text.more}
            </Button>
          )}
        </>
      )}
    </Read>
  );
}

async function readPages(sessionId: string, caller: Parameters<typeof listMergeRequests>[2], status: MergeRequestStatus, pages: number) {
  const requests: MergeRequest[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < pages; page++) {
    const read = await listMergeRequests(window.location.origin, sessionId, caller, { status, limit: PAGE, ...(cursor !== undefined && { cursor }) });
    requests.push(...read.mergeRequests);
    cursor = read.nextCursor;
    if (cursor === undefined) break;
  }
  return { requests, hasMore: cursor !== undefined };
}

function ProposalRow({ request, onOpen }: { readonly request: MergeRequest; readonly onOpen: () => void }) {
  const self = useSelfUser();
  const { id, title, author, createdAt } = request;
  const who = author.userId === self ? text.you : author.name;
  return (
    <li data-testid="proposal" data-proposal={id}>
      <button type="button" className="proposal-row" aria-label={text.open(title)} onClick={onOpen} data-testid="proposal-open">
        <span className="proposal-what">
          <strong>{title}</strong>
          <Way request={request} />
          <span className="proposal-note">{text.by(who, relativeTime(Date.parse(createdAt), Date.now()))}</span>
        </span>
        <StatusPill request={request} />
        <span className="proposal-enter" aria-hidden="true">
          <Icon name="chevron" size={18} />
        </span>
      </button>
    </li>
  );
}
