import type { Role } from '@chorale/client';
import { createInvitation, listInvitations, revokeInvitation, type Invitation } from '@chorale/client/access';
import { useState } from 'react';
import { language } from '../app/language';
import { copyText } from '../session/copyText';
import { Button, IconButton } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { Choice } from './Choice';
import { sharingMessages as text } from './messages';
import { Failure, Read } from './Parts';
import { actsOn } from './people';
import { rightsWords } from './rightsWords';
import { CopyField } from './ShareDialog';
import { useManaged, useReading } from './useManaged';
import { useRole } from './useRights';

const INVITED = ['ADMIN', 'COLLABORATOR', 'VIEWER'] as const satisfies readonly Role[];
const LASTING = [3600, 86_400, 604_800, 2_592_000] as const;
const USES = [1, 5, 25, 100] as const;
const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });

/** The links that this page made: the server tells each of them only once. */
const made = new Map<string, string>();

/** Links that make members. */
export function InvitationsTab() {
  const { reading, again } = useReading((caller, id) => listInvitations(window.location.origin, id, caller));
  const { busy, failure, run } = useManaged();
  const [newest, setNewest] = useState<string>();
  const create = async (role: Role, expiresInSeconds: number, uses: number) => {
    const done = await run((caller, id) => createInvitation(window.location.origin, id, caller, { role, expiresInSeconds, uses }));
    if (done) {
      made.set(done.answer.id, done.answer.url);
      setNewest(done.answer.url);
    }
    again();
  };
  const revoke = async (id: string) => {
    await run((caller, sessionId) => revokeInvitation(window.location.origin, sessionId, caller, id));
    if (made.get(id) === newest) setNewest(undefined);
    again();
  };
  return (
    <div data-busy={busy} data-testid="share-invitations">
      <NewInvitation onCreate={create} />
      {newest !== undefined && (
        <div className="share-made">
          <p className="field-hint">{text.inviteMade}</p>
          <CopyField label={text.inviteLink} link={newest} testId="invitation-link" />
        </div>
      )}
      <Failure reason={failure} />
      <Read reading={reading} again={again}>
        {(invitations) => (
          <ul className="share-list">
            {invitations.length === 0 && <li className="field-hint">{text.noInvitations}</li>}
            {invitations.map((invitation) => (
              <Row key={invitation.id} invitation={invitation} onRevoke={() => void revoke(invitation.id)} />
            ))}
          </ul>
        )}
      </Read>
    </div>
  );
}

function NewInvitation({ onCreate }: { readonly onCreate: (role: Role, seconds: number, uses: number) => Promise<void> }) {
  const own = useRole();
  const [role, setRole] = useState<Role>('COLLABORATOR');
  const [seconds, setSeconds] = useState<number>(LASTING[2]);
  const [uses, setUses] = useState<number>(1);
  const offered = INVITED.filter((each) => own !== 'ADMIN' || actsOn(own, each));
  return (
    <section className="share-new" aria-label={text.invite}>
      <p className="field-hint share-lead">{text.inviteLead}</p>
      <div className="share-three">
        <Choice label={text.inviteRole} value={role} testId="invite-role" onChange={(next) => setRole(offered.find((each) => each === next) ?? role)}>
          {offered.map((each) => (
            <option key={each} value={each}>
              {rightsWords.roles[each]}
            </option>
          ))}
        </Choice>
        <Choice label={text.inviteUntil} value={String(seconds)} testId="invite-until" onChange={(next) => setSeconds(Number(next))}>
          {LASTING.map((each) => (
            <option key={each} value={each}>
              {text.lasting[each]}
            </option>
          ))}
        </Choice>
        <Choice label={text.inviteUses} value={String(uses)} testId="invite-uses" onChange={(next) => setUses(Number(next))}>
          {USES.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </Choice>
      </div>
      <Button icon="plus" onClick={() => void onCreate(role, seconds, uses)} data-testid="invite-create">
        {text.inviteCreate}
      </Button>
    </section>
  );
}

function Row({ invitation, onRevoke }: { readonly invitation: Invitation; readonly onRevoke: () => void }) {
  const [copied, setCopied] = useState(false);
  const { id, used, uses, expiresAt } = invitation;
  const role = rightsWords.roles[invitation.role] ?? invitation.role;
  const link = made.get(id);
  return (
    <li className="share-person" data-testid="invitation" data-used={used} data-role={invitation.role}>
      <span className="share-seal">
        <Icon name="link" size={18} />
      </span>
      <span className="share-person-text">
        <strong>{role}</strong>
        <span>
          {text.used(used, uses)} · {text.until(moment.format(Date.parse(expiresAt)))}
        </span>
      </span>
      {link !== undefined && (
        <IconButton icon={copied ? 'check' : 'copy'} label={text.copyThis(role)} hint="none" className="icon-button-small" onClick={() => void copyText(link).then(setCopied)} data-testid="invitation-copy" />
      )}
      <IconButton icon="trash" label={text.revokeThis(role)} hint="none" className="icon-button-small" onClick={onRevoke} data-testid="invitation-revoke" />
    </li>
  );
}
