import { useId, useState } from 'react';
import { messages } from '../app/messages';
import { sessionPath } from '../app/routes';
import { copyText } from '../session/copyText';
import { useSessionName, useWorkspace } from '../session/WorkspaceContext';
import '../styles/sharing.css';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Tabs } from '../ui/Tabs';
import { AccessTab } from './AccessTab';
import { InvitationsTab } from './InvitationsTab';
import { MembersTab } from './MembersTab';
import { sharingMessages as text } from './messages';
import { RulesTab } from './RulesTab';
import { useManages } from './useRights';

const TABS = ['access', 'members', 'invitations', 'rules'] as const;
type Tab = (typeof TABS)[number];

/** Who gets into a session, as what, and what they may do there. */
export function ShareDialog({ onClose }: { readonly onClose: () => void }) {
  const name = useSessionName() ?? messages.session.untitled;
  const invites = useManages('MEMBERS');
  const [tab, setTab] = useState<Tab>('access');
  const id = useId();
  const tabs = TABS.filter((each) => each !== 'invitations' || invites);
  return (
    <Dialog title={text.title(name)} onDismiss={onClose} testId="share-dialog" className="share-dialog">
      <SessionLink />
      <Tabs id={id} label={text.tabsLabel} tabs={tabs} titles={text.tabs} chosen={tab} onChoose={setTab} testId="share-tab" />
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${tab}`} className="share-panel" tabIndex={-1}>
        {tab === 'access' && <AccessTab />}
        {tab === 'members' && <MembersTab />}
        {tab === 'invitations' && <InvitationsTab />}
        {tab === 'rules' && <RulesTab />}
      </div>
      <div className="dialog-actions">
        <Button tone="primary" onClick={onClose} data-testid="share-done">
          {text.done}
        </Button>
      </div>
    </Dialog>
  );
}

function SessionLink() {
  const workspace = useWorkspace();
  const link = window.location.origin + sessionPath(workspace.session.sessionId);
  return <CopyField label={text.link} link={link} testId="share-link" onCopied={() => workspace.company.tookLink()} />;
}

interface CopyFieldProps {
  readonly label: string;
  readonly link: string;
  readonly testId: string;
  readonly onCopied?: () => void;
}

/** A link to read, and to take along. */
export function CopyField({ label, link, testId, onCopied }: CopyFieldProps) {
  const [copied, setCopied] = useState<boolean>();
  const copy = async () => {
    const done = await copyText(link);
    setCopied(done);
    if (done) onCopied?.();
  };
  return (
    <div className="copy-field">
      <input className="input" readOnly value={link} aria-label={label} onFocus={(event) => event.currentTarget.select()} data-testid={testId} />
      <Button icon={copied === true ? 'check' : 'link'} tone="primary" onClick={() => void copy()} data-testid={`${testId}-copy`}>
        <span aria-live="polite">{copied === true ? text.copied : text.copy}</span>
      </Button>
      {copied === false && <p className="field-error">{text.copyFailed}</p>}
    </div>
  );
}
