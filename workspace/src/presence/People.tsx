import type { Participant } from '@chorale/client';
import { useMemo, useState } from 'react';
import { messages } from '../app/messages';
import { Keys } from '../commands/Keys';
import { useCompany, useConnectionState, useParticipants, useSelfId, useSessionKind, useSessionValue, useWorkspace, useWorkspaceState } from '../session/WorkspaceContext';
import { elementName, nameOf, registerName } from '../session/wording';
import { IconButton } from '../ui/Button';
import { Popover } from '../ui/Popover';
import { Icon, type IconName } from '../ui/Icon';
import { moderationWords } from '../moderation/words';
import { PersonMenu, RoleMark } from '../moderation/PersonMenu';
import { Avatar } from './Avatar';
import { presenceMessages } from './messages';
import { Voice } from './PersonTags';
import { LASER_KEY } from './presenceCommands';
import { colorOf, statusOf } from './remoteState';

const text = messages.people;
const ON_AWARENESS = ['awareness'] as const;
const MOST_FACES = 4;
const MOST_FACES_NARROW = 1;

/** Who is here: a stack of avatars that opens into a list. */
export function People() {
  const participants = useParticipants();
  const selfId = useSelfId();
  // Without a connection this is how it was.
  const stale = useConnectionState() !== 'online';
  const { self } = useWorkspace().session;
  const isScene = useSessionKind() === 'scene';
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
              <Avatar key={person.participantId} name={person.name} color={colorOf(person)} picture={person.picture} status={person.participantId === selfId ? undefined : statusOf(person)} />
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
                <Person key={person.participantId} person={person} isSelf={person.participantId === selfId} isSameUser={person.userId === self?.userId} close={close} />
              ))}
            </ul>
            {isScene && <TogetherItems close={close} isAlone={people.length < 2} />}
          </>
        )}
      </Popover>
    </>
  );
}

/** What one can do with everybody. */
function TogetherItems({ close, isAlone }: { readonly close: () => void; readonly isAlone: boolean }) {
  const { company } = useWorkspace();
  const leading = useCompany((state) => state.leading);
  const pointing = useCompany((state) => state.pointing) === 'on';
  return (
    <div className="people-together">
      {(leading || !isAlone) && (
        <TogetherItem
          icon="people"
          label={leading ? presenceMessages.endBring : presenceMessages.bring}
          pressed={leading}
          testId="bring-everyone"
          onClick={() => {
            close();
            company.toggleLead();
          }}
        />
      )}
      <TogetherItem
        icon="laser"
        label={pointing ? presenceMessages.laserOff : presenceMessages.laser}
        pressed={pointing}
        keys={LASER_KEY}
        testId="laser-toggle"
        onClick={() => {
          close();
          company.laser.pull();
        }}
      />
    </div>
  );
}

interface TogetherItemProps {
  readonly icon: IconName;
  readonly label: string;
  readonly pressed: boolean;
  readonly keys?: string;
  readonly testId: string;
  readonly onClick: () => void;
}

function TogetherItem({ icon, label, pressed, keys, testId, onClick }: TogetherItemProps) {
  return (
    <button type="button" className="menu-item" data-on={pressed} onClick={onClick} data-testid={testId}>
      <Icon name={icon} />
      <span>{label}</span>
      {keys !== undefined && <Keys keys={[keys]} />}
    </button>
  );
}

interface PersonProps {
  readonly person: Participant;
  readonly isSelf: boolean;
  /** Whether this is oneself, here or in another window. */
  readonly isSameUser: boolean;
  readonly close: () => void;
}

function Person({ person, isSelf, isSameUser, close }: PersonProps) {
  const [open, setOpen] = useState(false);
  const workspace = useWorkspace();
  // Looked up when the list opens: where people look changes too often for React.
  const [hasLook] = useState(() => workspace.remote.looks.has(person.participantId));
  const following = useCompany((state) => state.following === person.participantId);
  const followsOne = useCompany((state) => state.followers.includes(person.participantId));
  const speaking = useCompany((state) => state.speaking.has(person.participantId));
  const selected = useWorkspaceState((state) => {
    for (const [elementId, selectors] of state.selections) {
      if (selectors.some(({ participantId }) => participantId === person.participantId)) return elementId;
    }
    return undefined;
  });
  const element = selected === undefined ? undefined : workspace.element(selected);
  const doing = useWorkspaceState((state) => state.doing.get(person.participantId));
  const status = statusOf(person);
  const looksBack = useSessionValue(workspace.session, ON_AWARENESS, ({ awareness }) => awareness.get(person.participantId)?.['lookingBack'] === true);
  const { document } = workspace.session;
  const edited = doing && (doing.property === undefined ? elementName(document, doing.id) : registerName(document, doing.id, [doing.property]));
  return (
    <li className="person" data-testid="person" data-name={person.name} data-status={status} data-speaking={speaking} data-follows={followsOne} data-role={person.role}>
      <Avatar name={person.name} color={colorOf(person)} picture={person.picture} status={isSelf ? undefined : status} />
      <span className="person-text">
        <span className="person-name">
          {person.name}
          {isSelf && <span className="person-you"> ({text.you})</span>}
          <RoleMark role={person.role} />
          {speaking && (
            <span className="person-speaking" role="img" aria-label={presenceMessages.speaking}>
              <Voice />
            </span>
          )}
        </span>
        {!isSelf && (
          <span className="person-doing" data-testid="person-doing">
            {status === 'EDITING' && edited ? text.editing(edited) : text.status[status]}
            {element && status !== 'OFFLINE' && !edited && ` · ${text.selecting(nameOf(element))}`}
            {looksBack && status !== 'OFFLINE' && ` · ${presenceMessages.looksBack}`}
            {followsOne && ` · ${presenceMessages.followsYou}`}
          </span>
        )}
      </span>
      {(hasLook || following) && !isSelf && (
        <IconButton
          icon="eye"
          label={following ? presenceMessages.unfollow(person.name) : presenceMessages.follow(person.name)}
          hint="none"
          className={following ? 'person-followed' : ''}
          onClick={() => {
            if (following) workspace.company.stay();
            else workspace.company.follow(person.participantId);
            close();
          }}
          data-testid="follow"
        />
      )}
      {!isSameUser && (
        <IconButton
          icon="more"
          label={moderationWords.menu(person.name)}
          hint="none"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          data-testid="person-menu-button"
        />
      )}
      {open && <PersonMenu person={person} close={close} />}
    </li>
  );
}

/** Before the first connection of a page that has everything from this device, one is alone. */
function selfFirst(participants: ReadonlyMap<string, Participant>, selfId: string | undefined, self: Participant | undefined): readonly Participant[] {
  const all = participants.size === 0 && self ? [self] : [...participants.values()];
  return [...all.filter(({ participantId }) => participantId === selfId), ...all.filter(({ participantId }) => participantId !== selfId)];
}
