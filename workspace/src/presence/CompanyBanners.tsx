import { useId, type ReactNode } from 'react';
import { messages } from '../app/messages';
import { useCompany, useParticipants, useWorkspace } from '../session/WorkspaceContext';
import { Button } from '../ui/Button';
import { Icon, type IconName } from '../ui/Icon';
import { Avatar } from './Avatar';
import { presenceMessages as text } from './messages';
import { colorOf, FALLBACK_COLOR } from './remoteState';
import { SECONDS_TO_DECLINE } from './spotlight';

/** What goes on between one's own view and the others': an invitation, whom one follows, who follows, a laser that is on. */
export function CompanyBanners() {
  return (
    <>
      <Invited />
      <Following />
      <Leading />
      <Pointing />
    </>
  );
}

/** Neither modal nor in the way: whoever works on is not stopped, whoever does nothing follows. */
function Invited() {
  const { company } = useWorkspace();
  const invitation = useCompany((state) => state.invitation);
  const person = usePerson(invitation?.participantId);
  const id = useId();
  if (invitation === undefined) return null;
  const { secondsLeft } = invitation;
  return (
    <section
      className="invitation"
      aria-labelledby={id}
      data-testid="invitation"
      data-name={person.name}
      data-seconds-left={secondsLeft}
      onPointerEnter={() => company.hold(true)}
      onPointerLeave={() => company.hold(false)}
      onFocus={() => company.hold(true)}
      onBlur={() => company.hold(false)}
    >
      <span className="invitation-face" style={{ color: person.color }}>
        <Avatar name={person.name} color={person.color} />
        <svg viewBox="0 0 44 44" aria-hidden="true" focusable="false">
          <circle cx="22" cy="22" r="20" pathLength={SECONDS_TO_DECLINE} strokeDasharray={`${secondsLeft} ${SECONDS_TO_DECLINE}`} />
        </svg>
      </span>
      <div className="invitation-text" role="status">
        <strong id={id}>{text.invited(person.name)}</strong>
        <span>{text.invitedDetail}</span>
      </div>
      <div className="invitation-actions">
        <Button onClick={() => company.stay()} data-testid="invitation-decline">
          {text.decline}
        </Button>
        <Button tone="primary" onClick={() => company.accept()} data-testid="invitation-accept">
          {text.accept}
          <span className="invitation-seconds" aria-hidden="true">
            {text.secondsLeft(secondsLeft)}
          </span>
        </Button>
      </div>
    </section>
  );
}

function Following() {
  const { company } = useWorkspace();
  const following = useCompany((state) => state.following);
  const person = usePerson(following);
  if (following === undefined) return null;
  return (
    <Pill icon="eye" color={person.color} testId="following" name={person.name} action={text.stop} keys="Esc" onAction={() => company.stay()}>
      <strong>{text.following(person.name)}</strong>
    </Pill>
  );
}

function Leading() {
  const { company } = useWorkspace();
  const leading = useCompany((state) => state.leading);
  const followers = useCompany((state) => state.followers).length;
  const others = useParticipants().size - 1;
  if (!leading) return null;
  return (
    <Pill icon="people" testId="leading" name={String(followers)} action={text.stopLeading} onAction={() => company.toggleLead()}>
      <strong>{text.leading(followers, Math.max(0, others))}</strong>
    </Pill>
  );
}

function Pointing() {
  const { laser } = useWorkspace().company;
  const pointing = useCompany((state) => state.pointing);
  if (pointing !== 'on') return null;
  return (
    <Pill icon="laser" testId="laser-on" action={text.turnOff} onAction={() => laser.off()}>
      <strong>{text.laserOn}</strong>
      <span className="pill-detail">{text.laserHow}</span>
    </Pill>
  );
}

interface PillProps {
  readonly icon: IconName;
  readonly color?: string;
  readonly name?: string;
  readonly testId: string;
  readonly action: string;
  readonly keys?: string;
  readonly onAction: () => void;
  readonly children: ReactNode;
}

function Pill({ icon, color, name, testId, action, keys, onAction, children }: PillProps) {
  return (
    <div className="company-pill" data-testid={testId} data-name={name}>
      <span className="company-pill-sign" style={color === undefined ? undefined : { color }}>
        <Icon name={icon} size={18} />
      </span>
      <span role="status" className="company-pill-text">
        {children}
      </span>
      <button type="button" className="notice-action" onClick={onAction} data-testid={`${testId}-stop`}>
        {action}
      </button>
      {keys !== undefined && (
        <kbd className="wide-only" aria-hidden="true">
          {keys}
        </kbd>
      )}
    </div>
  );
}

function usePerson(participantId: string | undefined): { readonly name: string; readonly color: string } {
  const participants = useParticipants();
  const person = participantId === undefined ? undefined : participants.get(participantId);
  return person ? { name: person.name, color: colorOf(person) } : { name: messages.people.somebody, color: FALLBACK_COLOR };
}
