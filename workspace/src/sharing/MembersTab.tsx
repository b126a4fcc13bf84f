import { listMembers, putMember, removeMember, type Member } from '@chorale/client/access';
import type { Role } from '@chorale/client';
import { useEffect, useMemo, useState } from 'react';
import { messages } from '../app/messages';
import { navigate } from '../app/router';
import { Avatar } from '../presence/Avatar';
import { useParticipants, useSelfUser, useWorkspace } from '../session/WorkspaceContext';
import { Button, IconButton } from '../ui/Button';
import { Choice } from './Choice';
import { sharingMessages as text } from './messages';
import { Failure, Read } from './Parts';
import { actsOn, everybody, ROLES, type Somebody } from './people';
import { rightsWords } from './rightsWords';
import { useManaged, useReading } from './useManaged';
import { useManages, useRole } from './useRights';

/** Everybody whose role counts here. */
export function MembersTab() {
  const { reading, again } = useReading((caller, id) => listMembers(window.location.origin, id, caller));
  const participants = useParticipants();
  useEffect(() => again(), [again, participants]);
  return (
    <Read reading={reading} again={again}>
      {(members) => <People members={members} again={again} />}
    </Read>
  );
}

function People({ members, again }: { readonly members: readonly Member[]; readonly again: () => void }) {
  const participants = useParticipants();
  const selfUser = useSelfUser();
  const people = useMemo(() => everybody(members, participants.values()), [members, participants]);
  const owners = people.filter(({ role }) => role === 'OWNER').length;
  const { busy, failure, run } = useManaged();
  const put = async (userId: string, name: string, role: Role) => {
    await run((caller, id) => putMember(window.location.origin, id, caller, userId, { role, name }));
    again();
  };
  const remove = async (userId: string) => {
    const done = await run((caller, id) => removeMember(window.location.origin, id, caller, userId));
    if (done && userId === selfUser) navigate('/');
    else again();
  };
  return (
    <div data-busy={busy} data-testid="share-members">
      <ul className="share-list">
        {people.map((person) => (
          <Person key={person.userId} person={person} isSelf={person.userId === selfUser} isLastOwner={person.role === 'OWNER' && owners === 1} onRole={put} onRemove={remove} />
        ))}
      </ul>
      {people.length === 0 && <p className="field-hint">{text.nobody}</p>}
      <Failure reason={failure} />
    </div>
  );
}

interface PersonProps {
  readonly person: Somebody;
  readonly isSelf: boolean;
  readonly isLastOwner: boolean;
  readonly onRole: (userId: string, name: string, role: Role) => Promise<void>;
  readonly onRemove: (userId: string) => Promise<void>;
}

function Person({ person, isSelf, isLastOwner, onRole, onRemove }: PersonProps) {
  const workspace = useWorkspace();
  const manages = useManages('MEMBERS');
  const own = useRole();
  const [leaving, setLeaving] = useState(false);
  const { userId, name, role, isMember, isHere } = person;
  // Whoever holds the owner key acts as an owner.
  const actor = manages && own !== 'ADMIN' ? 'OWNER' : own;
  const may = manages && actsOn(actor, role) && !isLastOwner;
  const why = isLastOwner ? text.lastOwner : manages ? text.higher : text.readOnly;
  const offered = ROLES.filter((each) => each === role || actsOn(actor, each));
  const { color } = workspace.acquaintance(userId, name);
  return (
    <li className="share-person" data-testid="share-person" data-name={name} data-role={role}>
      <Avatar name={name} color={color} />
      <span className="share-person-text">
        <strong>
          {name}
          {isSelf && <span className="person-you"> ({text.you})</span>}
        </strong>
        <span>
          {isMember ? text.member : text.guest}
          {isHere && !isSelf && ` · ${text.here}`}
        </span>
      </span>
      <Choice
        label={text.roleOf(name)}
        hideLabel
        value={role}
        disabled={!may}
        title={may ? undefined : why}
        testId="member-role"
        onChange={(next) => {
          const chosen = ROLES.find((each) => each === next);
          if (chosen) void onRole(userId, name, chosen);
        }}
      >
        {offered.map((each) => (
          <option key={each} value={each}>
            {rightsWords.roles[each]}
          </option>
        ))}
      </Choice>
      {isMember && (may || isSelf) ? (
        <IconButton
          icon={isSelf ? 'leave' : 'trash'}
          label={isSelf ? text.leave : text.remove(name)}
          hint="none"
          className="icon-button-small"
          disabled={isLastOwner}
          title={isLastOwner ? text.lastOwner : undefined}
          onClick={() => (isSelf ? setLeaving(true) : void onRemove(userId))}
          data-testid="member-remove"
        />
      ) : (
        <span className="share-blank" />
      )}
      {leaving && (
        <div className="share-ask" role="alert">
          <p>{text.leaveAsk}</p>
          <div className="share-row-actions">
            <Button onClick={() => setLeaving(false)}>{messages.cancel}</Button>
            <Button tone="danger" onClick={() => void onRemove(userId)} data-testid="leave-confirm">
              {text.leave}
            </Button>
          </div>
        </div>
      )}
    </li>
  );
}
