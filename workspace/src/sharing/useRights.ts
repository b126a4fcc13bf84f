import type { Action, Session } from '@chorale/client';
import { may, mayEdit } from '@chorale/client/access';
import { browserStorage } from '../app/storage';
import { useSessionValue, useWorkspace } from '../session/WorkspaceContext';
import { ownerKeyOf } from '../start/ownerKeys';
import { because, denialTold, isManager } from './denial';

const ON_RIGHTS = ['permissions', 'document', 'state'] as const;

/** Reads something of one's rights, and again whenever they change. */
function useRightsValue<T extends string | number | boolean | undefined>(read: (session: Session) => T): T {
  return useSessionValue(useWorkspace().session, ON_RIGHTS, read);
}

/** Whether one may do something to the session, or to the document as a whole. */
export function useMay(action: Action): boolean {
  return useRightsValue((session) => may(session, action));
}

/** As `useMay`, for what only those may who manage a session, or hold its owner key in this browser. */
export function useManages(action: 'SETTINGS' | 'MEMBERS' | 'MODERATE' | 'CLOSE'): boolean {
  const { session } = useWorkspace();
  const may = useRightsValue(({ self }) => self?.permissions?.includes(action) === true);
  return may || ownerKeyOf(browserStorage, session.sessionId) !== undefined;
}

/** Whether there is anything that one may edit. */
export function useMayEdit(): boolean {
  return useRightsValue(mayEdit);
}

/** Why one may not do something to these elements, in words; undefined where one may. */
export function useWhyNot(action: Action, elements: readonly string[], property?: string): string | undefined {
  return useRightsValue((session) => whyNot(session, action, elements, property));
}

export function whyNot(session: Session, action: Action, elements: readonly string[], property?: string): string | undefined {
  const denied = elements.find((element) => !may(session, action, element, property));
  if (denied === undefined) return undefined;
  const { title, detail } = denialTold(because(session.self, { action, element: denied, ...(property !== undefined && { property }) }), session.document);
  return `${title}. ${detail}`;
}

/** How one stands in the session: `editor`, `viewer` who may change nothing, `partly` by grants alone, or held by a freeze. */
export type Standing = 'editor' | 'viewer' | 'partly' | 'frozen';

export function useStanding(): Standing {
  return useRightsValue(standingOf);
}

export function standingOf(session: Session): Standing {
  const { self } = session;
  if (self?.frozen === true && !isManager(self)) return 'frozen';
  if (!mayEdit(session)) return 'viewer';
  return may(session, 'EDIT') || may(session, 'CREATE') ? 'editor' : 'partly';
}

export const useRole = () => useRightsValue(({ self }) => self?.role ?? '');
export const useFrozen = () => useRightsValue(({ self }) => self?.frozen === true);
export const useSlowMode = () => useRightsValue(({ self }) => self?.slowModeSeconds ?? 0);
/** Whether a moderator took one's word away. */
export const useMuted = () => useRightsValue(({ self }) => self?.permissions !== undefined && !self.permissions.includes('CHAT'));
