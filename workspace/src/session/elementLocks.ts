import type { Lock } from '@chorale/client';
import { isProblem, ProblemError } from '@chorale/client';
import { may } from '@chorale/client/access';
import { messages } from '../app/messages';
import { isForeign, lockOn } from '../locks/lockOn';
import { sceneMessages } from '../scene/messages';
import { ancestorsOf } from '../scene/tree';
import { because } from '../sharing/denial';
import type { Workspace } from './workspace';
import { elementName } from './wording';

/** Who may edit what, and one's own locks. */
export class ElementLocks {
  /** Leases of one's own that are being prolonged. */
  private readonly renewed = new Set<number>();

  constructor(private readonly workspace: Workspace) {}

  /** The lock that holds an element. */
  on(id: string): Lock | undefined {
    const { locks, document } = this.workspace.session;
    return lockOn(locks, document, id);
  }

  /** Somebody else's lock on an element, if there is one. */
  foreign(id: string): Lock | undefined {
    const lock = this.on(id);
    return isForeign(lock, this.workspace.session.self?.userId) ? lock : undefined;
  }

  /** Whether somebody else's lock forbids editing; says so where it does. */
  isBlocked(id: string): boolean {
    const lock = this.foreign(id);
    if (!lock) return false;
    this.tell(lock, id);
    return true;
  }

  /** Whether somebody else's lock, or one's rights, forbid writing a property; says so where they do. */
  forbids(id: string, property: string): boolean {
    if (this.isBlocked(id)) return true;
    const { workspace } = this;
    if (may(workspace.session, 'EDIT', id, property)) return false;
    workspace.tellDenied(because(workspace.session.self, { action: 'EDIT', element: id, property }));
    return true;
  }

  /** Those of several elements that one may edit; says so where some stay out. */
  editable(ids: readonly string[]): readonly string[] {
    const { workspace } = this;
    const present = ids.filter((id) => workspace.element(id) !== undefined);
    const [only] = present;
    if (present.length === 1 && only !== undefined) return this.isBlocked(only) ? [] : present;
    const free = present.filter((id) => this.foreign(id) === undefined);
    const left = present.length - free.length;
    if (left > 0) workspace.notify({ tone: 'neutral', about: 'locked selection', title: sceneMessages.someLocked(left, present.length), detail: sceneMessages.someLockedDetail });
    return free;
  }

  /** Those of several elements that one may move to another parent or delete: nobody else's lock may hold them or anything below them. */
  movable(ids: readonly string[]): readonly string[] {
    const { document, locks, self } = this.workspace.session;
    const above = new Map<string, Lock>();
    for (const lock of locks.values()) {
      if (!isForeign(lock, self?.userId)) continue;
      for (const id of ancestorsOf(document, lock.element)) above.set(id, lock);
    }
    const free = this.editable(ids).filter((id) => !above.has(id));
    const blocked = ids.find((id) => above.has(id));
    const lock = blocked === undefined ? undefined : above.get(blocked);
    if (lock) this.tell(lock, lock.element);
    return free;
  }

  /** Locks all of these for oneself; where all are one's own already, frees them. */
  toggle(ids: readonly string[]): void {
    const { session } = this.workspace;
    const isMine = (id: string) => this.on(id)?.participantId === session.self?.participantId;
    const free = ids.length > 0 && ids.every((id) => this.on(id) !== undefined && isMine(id));
    for (const id of ids) {
      const lock = this.on(id);
      if (free && lock) session.unlock(lock.element);
      else if (lock === undefined) this.take(id);
      else if (isForeign(lock, session.self?.userId)) this.tell(lock, id);
    }
  }

  private take(id: string): void {
    const { workspace } = this;
    const { session } = workspace;
    session.lock(id).catch((reason: unknown) => {
      if (!(reason instanceof ProblemError) || session.state === 'closed') return;
      const holder = this.foreign(id);
      if (holder) this.tell(holder, id);
      else if (workspace.tellForbidden(reason.problem)) return;
      else if (!isProblem(reason.problem, 'invalid-request')) workspace.notifyProblem(messages.lock.failed(elementName(session.document, id)), reason.problem);
    });
  }

  private tell(lock: Lock, id: string): void {
    const { workspace } = this;
    const name = workspace.acquaintance(lock.userId, lock.name).name;
    const title = messages.lock.isBy(elementName(workspace.session.document, id), name);
    workspace.notify({ tone: 'neutral', about: `lock ${id}`, title, detail: messages.lock.theirsDetail });
  }

  /** What an earlier page of this seat locked would end with its lease: this one prolongs it. */
  prolong(): void {
    const { session } = this.workspace;
    for (const lock of session.locks.values()) {
      if (lock.participantId !== session.self?.participantId || this.renewed.has(lock.lease)) continue;
      this.renewed.add(lock.lease);
      session.lock(lock.element).catch(() => undefined);
    }
  }
}
