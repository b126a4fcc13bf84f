import type { Action, Conflict, Grant, Self } from '../protocol/frame.js';
import type { DocumentView } from '../document/document.js';
import type { ElementId, Operation } from '../protocol/operation.js';

/** What rights are judged by, as far as it is known here: a `Session` is this. */
export interface Judged {
  readonly self: Self | undefined;
  readonly document: DocumentView;
  readonly conflicts: ReadonlyMap<string, Conflict>;
}

/** The first thing of a change that one may not do. */
export interface Denied {
  readonly action: Action;
  readonly element?: ElementId;
  readonly property?: string;
}

const OF_DOCUMENT: ReadonlySet<string> = new Set<Action>(['CREATE', 'EDIT', 'MOVE_OUT', 'MOVE_IN', 'DELETE', 'CONSTRAIN', 'RESOLVE', 'LOCK']);
const MANAGERS: ReadonlySet<string> = new Set(['OWNER', 'ADMIN']);
const ANY = '*';

/**
 * Whether one may do something (docs/permissions.md): to an element, or to the document as a whole where none is named, and
 * there to one property. Said of the document and the rights that are known here; true where nothing is known. The server
 * judges once more.
 */
export function may(session: Judged, action: Action, element?: ElementId, property?: string): boolean {
  const judge = judgeOf(session, []);
  if (judge === undefined) return true;
  if (element === undefined) return judge.isAllowed(action, null, property ?? '');
  const whole = property === undefined && (action === 'DELETE' || action === 'MOVE_OUT');
  return judge.isAllowed(action, element, property ?? '') && !(whole && judge.isDeniedBelow(action, element));
}

/** Whether one may do anything to the document, or some of its elements. */
export function mayEdit({ self }: Pick<Judged, 'self'>): boolean {
  if (self?.permissions === undefined) return true;
  if (self.frozen === true && !MANAGERS.has(self.role)) return false;
  return self.permissions.some((action) => OF_DOCUMENT.has(action)) || (self.grants ?? []).some(({ allow }) => allow);
}

/** What of a change one may not do; undefined where all of it is allowed, or nothing is known. */
export function firstDenied(session: Judged, operations: readonly Operation[]): Denied | undefined {
  const judge = judgeOf(session, operations);
  if (judge === undefined) return undefined;
  for (const operation of operations) {
    const denied = judge.judge(operation);
    if (denied) return denied;
  }
  return undefined;
}

function judgeOf(session: Judged, operations: readonly Operation[]): Judge | undefined {
  const { self } = session;
  return self?.permissions === undefined || self.role === 'OWNER' ? undefined : new Judge(session, self, operations);
}

/** One question about rights, with the document as the change would leave it. */
class Judge {
  private readonly permissions: ReadonlySet<string>;
  private readonly byElement = new Map<ElementId, Grant[]>();
  private readonly everywhere: readonly Grant[];
  private readonly frozen: boolean;
  private readonly types = new Map<ElementId, string>();
  private readonly parents = new Map<ElementId, ElementId | null>();

  constructor(
    private readonly session: Judged,
    self: Self,
    operations: readonly Operation[],
  ) {
    this.permissions = new Set(self.permissions);
    this.frozen = self.frozen === true && !MANAGERS.has(self.role);
    const grants = [...(self.grants ?? [])].sort(mostSpecificFirst);
    this.everywhere = grants.filter(({ element }) => element === undefined);
    for (const grant of grants) {
      if (grant.element === undefined) continue;
      const here = this.byElement.get(grant.element);
      if (here) here.push(grant);
      else this.byElement.set(grant.element, [grant]);
    }
    for (const operation of operations) {
      if (operation.op === 'create') this.types.set(operation.id, operation.elementType);
      if (operation.op === 'create' || operation.op === 'move') this.parents.set(operation.id, operation.parent ?? null);
    }
  }

  judge(operation: Operation): Denied | undefined {
    switch (operation.op) {
      case 'create': {
        const { id, props = {}, texts = {}, refs = [] } = operation;
        const named = [...Object.keys(props), ...Object.keys(texts)];
        return (
          this.check('CREATE', id) ??
          (refs.length > 0 ? this.check('CONSTRAIN', id) : undefined) ??
          first(named, (name) => this.check('CREATE', id, name)) ??
          first(refs, (ref) => this.check('CONSTRAIN', ref))
        );
      }
      case 'set':
      case 'unset':
      case 'add':
        return this.edited(operation.id, operation.path[0]);
      case 'text':
        return this.edited(operation.id, operation.name);
      case 'append':
      case 'item':
        return this.edited(operation.id, operation.list);
      case 'member':
        return this.edited(operation.id, operation.set);
      case 'move':
        return this.whole('MOVE_IN', operation.id) ?? this.departed(operation.id);
      case 'delete':
      case 'restore':
        return this.whole('DELETE', operation.id) ?? this.below('DELETE', operation.id);
      case 'resolve': {
        const conflict = this.session.conflicts.get(operation.conflict);
        return conflict && this.check('RESOLVE', conflict.element, conflict.path[0]);
      }
      default:
        return undefined;
    }
  }

  isAllowed(action: Action, element: ElementId | null, property: string): boolean {
    return this.decide(action, element, property, (id) => this.parentOf(id));
  }

  isDeniedBelow(action: Action, element: ElementId): boolean {
    for (const named of this.byElement.keys()) {
      if (named === element || !this.session.document.elements.has(named) || this.isAllowed(action, named, '')) continue;
      for (let at = this.parentOf(named); at !== null; at = this.parentOf(at)) if (at === element) return true;
    }
    return false;
  }

  private edited(element: ElementId, property: string): Denied | undefined {
    return this.check('EDIT', element, property) ?? (this.isConstraint(element) ? this.check('CONSTRAIN', element, property) : undefined);
  }

  private whole(action: Action, element: ElementId): Denied | undefined {
    return this.check(action, element) ?? (this.isConstraint(element) ? this.check('CONSTRAIN', element) : undefined);
  }

  private below(action: Action, element: ElementId): Denied | undefined {
    return this.isDeniedBelow(action, element) ? { action, element } : undefined;
  }

  /** Judged with the parent that it had. */
  private departed(element: ElementId): Denied | undefined {
    const from = this.session.document.elements.get(element)?.parent ?? null;
    const allowed = this.decide('MOVE_OUT', element, '', (id) => (id === element ? from : this.parentOf(id)));
    return allowed ? this.below('MOVE_OUT', element) : { action: 'MOVE_OUT', element };
  }

  private check(action: Action, element: ElementId, property?: string): Denied | undefined {
    if (this.isAllowed(action, element, property ?? '')) return undefined;
    return { action, element, ...(property !== undefined && { property }) };
  }

  /** The deepest place that a grant speaks about decides, and there the most specific grant; else the role. */
  private decide(action: Action, element: ElementId | null, property: string, parentOf: (id: ElementId) => ElementId | null): boolean {
    if (this.frozen && OF_DOCUMENT.has(action)) return false;
    const type = element === null ? '' : (this.types.get(element) ?? this.session.document.elements.get(element)?.elementType ?? '');
    for (let at = element; this.byElement.size > 0 && at !== null; at = parentOf(at)) {
      const grant = this.byElement.get(at)?.find((each) => says(each, action, type, property));
      if (grant) return grant.allow;
    }
    return this.everywhere.find((each) => says(each, action, type, property))?.allow ?? this.permissions.has(action);
  }

  private isConstraint(element: ElementId): boolean {
    return (this.session.document.elements.get(element)?.refs.length ?? 0) > 0;
  }

  private parentOf(element: ElementId): ElementId | null {
    return this.parents.has(element) ? (this.parents.get(element) ?? null) : (this.session.document.elements.get(element)?.parent ?? null);
  }
}

function says({ actions, property }: Grant, action: Action, type: string, name: string): boolean {
  if (!actions.includes(action)) return false;
  if (property === undefined) return true;
  const [ofType, ofName] = halves(property);
  return (ofType === ANY || ofType === type) && (ofName === ANY || ofName === name);
}

/** Of two about the same place the more specific one first: property, then user, then denial. */
function mostSpecificFirst(a: Grant, b: Grant): number {
  return rank(b) - rank(a) || Number(a.user === undefined) - Number(b.user === undefined) || Number(a.allow) - Number(b.allow);
}

function rank({ property }: Grant): number {
  if (property === undefined) return 0;
  const [type, name] = halves(property);
  return (type === ANY ? 0 : 2) + (name === ANY ? 0 : 1) + 1;
}

function halves(property: string): readonly [type: string, name: string] {
  const dot = property.indexOf('.');
  return [property.slice(0, dot), property.slice(dot + 1)];
}

function first<T>(all: readonly T[], judge: (each: T) => Denied | undefined): Denied | undefined {
  for (const each of all) {
    const denied = judge(each);
    if (denied) return denied;
  }
  return undefined;
}
