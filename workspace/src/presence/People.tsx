import type { Participant } from '@chorale/client';
import { useMemo, useState } from 'react';
import { messages } from '../app/messages';
import { useConnectionState, useParticipants, useSelfId, useWorkspace, useWorkspaceState } from '../session/WorkspaceContext';
import { elementName, nameOf, registerName } from '../session/wording';
import { IconButton } from '../ui/Button';
import { Popover } from '../ui/Popover';
import { Avatar } from './Avatar';
import { colorOf, statusOf } from './remoteState';

const text = messages.people;
const MOST_FACES = 4;
const MOST_FACES_NARROW = 1;

/** Who is here: a stack of avatars that opens into a list. */
export function People() {
  const participants = useParticipants();
  const selfId = useSelfId();
  // Without a connection this is how it was.
  const stale = useConnectionState() !== 'online';
  const { self } = useWorkspace().session;
  const people = useMemo(() => selfFirst(participants, selfId, self), [participants, selfId, self]);

  return (
    <>
      <ul className="visually-hidden" aria-label={text.title} data-testid="participants">
        {people.map((person) => (
          <li
            key={person.participantId}
            data-participant-id={person.participantId}
            data-user-id={person.userId}
            data-name={person.name}
            data-color={person.color}
            data-status={statusOf(person)}
            data-self={person.participantId === selfId}
          >
            {person.name}
            {person.participantId === selfId ? ` (${text.you})` : `, ${text.status[statusOf(person)]}`}
          </li>
        ))}
      </ul>
      <Popover
        label={text.title}
        testId="people-list"
        trigger={(props) => (
          <button {...props} type="button" className="people-button" data-stale={stale} aria-label={text.list(people.length)} data-testid="people-button" data-count={people.length}>
            {people.slice(0, MOST_FACES).map((person) => (
              <Avatar key={person.participantId} name={person.name} color={colorOf(person)} status={person.participantId === selfId ? undefined : statusOf(person)} />
            ))}
            {people.length > MOST_FACES && <span className="avatar avatar-more wide-only">+{people.length - MOST_FACES}</span>}
            {people.length > MOST_FACES_NARROW && <span className="avatar avatar-more narrow-only">+{people.length - MOST_FACES_NARROW}</span>}
          </button>
        )}
      >
        {(close) => (
          <>
            <h3 className="popover-title">{text.list(people.length)}</h3>
            <ul className="people-list">
              {people.map((person) => (
                <Person key={person.participantId} person={person} isSelf={person.participantId === selfId} onFollow={close} />
              ))}
            </ul>
          </>
        )}
      </Popover>
    </>
  );
}

function Person({ person, isSelf, onFollow }: { readonly person: Participant; readonly isSelf: boolean; readonly onFollow: () => void }) {
  const workspace = useWorkspace();
  // Looked up when the list opens: where people look changes too often for React.
  const [look] = useState(() => workspace.remote.looks.get(person.participantId));
  const selected = useWorkspaceState((state) => {
    for (const [elementId, selectors] of state.selections) {
      if (selectors.some(({ participantId }) => participantId === person.participantId)) return elementId;
    }
    return undefined;
  });
  const element = selected === undefined ? undefined : workspace.element(selected);
  const doing = useWorkspaceState((state) => state.doing.get(person.participantId));
  const status = statusOf(person);
  const { document } = workspace.session;
  const edited = doing && (doing.property === undefined ? elementName(document, doing.id) : registerName(document, doing.id, [doing.property]));
  return (
    <li className="person" data-testid="person" data-name={person.name} data-status={status}>
      <Avatar name={person.name} color={colorOf(person)} status={isSelf ? undefined : status} />
      <span className="person-text">
        <span className="person-name">
          {person.name}
          {isSelf && <span className="person-you"> ({text.you})</span>}
        </span>
        {!isSelf && (
          <span className="person-doing" data-testid="person-doing">
            {status === 'EDITING' && edited ? text.editing(edited) : text.status[status]}
            {element && status !== 'OFFLINE' && !edited && ` · ${text.selecting(nameOf(element))}`}
          </span>
        )}
      </span>
      {look && !isSelf && (
        <IconButton
          icon="eye"
          label={text.follow(person.name)}
          hint="none"
          onClick={() => {
            workspace.view?.lookFrom(look);
            onFollow();
          }}
        />
      )}
    </li>
  );
}

/** Before the first connection of a page that has everything from this device, one is alone. */
function selfFirst(participants: ReadonlyMap<string, Participant>, selfId: string | undefined, self: Participant | undefined): readonly Participant[] {
  const all = participants.size === 0 && self ? [self] : [...participants.values()];
  return [...all.filter(({ participantId }) => participantId === selfId), ...all.filter(({ participantId }) => participantId !== selfId)];
}
