import { inkOn } from '../app/colors';
import { useParticipants, useSelfId, useWorkspace } from '../session/WorkspaceContext';
import { colorOf, statusOf } from './remoteState';

/** Name tags at the others' pointers. The scene shows, hides and moves them each frame. */
export function PointerTags() {
  const workspace = useWorkspace();
  const participants = useParticipants();
  const selfId = useSelfId();
  return (
    <div className="pointer-tags" aria-hidden="true">
      {[...participants.values()].map((participant) => {
        const { participantId, name } = participant;
        if (participantId === selfId || statusOf(participant) === 'OFFLINE') return null;
        const color = colorOf(participant);
        return (
          <div
            key={participantId}
            ref={(element) => {
              if (!element) return undefined;
              element.hidden = true;
              workspace.tags.set(participantId, element);
              workspace.view?.invalidate();
              return () => {
                workspace.tags.delete(participantId);
              };
            }}
            className="pointer-tag"
            data-testid="remote-pointer"
            data-participant-id={participantId}
            data-name={name}
            data-color={color}
          >
            <span className="pointer-name" style={{ backgroundColor: color, color: inkOn(color) }}>
              {name}
            </span>
          </div>
        );
      })}
    </div>
  );
}
