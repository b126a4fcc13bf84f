import type { Participant } from '@chorale/client';
import { useCallback } from 'react';
import { inkOn } from '../app/colors';
import { useCompany, useParticipants, useSelfId, useWorkspace } from '../session/WorkspaceContext';
import { Icon } from '../ui/Icon';
import { presenceMessages as text } from './messages';
import { colorOf, statusOf } from './remoteState';

/** Name tags at the others' cameras. The scene shows, hides and moves them each frame. */
export function PersonTags() {
  const participants = useParticipants();
  const selfId = useSelfId();
  return (
    <div className="pointer-tags" aria-hidden="true">
      {[...participants.values()].map((person) => (person.participantId === selfId ? null : <PersonTag key={person.participantId} person={person} />))}
    </div>
  );
}

function PersonTag({ person }: { readonly person: Participant }) {
  const workspace = useWorkspace();
  const { participantId, name } = person;
  const speaking = useCompany((state) => state.speaking.has(participantId));
  const [color, status] = [colorOf(person), statusOf(person)];
  const register = useCallback((tag: HTMLElement | null) => workspace.company.keep(workspace.company.tags, participantId, tag), [workspace, participantId]);
  return (
    <div
      ref={register}
      className="pointer-tag"
      data-testid="avatar"
      data-participant-id={participantId}
      data-name={name}
      data-status={status}
      data-speaking={speaking}
    >
      <span className="person-tag" style={{ backgroundColor: color, color: inkOn(color) }}>
        {speaking && <Voice />}
        {status === 'EDITING' && <Icon name="pencil" size={12} />}
        <span className="person-tag-name">{name}</span>
        {status === 'AWAY' && <span className="person-tag-note">{text.away}</span>}
        {status === 'OFFLINE' && <span className="person-tag-note">{text.offline}</span>}
      </span>
    </div>
  );
}

/** Three bars that move while somebody speaks. */
export function Voice() {
  return (
    <span className="voice">
      <i />
      <i />
      <i />
    </span>
  );
}
