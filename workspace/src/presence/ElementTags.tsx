import { useCallback } from 'react';
import { inkOn } from '../app/colors';
import { useParticipants, useWorkspace, useWorkspaceState } from '../session/WorkspaceContext';
import { Icon } from '../ui/Icon';
import { editedElements, type Edited } from './editors';
import { presenceMessages as text } from './messages';

/** Who drags or edits something, at what they edit. The scene shows, hides and moves the tags each frame. */
export function ElementTags() {
  const participants = useParticipants();
  const doing = useWorkspaceState((state) => state.doing);
  return (
    <div className="pointer-tags" aria-hidden="true">
      {editedElements(doing, participants).map((edited) => (
        <ElementTag key={edited.elementId} edited={edited} />
      ))}
    </div>
  );
}

function ElementTag({ edited: { elementId, name, color, others } }: { readonly edited: Edited }) {
  const { company } = useWorkspace();
  const register = useCallback((tag: HTMLElement | null) => company.keep(company.editingTags, elementId, tag), [company, elementId]);
  return (
    <div ref={register} className="pointer-tag" data-testid="editing-tag" data-element-id={elementId} data-name={name}>
      <span className="person-tag" style={{ backgroundColor: color, color: inkOn(color) }}>
        <Icon name="pencil" size={12} />
        <span className="person-tag-name">{name}</span>
        {others > 0 && <span className="person-tag-note">{text.andMore(others)}</span>}
      </span>
    </div>
  );
}
