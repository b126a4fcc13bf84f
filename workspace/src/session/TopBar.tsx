import { useEffect, useState } from 'react';
import { messages } from '../app/messages';
import { Link } from '../app/router';
import { sessionPath } from '../app/routes';
import { BranchChip } from '../branches/BranchChip';
import { ChatButton } from '../chat/ChatButton';
import { useCommandCentre } from '../commands/commandCentre';
import { People } from '../presence/People';
import { rightsWords } from '../sharing/rightsWords';
import { IconButton } from '../ui/Button';
import { Icon, Mark } from '../ui/Icon';
import { ThemeToggle } from '../ui/ThemeToggle';
import { ConnectionStatus } from './ConnectionStatus';
import { copyText } from './copyText';
import { SessionMenu } from './SessionMenu';
import { useSessionName, useWorkspace } from './WorkspaceContext';

const text = messages.session;
const COPIED_MS = 2000;

export function TopBar() {
  const name = useSessionName() ?? text.untitled;
  return (
    <header className="top-bar">
      <div className="bar-group bar-start">
        <Link href="/" className="bar-home" aria-label={messages.home} data-testid="home-link">
          <Mark size={26} />
        </Link>
        <h1 className="session-title" title={name} data-testid="session-name">
          {name}
        </h1>
        <BranchChip />
        <SessionMenu />
      </div>
      <div className="bar-group bar-end">
        <ConnectionStatus />
        <span className="bar-rule" aria-hidden="true" />
        <People />
        <span className="bar-rule" aria-hidden="true" />
        <ChatButton />
        <span className="wide-only">
          <ThemeToggle />
        </span>
        <ShareButton />
        <CopyLink />
      </div>
    </header>
  );
}

function ShareButton() {
  const centre = useCommandCentre();
  return <IconButton icon="share" label={rightsWords.share} className="share-button" aria-haspopup="dialog" onClick={() => centre.setState({ open: 'share' })} data-testid="share" />;
}

function CopyLink() {
  const workspace = useWorkspace();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    const { sessionId, branch } = workspace.session;
    const link = window.location.origin + sessionPath(sessionId, branch);
    workspace.company.tookLink();
    if (await copyText(link)) setCopied(true);
    else workspace.notify({ tone: 'neutral', title: text.copyFailed });
  };
  return (
    <button type="button" className="button button-primary copy-link" aria-label={text.copyLink} onClick={() => void copy()} data-testid="copy-link" data-copied={copied}>
      <Icon name={copied ? 'check' : 'link'} size={18} />
      <span className="wide-only" aria-live="polite">
        {copied ? text.linkCopied : text.copyLink}
      </span>
    </button>
  );
}
