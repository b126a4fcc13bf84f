import type { Action } from '@chorale/client';
import { setFrozen } from '@chorale/client/access';
import type { ReactNode } from 'react';
import { useWorkspace } from '../session/WorkspaceContext';
import { Icon } from '../ui/Icon';
import { isManager } from './denial';
import { manage } from './manage';
import { rightsWords } from './rightsWords';
import { useFrozen, useRole, useStanding, useWhyNot } from './useRights';

const text = rightsWords.badge;

/** In the place of the tools, for who only looks. */
export function ReadOnlyBadge() {
  return (
    <p className="read-only" role="status" data-testid="read-only">
      <Icon name="eye" size={22} />
      <span>
        <strong>{text.viewer}</strong>
        <span>{text.viewerDetail}</span>
      </span>
    </p>
  );
}

/** The same in a session of parameters, where everything stays readable. */
export function ReadOnlyNote() {
  const standing = useStanding();
  if (standing !== 'viewer') return null;
  return <ReadOnlyBadge />;
}

/** Tells everybody that editing is paused, and lets those end it who may. */
export function FrozenBanner() {
  const workspace = useWorkspace();
  const frozen = useFrozen();
  const manager = isManager({ role: useRole() });
  if (!frozen) return null;
  return (
    <div className="banner frozen-banner" role="status" data-manager={manager} data-testid="frozen-banner">
      <Icon name="pause" />
      <span>
        <strong>{text.frozen}.</strong> <span className="banner-detail">{manager ? text.frozenManager : text.frozenDetail}</span>
      </span>
      {manager && (
        <button type="button" className="notice-action" onClick={() => void manage(workspace, (caller, id) => setFrozen(window.location.origin, id, caller, false))} data-testid="unfreeze">
          {text.resume}
        </button>
      )}
    </div>
  );
}

/** Why all of something may not be changed. */
export function DenialNote({ why }: { readonly why: string | undefined }) {
  if (why === undefined) return null;
  return (
    <p className="denial-note" role="status" data-testid="denied">
      <Icon name="eye" size={18} />
      <span>{why}</span>
    </p>
  );
}

interface GuardedProps {
  readonly ids: readonly string[];
  readonly action?: Action;
  readonly property?: string;
  /** Whether the reason is told elsewhere. */
  readonly quiet?: boolean;
  readonly children: ReactNode;
}

/** Fields that are there to read where one may not write them, with the reason where it is about them alone. */
export function Guarded({ ids, action = 'EDIT', property, quiet = false, children }: GuardedProps) {
  const why = useWhyNot(action, ids, property);
  const whole = useWhyNot(action, ids);
  return (
    <fieldset className="guarded" disabled={why !== undefined} data-testid={property === undefined ? undefined : `guarded-${property}`} data-denied={why !== undefined}>
      {children}
      {why !== undefined && whole === undefined && !quiet && (
        <p className="field-denied" data-testid="denied">
          <Icon name="lock" size={14} />
          <span>{why}</span>
        </p>
      )}
    </fieldset>
  );
}
