import type { Branch } from '@chorale/client/history';
import { useId, useState } from 'react';
import { ProposalPage } from '../mergeRequests/ProposalPage';
import { ProposalForm } from '../mergeRequests/ProposalForm';
import { ProposalsTab } from '../mergeRequests/ProposalsTab';
import { proposalWords } from '../mergeRequests/messages';
import '../styles/branches.css';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Tabs } from '../ui/Tabs';
import { BranchForm } from './BranchForm';
import { BranchesTab } from './BranchesTab';
import { branchWords as text } from './dialogMessages';
import { ProtectForm } from './ProtectForm';

const TABS = ['branches', 'proposals'] as const;
type Tab = (typeof TABS)[number];

/** What the dialog shows in the place of its lists. */
export type BranchPage =
  | { readonly page: 'new'; readonly from: string }
  | { readonly page: 'protect'; readonly branch: Branch }
  | { readonly page: 'propose'; readonly source: string; readonly target: string }
  | { readonly page: 'proposal'; readonly id: string };

/** The session's branches, and what is proposed to be taken over from one into another. */
export function BranchesDialog({ first, onClose }: { readonly first: Tab; readonly onClose: () => void }) {
  const [tab, setTab] = useState<Tab>(first);
  const [page, setPage] = useState<BranchPage>();
  const id = useId();
  const back = () => setPage(undefined);
  const toProposal = (proposal: string) => {
    setTab('proposals');
    setPage({ page: 'proposal', id: proposal });
  };
  return (
    <Dialog key={titleOf(page)} title={titleOf(page)} onDismiss={page ? back : onClose} testId="branches-dialog" className="branches">
      {page?.page === 'new' && <BranchForm from={page.from} onBack={back} onDone={onClose} />}
      {page?.page === 'protect' && <ProtectForm branch={page.branch} onBack={back} />}
      {page?.page === 'propose' && <ProposalForm source={page.source} target={page.target} onBack={back} onMade={toProposal} />}
      {page?.page === 'proposal' && <ProposalPage key={page.id} id={page.id} onBack={back} onClose={onClose} />}
      {page === undefined && (
        <>
          <Tabs id={id} label={text.title} tabs={TABS} titles={text.tabs} chosen={tab} onChoose={setTab} testId="branches-tab" />
          <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${tab}`} className="branches-panel" tabIndex={-1}>
            {tab === 'branches' ? (
              <BranchesTab onPage={setPage} onProposal={toProposal} onClose={onClose} />
            ) : (
              <ProposalsTab onProposal={toProposal} />
            )}
          </div>
          <div className="dialog-actions">
            <Button onClick={onClose} data-testid="branches-close">
              {text.done}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}

function titleOf(page: BranchPage | undefined): string {
  switch (page?.page) {
    case 'new':
      return text.newFrom(page.from);
    case 'protect':
      return text.protectTitle(page.branch.name);
    case 'propose':
      return proposalWords.newTitle(page.source, page.target);
    case 'proposal':
      return proposalWords.one;
    case undefined:
      return text.title;
  }
}
