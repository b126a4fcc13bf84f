import { own, readComponent } from '../document/components.js';
import type { DocumentView } from '../document/document.js';
import type { Conflict, ConflictRecord, Participant } from '../protocol/frame.js';
import { jsonEquals } from '../protocol/json.js';

export type Conflicts = ReadonlyMap<string, Conflict>;

const NONE: Conflicts = new Map();
/** So many notices are kept, beside those of open conflicts. */
const NOTICES = 1000;

/**
 * The open conflicts as people are told of them. Which there are, and what is at present, the confirmed document tells;
 * the names and whose the present value is, the server's notices.
 */
export class OpenConflicts {
  open: Conflicts = NONE;
  readonly #notices = new Map<string, Conflict>();
  #seen: { readonly confirmed: DocumentView; readonly participants: ReadonlyMap<string, Participant> } | undefined;

  /** Takes a notice; whether it tells anything new. */
  onNotice(record: Conflict): boolean {
    const before = this.#notices.get(record.id);
    if (before && jsonEquals(comparable(before), comparable(record))) return false;
    this.#notices.delete(record.id);
    this.#notices.set(record.id, record);
    this.#forget();
    this.#seen = undefined;
    return true;
  }

  /** Lets the oldest notice of an ended conflict go, where there are too many: it will not be told again. */
  #forget(): void {
    if (this.#notices.size <= NOTICES) return;
    for (const [id, { status }] of this.#notices) {
      if (status === 'OPEN') continue;
      this.#notices.delete(id);
      return;
    }
  }

  /**
   * Takes all open ones as a welcome tells them; answers what is news, the ended ones among them.
   *
   * @param confirmed where the ended ones can be seen
   */
  onWelcome(records: readonly Conflict[], confirmed: DocumentView): readonly Conflict[] {
    const told = new Set(records.map((record) => record.id));
    const ended = [...this.#notices.values()].filter((notice) => notice.status === 'OPEN' && !told.has(notice.id));
    const news = records.filter((record) => this.onNotice(record));
    const ends = ended.flatMap((notice) => {
      const record = confirmed.conflicts.get(notice.id);
      return record && record.status !== 'OPEN' ? [{ ...described(record, notice, confirmed, new Map()) }] : [];
    });
    for (const end of ends) this.onNotice(end);
    return [...news, ...ends];
  }

  /** Looks at the document as it is confirmed now; whether anything is different. */
  look(confirmed: DocumentView, participants: ReadonlyMap<string, Participant>): boolean {
    if (this.#seen?.confirmed === confirmed && this.#seen.participants === participants) return false;
    this.#seen = { confirmed, participants };
    const open = new Map<string, Conflict>();
    for (const record of confirmed.conflicts.values()) {
      if (record.status !== 'OPEN') continue;
      const now = described(record, this.#notices.get(record.id), confirmed, participants);
      const before = this.open.get(record.id);
      open.set(record.id, before && jsonEquals(comparable(before), comparable(now)) ? before : now);
    }
    if (open.size === this.open.size && [...open].every(([id, each]) => this.open.get(id) === each)) return false;
    this.open = open;
    return true;
  }
}

function described(
  record: ConflictRecord,
  notice: Conflict | undefined,
  confirmed: DocumentView,
  participants: ReadonlyMap<string, Participant>,
): Conflict {
  const names = new Map([...participants.values()].map(({ userId, name }) => [userId, name]));
  for (const { userId, name } of notice?.candidates ?? []) if (name !== undefined) names.set(userId, name);
  const [property, component] = record.path;
  const element = confirmed.elements.get(record.element);
  const value = element && readComponent(own(element.props, property), component);
  const told = notice && jsonEquals(notice.current.value, value) ? notice.current : {};
  const candidates = record.candidates.map((candidate) => {
    const name = names.get(candidate.userId);
    return { ...candidate, ...(name !== undefined && { name }) };
  });
  return { ...record, candidates, current: { ...told, ...(value !== undefined && { value }) } };
}

function comparable(conflict: Conflict): Parameters<typeof jsonEquals>[0] {
  return JSON.parse(JSON.stringify(conflict)) as Parameters<typeof jsonEquals>[0];
}
