import type { Participant } from '@chorale/client';
import { useMemo, useState } from 'react';
import { messages } from '../app/messages';
import { useParticipants, useSelfId, useWorkspace, useWorkspaceState } from '../session/WorkspaceContext';
import { nameOf } from '../session/workspace';
import { IconButton } from '../ui/Button';
import { Popover } from '../ui/Popover';
import { Avatar } from './Avatar';
import { colorOf } from './remoteState';

const text = messages.people;
const MOST_FACES = 4;
const MOST_FACES_NARROW = 2;

/** Who is here: a stack of avatars that opens into a list. */
export function People() {
  const participants = useParticipants();
  const selfId = useSelfId();
  const people = useMemo(() => selfFirst(participants, selfId), [participants, selfId]);

  return (
    <>
      <ul className="visually-hidden" aria-label={text.title} data-testid="participants">
        {people.map(({ participantId, userId, name, color }) => (
          <li key={participantId} data-participant-id={participantId} data-user-id={userId} data-name={name} data-color={color} data-self={participantId === selfId}>
            {name}
            {participantId === selfId && ` (${text.you})`}
          </li>
        ))}
      </ul>
      <Popover
        label={text.title}
        testId="people-list"
        trigger={(props) => (
          <button {...props} type="button" className="people-button" aria-label={text.list(people.length)} data-testid="people-button" data-count={people.length}>
            {people.slice(0, MOST_FACES).map((person) => (
              <Avatar key={person.participantId} name={person.name} color={colorOf(person)} />
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
  return (
    <li className="person">
      <Avatar name={person.name} color={colorOf(person)} />
      <span className="person-text">
        <span className="person-name">
          {person.name}
          {isSelf && <span className="person-you"> ({text.you})</span>}
        </span>
        {element && <span className="person-doing">{text.selecting(nameOf(element))}</span>}
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

function selfFirst(participants: ReadonlyMap<string, Participant>, selfId: string | undefined): readonly Participant[] {
  const all = [...participants.values()];
  return [...all.filter(({ participantId }) => participantId === selfId), ...all.filter(({ participantId }) => participantId !== selfId)];
}
