import type { Conflict } from '@chorale/client';
import { useConflicts } from '@chorale/client/react';
import { messages } from '../app/messages';
import { useParticipants, useSelfUser, useWorkspace } from '../session/WorkspaceContext';
import { Icon } from '../ui/Icon';
import { concerns, othersIn } from './choices';

const text = messages.conflict;

/** The open conflict about a property or one of its components. */
export function useConflictAbout(elementId: string, property: string): Conflict | undefined {
  const conflicts = useConflicts();
  if (conflicts.size === 0) return undefined;
  return [...conflicts.values()].find(({ element, path }) => element === elementId && path[0] === property);
}

/** Where values wait for a decision: whoever may decide is asked again, everybody else sees that somebody does. */
export function ConflictMark({ elementId, property }: { readonly elementId: string; readonly property: string }) {
  const workspace = useWorkspace();
  const userId = useSelfUser();
  const conflict = useConflictAbout(elementId, property);
  useParticipants();
  if (conflict === undefined) return null;
  if (concerns(conflict, userId)) {
    return (
      <button type="button" className="conflict-mark" title={text.waiting} onClick={() => workspace.takeUp(conflict.id)} data-testid="conflict-mark" data-mine="true">
        <Icon name="split" size={14} />
        {text.decide}
      </button>
    );
  }
  const names = othersIn(conflict, userId, (id, told) => workspace.acquaintance(id, told).name);
  return (
    <span className="conflict-mark" title={text.waiting} data-testid="conflict-mark" data-mine="false">
      <Icon name="split" size={14} />
      <span className="conflict-names">{text.deciding(names)}</span>
    </span>
  );
}
