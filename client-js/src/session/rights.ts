import type { Action, Self } from '../protocol/frame.js';
import { refuse } from '../protocol/limits.js';
import { assertNever } from '../protocol/assertNever.js';
import type { Operation } from '../protocol/operation.js';

/**
 * Refuses an edit that the server would surely refuse: one's role does not allow it, and no grant allows it anywhere. Where
 * a grant might, or nothing is known, the server says it.
 *
 * @throws ProblemError `forbidden`
 */
export function requireAllowed(self: Self | undefined, operations: readonly Operation[]): void {
  for (const operation of operations) {
    for (const action of neededFor(operation)) {
      if (isAllowedNowhere(self, action)) refuse('forbidden', `${action}${placeOf(operation)} (expected: what one's role allows)`);
    }
  }
}

/** As {@link requireAllowed} for an undo, of which only the server knows what it does. */
export function requireEditor(self: Self | undefined): void {
  if (UNDOING.every((action) => isAllowedNowhere(self, action))) refuse('forbidden', "EDIT (expected: what one's role allows)");
}

const UNDOING: readonly Action[] = ['CREATE', 'EDIT', 'MOVE_OUT', 'MOVE_IN', 'DELETE', 'RESOLVE'];

function isAllowedNowhere(self: Self | undefined, action: Action): boolean {
  if (self?.permissions === undefined || self.permissions.includes(action)) return false;
  const granted = (self.grants ?? []).some((grant) => grant.allow && grant.actions.includes(action));
  return self.frozen === true || !granted;
}

function neededFor(operation: Operation): readonly Action[] {
  switch (operation.op) {
    case 'create':
      return operation.refs !== undefined && operation.refs.length > 0 ? ['CREATE', 'CONSTRAIN'] : ['CREATE'];
    case 'set':
    case 'unset':
    case 'add':
    case 'text':
    case 'append':
    case 'item':
    case 'member':
      return ['EDIT'];
    case 'move':
      return ['MOVE_OUT', 'MOVE_IN'];
    case 'delete':
    case 'restore':
      return ['DELETE'];
    case 'resolve':
      return ['RESOLVE'];
    default:
      return assertNever(operation);
  }
}

function placeOf(operation: Operation): string {
  return 'id' in operation ? ` of element "${operation.id}"` : '';
}
