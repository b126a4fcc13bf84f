import { messages } from '../app/messages';
import { MediaMenu } from '../media/MediaMenu';
import { CREATABLE } from '../scene/sceneElement';
import { Icon } from '../ui/Icon';
import { useWorkspace, useWorkspaceState } from './WorkspaceContext';

const text = messages.tools;

export function Toolbar() {
  const workspace = useWorkspace();
  const objectsOpen = useWorkspaceState((state) => state.objectsOpen);
  const canUndo = useWorkspaceState((state) => state.canUndo);
  const canRedo = useWorkspaceState((state) => state.canRedo);
  return (
    <div className="toolbar" role="group" aria-label={text.label} data-testid="toolbar">
      {CREATABLE.map((kind, index) => (
        <button
          key={kind}
          type="button"
          className="tool"
          aria-label={text.add[kind]}
          aria-keyshortcuts={String(index + 1)}
          data-hint={`${text.add[kind]}  ${index + 1}`}
          data-hint-side="above"
          onClick={() => workspace.add(kind)}
          data-testid={`add-${kind}`}
        >
          <Icon name={kind} size={22} />
          <span>{text.short[kind]}</span>
        </button>
      ))}
      <MediaMenu />
      <span className="tool-rule" aria-hidden="true" />
      <button
        type="button"
        className="tool tool-history"
        aria-label={text.undo}
        aria-keyshortcuts="Control+Z Meta+Z"
        data-hint={text.undoHint}
        data-hint-side="above"
        disabled={!canUndo}
        onClick={() => workspace.undo()}
        data-testid="undo"
      >
        <Icon name="undo" size={22} />
      </button>
      <button
        type="button"
        className="tool tool-history"
        aria-label={text.redo}
        aria-keyshortcuts="Control+Shift+Z Meta+Shift+Z Control+Y"
        data-hint={text.redoHint}
        data-hint-side="above"
        disabled={!canRedo}
        onClick={() => workspace.redo()}
        data-testid="redo"
      >
        <Icon name="redo" size={22} />
      </button>
      <button
        type="button"
        className="tool"
        aria-label={objectsOpen ? messages.objects.close : messages.objects.open}
        aria-expanded={objectsOpen}
        onClick={() => workspace.store.setState({ objectsOpen: !objectsOpen })}
        data-testid="objects-toggle"
      >
        <Icon name="list" size={22} />
        <span>{messages.session.objects}</span>
      </button>
    </div>
  );
}
