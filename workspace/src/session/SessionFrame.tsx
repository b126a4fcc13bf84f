import { lazy, Suspense, useEffect, type ReactNode } from 'react';
import { assertNever } from '../app/assertNever';
import type { Appearance } from '../app/identity';
import { messages } from '../app/messages';
import { ChatPanel } from '../chat/ChatPanel';
import { useCentre, useCommandCentre } from '../commands/commandCentre';
import { CommandPalette } from '../commands/CommandPalette';
import { HelpSheet } from '../commands/HelpSheet';
import { ConflictDialogs } from '../conflicts/ConflictDialog';
import { Coach } from '../onboarding/Coach';
import { mediaMessages } from '../media/messages';
import { takeFiles } from '../media/takeFiles';
import { PerformancePanel } from '../performance/PerformancePanel';
import { CompanyBanners } from '../presence/CompanyBanners';
import { IdentityDialog } from '../presence/IdentityDialog';
import { ReportDialog, SyncReportCard } from '../report/SyncReport';
import { useOwnersSeat } from '../sharing/ownersSeat';
import { FrozenBanner } from '../sharing/Standing';
import { useToldRole } from '../sharing/useToldRole';
import { DropTarget } from '../transfer/DropTarget';
import { importContent } from '../transfer/importFile';
import { takePendingImport } from '../transfer/pendingImport';
import { CloseDialog } from './CloseDialog';
import { OfflineBanner } from './ConnectionStatus';
import { Notices } from './Notices';
import { PolicyDialog } from './PolicyDialog';
import { TopBar } from './TopBar';
import { useChat, useConnectionState, useDocument, useLatency, usePending, useSelfId, useSessionKind, useWorkspace, useWorkspaceState } from './WorkspaceContext';

const VersionsDialog = lazy(() => import('../history/VersionsDialog').then(({ VersionsDialog: dialog }) => ({ default: dialog })));
const BranchBanner = lazy(() => import('../branches/BranchBanner').then(({ BranchBanner: banner }) => ({ default: banner })));
const BranchesDialog = lazy(() => import('../branches/BranchesDialog').then(({ BranchesDialog: dialog }) => ({ default: dialog })));
const DeletedDialog = lazy(() => import('../history/DeletedDialog').then(({ DeletedDialog: dialog }) => ({ default: dialog })));
const ShareDialog = lazy(() => import('../sharing/ShareDialog').then(({ ShareDialog: dialog }) => ({ default: dialog })));
const ModerationDialog = lazy(() => import('../moderation/ModerationDialog').then(({ ModerationDialog: dialog }) => ({ default: dialog })));
const PersonDialog = lazy(() => import('../moderation/PersonDialog').then(({ PersonDialog: dialog }) => ({ default: dialog })));

interface FrameProps extends SurfaceProps {
  readonly className?: string;
  readonly children: ReactNode;
}

interface SurfaceProps {
  readonly identity: Appearance;
  readonly onIdentity: (identity: Appearance) => void;
}

/** What every session has around its content, whatever kind it is. */
export function SessionFrame({ identity, onIdentity, className = '', children }: FrameProps) {
  const workspace = useWorkspace();
  const kind = useSessionKind();
  usePendingImport();
  useOwnersSeat();
  useToldRole();
  return (
    <Root className={className}>
      <TopBar />
      <div className="banners">
        <OfflineBanner />
        <FrozenBanner />
        <Suspense fallback={null}>
          <BranchBanner />
        </Suspense>
        <SyncReportCard />
        <CompanyBanners />
      </div>
      {children}
      <PerformancePanel />
      <ChatPanel />
      <Coach />
      <Notices />
      <ConflictDialogs />
      <Suspense fallback={null}>
        <Surfaces identity={identity} onIdentity={onIdentity} />
      </Suspense>
      <DropTarget label={kind === 'scene' ? mediaMessages.drop : messages.transfer.drop} onFiles={(files, at) => takeFiles(workspace, files, at)} />
    </Root>
  );
}

/** A session that was made for a file gets its content as soon as its maker is in it. */
function usePendingImport(): void {
  const workspace = useWorkspace();
  const online = useConnectionState() === 'online';
  useEffect(() => {
    const file = online ? takePendingImport(workspace.session.sessionId) : undefined;
    if (file) importContent(workspace, file);
  }, [workspace, online]);
}

/** The one dialog that somebody asked for. */
function Surfaces({ identity, onIdentity }: SurfaceProps) {
  const centre = useCommandCentre();
  const open = useCentre((state) => state.open);
  const person = useCentre((state) => state.person);
  const close = () => centre.setState({ open: undefined });
  switch (open) {
    case undefined:
      return null;
    case 'palette':
      return <CommandPalette onClose={close} />;
    case 'help':
      return <HelpSheet onClose={close} />;
    case 'versions':
      return (
        <Suspense fallback={null}>
          <VersionsDialog onClose={close} />
        </Suspense>
      );
    case 'branches':
    case 'proposals':
      return <BranchesDialog first={open} onClose={close} />;
    case 'deleted':
      return <DeletedDialog onClose={close} />;
    case 'policy':
      return <PolicyDialog onClose={close} />;
    case 'report':
      return <ReportDialog onDismiss={close} />;
    case 'share':
      return <ShareDialog onClose={close} />;
    case 'moderation':
      return <ModerationDialog onClose={close} />;
    case 'person':
      return person ? <PersonDialog about={person} onClose={close} /> : null;
    case 'close':
      return <CloseDialog onCancel={close} />;
    case 'identity':
      return (
        <IdentityDialog
          identity={identity}
          sessionName={undefined}
          onCancel={close}
          onDone={(changed) => {
            close();
            if (changed.name !== identity.name || changed.color !== identity.color) onIdentity(changed);
          }}
        />
      );
    default:
      return assertNever(open);
  }
}

/** States that change often live on this element alone; what is inside does not render again with them. */
function Root({ className, children }: { readonly className: string; readonly children: ReactNode }) {
  const connection = useConnectionState();
  const { revision } = useDocument();
  const pending = usePending();
  const latency = useLatency();
  const selfId = useSelfId();
  const selectedId = useWorkspaceState((state) => state.selectedId);
  const chatOpen = useChat((state) => state.open);
  const isPast = useWorkspaceState((state) => state.past !== undefined);
  return (
    <div
      className={`workspace ${className}`}
      data-testid="workspace"
      data-connection={connection}
      data-revision={revision}
      data-pending={pending}
      data-latency={latency === undefined ? undefined : Math.round(latency)}
      data-self={selfId}
      data-selected={selectedId}
      data-chat={chatOpen}
      data-past={isPast ? true : undefined}
    >
      {children}
    </div>
  );
}
