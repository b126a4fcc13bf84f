import { useState, type ReactNode } from 'react';
import type { Identity } from '../app/identity';
import { ChatPanel } from '../chat/ChatPanel';
import { ConflictDialogs } from '../conflicts/ConflictDialog';
import { IdentityDialog } from '../presence/IdentityDialog';
import { SyncReportCard } from '../report/SyncReport';
import { OfflineBanner } from './ConnectionStatus';
import { Notices } from './Notices';
import { TopBar } from './TopBar';
import { useChat, useConnectionState, useDocument, useLatency, usePending, useSelfId, useWorkspaceState } from './WorkspaceContext';

interface FrameProps {
  readonly identity: Identity;
  readonly onIdentity: (identity: Identity) => void;
  readonly className?: string;
  readonly children: ReactNode;
}

/** What every session has around its content, whatever kind it is. */
export function SessionFrame({ identity, onIdentity, className = '', children }: FrameProps) {
  const [editingIdentity, setEditingIdentity] = useState(false);
  return (
    <Root className={className}>
      <TopBar onEditIdentity={() => setEditingIdentity(true)} />
      <div className="banners">
        <OfflineBanner />
        <SyncReportCard />
      </div>
      {children}
      <ChatPanel />
      <Notices />
      <ConflictDialogs />
      {editingIdentity && (
        <IdentityDialog
          identity={identity}
          sessionName={undefined}
          onCancel={() => setEditingIdentity(false)}
          onDone={(changed) => {
            setEditingIdentity(false);
            if (changed.name !== identity.name || changed.color !== identity.color) onIdentity(changed);
          }}
        />
      )}
    </Root>
  );
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
    >
      {children}
    </div>
  );
}
