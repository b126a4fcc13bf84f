import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { Boundary } from '../app/Boundary';
import type { Appearance } from '../app/identity';
import { messages } from '../app/messages';
import { ConstraintTags } from '../constraints/ConstraintTags';
import { MarkTags } from '../history/MarkTags';
import { Shown } from '../history/Shown';
import { ElementTags } from '../presence/ElementTags';
import { LaserSurface } from '../presence/LaserSurface';
import { Thumbnails } from '../media/Thumbnails';
import { UploadStatus } from '../media/UploadStatus';
import { PersonTags } from '../presence/PersonTags';
import { Breadcrumb } from '../outline/Breadcrumb';
import { PointerTags } from '../presence/PointerTags';
import { IconButton } from '../ui/Button';
import { Spinner } from '../ui/Spinner';
import { EmptyHint } from './EmptyHint';
import { Inspector } from './Inspector';
import { LabelEditor } from './LabelEditor';
import { ObjectsPanel } from './ObjectsPanel';
import { SceneFailure } from './SceneFailure';
import { SceneTools } from './SceneTools';
import { SessionFrame } from './SessionFrame';
import { Toolbar } from './Toolbar';
import { useClipboard } from './useClipboard';
import { useShortcuts } from './useShortcuts';
import { useWorkspace } from './WorkspaceContext';

const loadScene = () => import('../scene/Scene').then(({ Scene }) => ({ default: Scene }));
const ComparePanel = lazy(() => import('../history/ComparePanel').then(({ ComparePanel: panel }) => ({ default: panel })));
const Scene = lazy(loadScene);
void loadScene();

export function WorkspaceScreen({ identity, onIdentity }: { readonly identity: Appearance; readonly onIdentity: (identity: Appearance) => void }) {
  return (
    <SessionFrame identity={identity} onIdentity={onIdentity}>
      <Shown>
        <SceneScreen ownColor={identity.color} />
      </Shown>
    </SessionFrame>
  );
}

/** What one compares with, beside the scene. */
function Compared() {
  const comparing = useStore(useWorkspace().live.store, (state) => state.comparing);
  if (comparing === undefined) return null;
  return (
    <Suspense fallback={null}>
      <ComparePanel key={String(comparing.from)} comparing={comparing} />
    </Suspense>
  );
}

/** The scene with everything about it, as it is or as it was. */
function SceneScreen({ ownColor }: { readonly ownColor: string }) {
  const workspace = useWorkspace();
  useShortcuts(workspace);
  useClipboard(workspace);
  return (
    <>
      <div className="stage">
        <Boundary fallback={(retry) => <SceneFailure title={messages.scene.crashedTitle} detail={messages.scene.crashedDetail} onRetry={retry} />}>
          <Suspense fallback={<div className="stage-loading"><Spinner label={messages.scene.loading} /></div>}>
            <Scene ownColor={ownColor} />
          </Suspense>
        </Boundary>
        <LaserSurface />
        <PersonTags />
        <ElementTags />
        <PointerTags />
        <ConstraintTags />
        <MarkTags />
        <LabelEditor />
      </div>
      <Breadcrumb />
      <ObjectsPanel />
      {!workspace.isPast && <EmptyHint />}
      <UploadStatus />
      <Thumbnails />
      <Inspector />
      <Compared />
      {!workspace.isPast && (
        <div className="dock">
          <SceneTools />
          <Toolbar />
          <IconButton icon="fit" label={messages.session.fit} hint="above" className="fit-button" onClick={() => workspace.view?.showEverything()} data-testid="fit-view" />
        </div>
      )}
    </>
  );
}
