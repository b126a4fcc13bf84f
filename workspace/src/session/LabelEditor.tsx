import { useEffect, useRef, useState } from 'react';
import { messages } from '../app/messages';
import type { SceneElement } from '../scene/sceneElement';
import { useDocument, useWorkspace, useWorkspaceState } from './WorkspaceContext';

/** The text field over a label that was double-clicked; the scene keeps it in place. */
export function LabelEditor() {
  const workspace = useWorkspace();
  const id = useWorkspaceState((state) => state.editingTextId);
  useDocument();
  const element = id === undefined ? undefined : workspace.element(id);
  return element?.kind === 'label' ? <TextOverlay key={element.id} element={element} /> : null;
}

function TextOverlay({ element }: { readonly element: SceneElement }) {
  const workspace = useWorkspace();
  const [draft, setDraft] = useState(element.text);
  const field = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  const { id } = element;

  useEffect(() => {
    if (!field.current) return undefined;
    workspace.textField = field.current;
    workspace.view?.invalidate();
    field.current.select();
    workspace.setEditing({ id, property: 'text' });
    return () => {
      workspace.textField = undefined;
      workspace.setEditing(undefined);
    };
  }, [workspace, id]);

  const finish = (keep: boolean) => {
    if (done.current) return;
    done.current = true;
    if (keep && draft.trim() !== '') workspace.setText(element.id, draft);
    workspace.store.setState({ editingTextId: undefined });
  };
  return (
    <input
      ref={field}
      className="label-editor"
      aria-label={messages.scene.editText}
      value={draft}
      maxLength={400}
      autoFocus
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish(true);
        if (event.key === 'Escape') finish(false);
      }}
      data-testid="label-editor"
    />
  );
}
