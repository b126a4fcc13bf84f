import { lazy, Suspense, useState, type ReactNode } from 'react';
import { Boundary } from '../app/Boundary';
import type { Identity } from '../app/identity';
import { messages } from '../app/messages';
import { PointerTags } from '../presence/PointerTags';
import { IdentityDialog } from '../presence/IdentityDialog';
import { IconButton } from '../ui/Button';
import { Spinner } from '../ui/Spinner';
import { EmptyHint } from './EmptyHint';
import { Inspector } from './Inspector';
import { LabelEditor } from './LabelEditor';
import { Notices } from './Notices';
import { ObjectsPanel } from './ObjectsPanel';
import { OfflineBanner } from './ConnectionStatus';
import { SceneFailure } from './SceneFailure';
import { Toolbar } from './Toolbar';
import { TopBar } from './TopBar';
import { useShortcuts } from './useShortcuts';
import { useConnectionState, useDocument, useLatency, usePending, useSelfId, useWorkspace, useWorkspaceState } from './WorkspaceContext';

const loadScene = () => import('../scene/Scene').then(({ Scene }) => ({ default: Scene }));
const Scene = lazy(loadScene);
void loadScene();

export function WorkspaceScreen({ identity, onIdentity }: { readonly identity: Identity; readonly onIdentity: (identity: Identity) => void }) {
  const workspace = useWorkspace();
  const [editingIdentity, setEditingIdentity] = useState(false);
  useShortcuts(workspace);

  return (
    <Root>
      <div className="stage">
        <Boundary fallback={(retry) => <SceneFailure title={messages.scene.crashedTitle} detail={messages.scene.crashedDetail} onRetry={retry} />}>
          <Suspense fallback={<div className="stage-loading"><Spinner label={messages.scene.loading} /></div>}>
            <Scene ownColor={identity.color} />
          </Suspense>
        </Boundary>
        <PointerTags />
        <LabelEditor />
      </div>
      <TopBar onEditIdentity={() => setEditingIdentity(true)} />
      <OfflineBanner />
      <ObjectsPanel />
      <EmptyHint />
      <Inspector />
      <div className="dock">
        <Toolbar />
        <IconButton icon="fit" label={messages.session.fit} hint="above" className="fit-button" onClick={() => workspace.view?.showEverything()} data-testid="fit-view" />
      </div>
      <Notices />
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
function Root({ children }: { readonly children: ReactNode }) {
  const connection = useConnectionState();
  const { revision } = useDocument();
  const pending = usePending();
  const latency = useLatency();
  const selfId = useSelfId();
  const selectedId = useWorkspaceState((state) => state.selectedId);
  return (
    <div
      className="workspace"
      data-testid="workspace"
      data-connection={connection}
      data-revision={revision}
      data-pending={pending}
      data-latency={latency === undefined ? undefined : Math.round(latency)}
      data-self={selfId}
      data-selected={selectedId}
    >
      {children}
    </div>
  );
}
