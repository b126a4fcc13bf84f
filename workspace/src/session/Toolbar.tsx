import { messages } from '../app/messages';
import { MediaMenu } from '../media/MediaMenu';
import { CREATABLE } from '../scene/sceneElement';
import { useMay, useMayEdit, useStanding } from '../sharing/useRights';
import { ReadOnlyBadge } from '../sharing/Standing';
import { rightsWords } from '../sharing/rightsWords';
import { Icon } from '../ui/Icon';
import { useWorkspace, useWorkspaceState } from './WorkspaceContext';

const text = messages.tools;

export function Toolbar() {
  const workspace = useWorkspace();
  const objectsOpen = useWorkspaceState((state) => state.objectsOpen);
  const canUndo = useWorkspaceState((state) => state.canUndo);
  const canRedo = useWorkspaceState((state) => state.canRedo);
  const standing = useStanding();
  const mayEdit = useMayEdit();
  const mayCreate = useMay('CREATE');
  const whyNot = standing === 'frozen' ? rightsWords.badge.frozen : rightsWords.not.create;
  return (
    <div className="toolbar" role="group" aria-label={text.label} data-standing={standing} data-testid="toolbar">
      {standing === 'viewer' && <ReadOnlyBadge />}
      {standing !== 'viewer' && CREATABLE.map((kind, index) => (
        <button
          key={kind}
          type="button"
          className="tool"
          aria-label={text.add[kind]}
          aria-keyshortcuts={String(index + 1)}
          data-hint={mayCreate ? `${text.add[kind]}  ${index + 1}` : whyNot}
          data-hint-side="above"
          disabled={!mayCreate}
          onClick={() => workspace.add(kind)}
          data-testid={`add-${kind}`}
        >
          <Icon name={kind} size={22} />
          <span>{text.short[kind]}</span>
        </button>
      ))}
      {standing !== 'viewer' && <MediaMenu disabledBecause={mayCreate ? undefined : whyNot} />}
      <span className="tool-rule" aria-hidden="true" />
      <button
        type="button"
        hidden={standing === 'viewer'}
        className="tool tool-history"
        aria-label={text.undo}
        aria-keyshortcuts="Control+Z Meta+Z"
        data-hint={text.undoHint}
        data-hint-side="above"
        disabled={!canUndo || !mayEdit}
        onClick={() => workspace.undo()}
        data-testid="undo"
      >
        <Icon name="undo" size={22} />
      </button>
      <button
        type="button"
        hidden={standing === 'viewer'}
        className="tool tool-history"
        aria-label={text.redo}
        aria-keyshortcuts="Control+Shift+Z Meta+Shift+Z Control+Y"
        data-hint={text.redoHint}
        data-hint-side="above"
        disabled={!canRedo || !mayEdit}
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
