import type { Lock } from '@chorale/client';
import { inkOn } from '../app/colors';
import { messages } from '../app/messages';
import { useLockOn, useParticipants, useSelfId, useSelfUser, useWorkspace } from '../session/WorkspaceContext';
import { useWhyNot } from '../sharing/useRights';
import { IconButton } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { isForeign } from './lockOn';

const text = messages.lock;

/** Who holds an element, from one's own seat. */
export type Held =
  | { readonly by: 'nobody' }
  | { readonly by: 'me' | 'my-other-window' | 'another'; readonly lock: Lock; readonly name: string; readonly color: string };

export function useHeld(id: string): Held {
  const lock = useLockOn(id);
  const workspace = useWorkspace();
  const selfId = useSelfId();
  const userId = useSelfUser();
  // Names and colours may change meanwhile.
  useParticipants();
  if (lock === undefined) return { by: 'nobody' };
  const { name, color } = workspace.acquaintance(lock.userId, lock.name);
  if (isForeign(lock, userId)) return { by: 'another', lock, name, color };
  return { by: lock.participantId === selfId ? 'me' : 'my-other-window', lock, name, color };
}

/** Takes the lock, or gives it free. */
export function LockButton({ id, name }: { readonly id: string; readonly name: string }) {
  const workspace = useWorkspace();
  const held = useHeld(id);
  const locked = held.by !== 'nobody';
  const mine = held.by === 'me';
  const [mayNotLock, mayNotEdit] = [useWhyNot('LOCK', [id]), useWhyNot('EDIT', [id])];
  const whyNot = mayNotLock ?? mayNotEdit;
  return (
    <IconButton
      icon={locked ? 'lock' : 'unlock'}
      label={mine ? text.unlockThis(name) : text.lockThis(name)}
      hint="none"
      title={mine ? text.unlockHint : (whyNot ?? text.hint)}
      aria-pressed={locked}
      aria-keyshortcuts="L"
      disabled={!mine && (locked || whyNot !== undefined)}
      className="icon-button-small lock-button"
      data-held={held.by}
      onClick={() => workspace.toggleLock(id)}
      data-testid="lock"
    />
  );
}

/** Tells in the inspector who has the object, and what that means. */
export function LockBanner({ held, id }: { readonly held: Held; readonly id: string }) {
  if (held.by === 'nobody') return null;
  const { name, color } = held;
  return (
    <div className="lock-banner" role="status" data-testid="lock-banner" data-held={held.by} data-holder={name} id={id}>
      <span className="lock-seal" style={{ backgroundColor: color, color: inkOn(color) }}>
        <Icon name="lock" size={16} />
      </span>
      <p>
        {held.by === 'another' ? (
          <strong>
            {text.theirsBefore}{' '}
            <span className="name-tag" style={{ backgroundColor: color, color: inkOn(color) }}>
              {name}
            </span>
          </strong>
        ) : (
          <strong>{held.by === 'me' ? text.mine : text.elsewhere}</strong>
        )}
        <span>{held.by === 'another' ? text.theirsDetail : held.by === 'me' ? text.mineDetail : text.elsewhereDetail}</span>
      </p>
    </div>
  );
}

/** The padlock beside an object's name. */
export function Padlock({ held }: { readonly held: Held }) {
  if (held.by === 'nobody') return null;
  const label = held.by === 'another' ? text.by(held.name) : text.byYou;
  return (
    <span className="padlock" style={{ backgroundColor: held.color, color: inkOn(held.color) }} role="img" aria-label={label} title={label} data-testid="padlock" data-held={held.by}>
      <Icon name="lock" size={13} />
    </span>
  );
}
