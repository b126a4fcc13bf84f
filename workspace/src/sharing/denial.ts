import type { DocumentView, Operation, Problem, Self } from '@chorale/client';
import { firstDenied, type Denied, type Judged } from '@chorale/client/access';
import { messages } from '../app/messages';
import { elementName, registerName } from '../session/wording';
import { rightsWords } from './rightsWords';

/** What one may not do, and why. */
export interface Denial {
  readonly action: string;
  readonly element?: string;
  readonly property?: string;
  readonly because: 'frozen' | 'role' | 'rule' | 'gone';
}

/** A denial in words. */
export interface Told {
  readonly title: string;
  readonly detail: string;
}

/** Whether this is somebody whom a freeze does not stop, and who sees to it. */
export function isManager(self: Pick<Self, 'role'> | undefined): boolean {
  return self?.role === 'OWNER' || self?.role === 'ADMIN';
}

/** Why the rights that are known here do not allow a change; undefined where they do. */
export function denialOf(session: Judged, operations: readonly Operation[]): Denial | undefined {
  const denied = firstDenied(session, operations);
  return denied && because(session.self, denied);
}

export function because(self: Self | undefined, denied: Denied): Denial {
  return { ...denied, because: reasonFor(self) };
}

function reasonFor(self: Self | undefined): 'frozen' | 'role' | 'rule' {
  if (self?.frozen === true && !isManager(self)) return 'frozen';
  return self?.role === 'VIEWER' && (self.grants ?? []).length === 0 ? 'role' : 'rule';
}

/** `ACTION of element "id", property "name" (expected: …)`, as this side and the server say it. */
const DETAIL = /^([A-Z_]+)(?: of element "([^"]*)")?(?:, property "([^"]*)")? \(expected: (.*)\)$/;

/** What the server, or this side, did not allow. */
export function readDenial({ detail }: Problem, self: Self | undefined): Denial {
  const [, action, element, property, expected = ''] = DETAIL.exec(detail ?? '') ?? [];
  const reason = expected.includes('frozen') ? 'frozen' : expected.includes('member') ? 'gone' : reasonFor(self);
  return { action: action ?? '', ...(element !== undefined && { element }), ...(property !== undefined && { property }), because: reason };
}

export function denialTold({ action, element, property, because: why }: Denial, document: DocumentView): Told {
  return { title: titleOf(action, element, property, document), detail: rightsWords.because[why] };
}

function titleOf(action: string, element: string | undefined, property: string | undefined, document: DocumentView): string {
  const { not } = rightsWords;
  const name = () => elementName(document, element ?? '');
  switch (action) {
    case 'CREATE':
      return property === undefined ? not.create : not.createProperty(messages.register.names[property] ?? property);
    case 'EDIT':
      if (element === undefined) return not.nothing;
      return not.edit(property === undefined ? name() : registerName(document, element, [property]));
    case 'MOVE_OUT':
      return not.moveOut(name());
    case 'MOVE_IN':
      return not.moveIn(name());
    case 'DELETE':
      return not.delete(name());
    case 'CONSTRAIN':
      return not.constrain(name());
    case 'RESOLVE':
      return not.resolve;
    case 'LOCK':
      return element === undefined ? not.nothing : not.lock(name());
    case 'CHAT':
      return not.chat;
    default:
      return not.other;
  }
}
