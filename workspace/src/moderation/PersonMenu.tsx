import type { Participant } from '@chorale/client';
import { putMember } from '@chorale/client/access';
import { useCommandCentre, type AboutPerson } from '../commands/commandCentre';
import { useWorkspace } from '../session/WorkspaceContext';
import { Choice } from '../sharing/Choice';
import { manage } from '../sharing/manage';
import { actsOn, ROLES } from '../sharing/people';
import { rightsWords } from '../sharing/rightsWords';
import { useManages, useRole } from '../sharing/useRights';
import { Icon, type IconName } from '../ui/Icon';
import { moderationWords as text } from './words';

/** What one may do about somebody who is here. */
export function PersonMenu({ person, close }: { readonly person: Participant; readonly close: () => void }) {
  const workspace = useWorkspace();
  const members = useManages('MEMBERS');
  const moderates = useManages('MODERATE');
  const own = useRole();
  const { userId, name, role } = person;
  // Whoever holds the owner key acts as an owner.
  const actor = (members || moderates) && own !== 'ADMIN' ? 'OWNER' : own;
  const above = actsOn(actor, role);
  const offered = ROLES.filter((each) => each === role || actsOn(actor, each));
  return (
    <div className="person-menu" data-testid="person-menu">
      {members && (
        <div className="person-role">
          <Choice
            label={text.roleLabel}
            value={role}
            disabled={!above}
            title={above ? undefined : text.above}
            testId="person-role"
            onChange={(next) => {
              const chosen = ROLES.find((each) => each === next);
              if (chosen) void manage(workspace, (caller, id) => putMember(window.location.origin, id, caller, userId, { role: chosen, name }));
            }}
          >
            {offered.map((each) => (
              <option key={each} value={each}>
                {rightsWords.roles[each]}
              </option>
            ))}
          </Choice>
        </div>
      )}
      {moderates && (
        <>
          <Item icon="mute" what="mute" label={text.mute} person={person} close={close} disabled={!above} />
          <Item icon="leave" what="kick" label={text.kick} person={person} close={close} disabled={!above} />
          <Item icon="forbid" what="ban" label={text.ban} person={person} close={close} disabled={!above} />
          <Item icon="trash" what="remove" label={text.remove} person={person} close={close} disabled={!above} />
        </>
      )}
      <Item icon="flag" what="report" label={text.report} person={person} close={close} />
    </div>
  );
}

interface ItemProps {
  readonly icon: IconName;
  readonly what: AboutPerson['what'];
  readonly label: string;
  readonly person: Participant;
  readonly close: () => void;
  readonly disabled?: boolean;
}

function Item({ icon, what, label, person: { userId, name }, close, disabled = false }: ItemProps) {
  const centre = useCommandCentre();
  return (
    <button
      type="button"
      className="menu-item"
      disabled={disabled}
      title={disabled ? text.above : undefined}
      onClick={() => {
        close();
        centre.setState({ open: 'person', person: { what, userId, name } });
      }}
      data-testid={`person-${what}`}
    >
      <Icon name={icon} />
      <span>{label}</span>
    </button>
  );
}

/** What somebody is in the session, where that is something special. */
export function RoleMark({ role }: { readonly role: string }) {
  if (role === 'COLLABORATOR' || rightsWords.roles[role] === undefined) return null;
  return (
    <span className="role-mark" data-role={role}>
      {rightsWords.roles[role]}
    </span>
  );
}
