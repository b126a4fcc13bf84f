import { closeSession, ProblemError } from '@chorale/client';
import { useEffect, useState } from 'react';
import { messages } from '../app/messages';
import { Link } from '../app/router';
import { sessionPath } from '../app/routes';
import { browserStorage } from '../app/storage';
import { toggleTheme, useTheme } from '../app/theme';
import { ChatButton } from '../chat/ChatButton';
import { People } from '../presence/People';
import { ReportDialog } from '../report/SyncReport';
import { forgetOwnerKey, ownerKeyOf } from '../start/ownerKeys';
import { Button, IconButton } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Icon, Mark, type IconName } from '../ui/Icon';
import { Popover } from '../ui/Popover';
import { ThemeToggle } from '../ui/ThemeToggle';
import { ConnectionStatus } from './ConnectionStatus';
import { copyText } from './copyText';
import { useRefusedEdits, useSessionName, useWorkspace } from './WorkspaceContext';

const text = messages.session;
const COPIED_MS = 2000;

export function TopBar({ onEditIdentity }: { readonly onEditIdentity: () => void }) {
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
        <SessionMenu name={name} onEditIdentity={onEditIdentity} />
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
        <CopyLink />
      </div>
    </header>
  );
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
    const link = window.location.origin + sessionPath(workspace.session.sessionId);
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

function SessionMenu({ name, onEditIdentity }: { readonly name: string; readonly onEditIdentity: () => void }) {
  const { session } = useWorkspace();
  const [closing, setClosing] = useState(false);
  const [reading, setReading] = useState(false);
  const refused = useRefusedEdits();
  const theme = useTheme();
  const owner = ownerKeyOf(browserStorage, session.sessionId) !== undefined;
  return (
    <>
      <Popover
        label={text.menu}
        align="start"
        testId="session-menu"
        trigger={(props) => <IconButton {...props} icon="more" label={text.menu} hint="none" data-testid="session-menu-button" />}
      >
        {(close) => (
          <div className="menu">
            <MenuItem
              icon="person"
              label={text.editIdentity}
              testId="menu-identity"
              onClick={() => {
                close();
                onEditIdentity();
              }}
            />
            <MenuItem icon={theme === 'dark' ? 'sun' : 'moon'} label={theme === 'dark' ? messages.theme.toLight : messages.theme.toDark} testId="menu-theme" onClick={toggleTheme} />
            {refused.length > 0 && (
              <MenuItem
                icon="warning"
                label={messages.synced.menu(refused.length)}
                testId="menu-refused"
                onClick={() => {
                  close();
                  setReading(true);
                }}
              />
            )}
            {owner && (
              <>
                <hr className="menu-rule" />
                <MenuItem
                  icon="power"
                  danger
                  label={text.closeSession}
                  testId="menu-close-session"
                  onClick={() => {
                    close();
                    setClosing(true);
                  }}
                />
              </>
            )}
          </div>
        )}
      </Popover>
      {reading && <ReportDialog onDismiss={() => setReading(false)} />}
      {closing && <CloseDialog name={name} onCancel={() => setClosing(false)} />}
    </>
  );
}

function MenuItem({ icon, label, onClick, testId, danger = false }: { readonly icon: IconName; readonly label: string; readonly onClick: () => void; readonly testId: string; readonly danger?: boolean }) {
  return (
    <button type="button" className={danger ? 'menu-item menu-danger' : 'menu-item'} onClick={onClick} data-testid={testId}>
      <Icon name={icon} />
      <span>{label}</span>
    </button>
  );
}

function CloseDialog({ name, onCancel }: { readonly name: string; readonly onCancel: () => void }) {
  const { session } = useWorkspace();
  const [closing, setClosing] = useState(false);
  const [failure, setFailure] = useState<string>();
  const { sessionId } = session;

  const close = async () => {
    const ownerKey = ownerKeyOf(browserStorage, sessionId);
    if (ownerKey === undefined) return;
    setClosing(true);
    try {
      await closeSession(window.location.origin, sessionId, ownerKey);
      forgetOwnerKey(browserStorage, sessionId);
    } catch (problem) {
      setFailure(problem instanceof ProblemError ? (problem.problem.detail ?? problem.problem.title) : messages.start.unreachable);
      setClosing(false);
    }
  };
  return (
    <Dialog title={text.closeTitle} onDismiss={onCancel} testId="close-dialog">
      <p className="dialog-lead">{text.closeDetail(name)}</p>
      {failure !== undefined && (
        <p className="form-error" role="alert">
          <strong>{text.closeFailed}</strong> {failure}
        </p>
      )}
      <div className="dialog-actions">
        <Button onClick={onCancel} autoFocus>
          {messages.cancel}
        </Button>
        <Button tone="danger" disabled={closing} onClick={() => void close()} data-testid="close-confirm">
          {text.closeConfirm}
        </Button>
      </div>
    </Dialog>
  );
}
