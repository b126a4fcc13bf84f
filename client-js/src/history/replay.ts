import { fold } from '../document/apply.js';
import { Document, type DocumentView } from '../document/document.js';
import type { CommittedChange } from '../protocol/frame.js';
import type { EffectiveOperation, ElementId } from '../protocol/operation.js';
import { problem, ProblemError } from '../protocol/problem.js';
import { Emitter } from '../session/emitter.js';

/** Where a replay reads from; both reject with a {@link ProblemError}. */
export interface Past {
  /** The document as it was at a revision. */
  document(revision: number): Promise<Document>;
  /** The changes of these revisions, both inclusive, the oldest first: none is missing. */
  changes(from: number, to: number): Promise<readonly CommittedChange[]>;
}

export interface ReplayEvents {
  /** The document that is shown now, at another revision. */
  readonly document: DocumentView;
  /** The newest revision that one can go to, once it is another one. */
  readonly head: number;
}

/** So many changes are read together. */
const PAGE = 512;
/** So many pages are kept: what was not looked at for longest is forgotten first. */
const PAGES = 24;
/** A document is kept each so many revisions: going back folds no more than these. */
const STRIDE = 64;
/** So far before the end of what is known the next page is read. */
const AHEAD = 192;

/** Changes that follow each other, and documents among them. */
interface Page {
  changes: readonly CommittedChange[];
  /** By revision. Nobody else has them, so that what they remember is true of them alone. */
  readonly documents: Map<number, Document>;
}

/**
 * Goes through a document's history and shows it as it was, by folding the changes that were committed. What was read is
 * kept, so that most steps need no server; asking for another revision drops the answer that one still waits for.
 */
export class Replay {
  #document: DocumentView;
  #revision: number;
  /** The document shown, where it may be folded on. */
  #own: Document | undefined;
  #head: number;
  #seeks = 0;
  #waiting = 0;
  /** By the number of the page, the one looked at last at the end. */
  readonly #pages = new Map<number, Page>();
  readonly #reading = new Map<number, Promise<void>>();
  readonly #emitter = new Emitter<ReplayEvents>();

  /**
   * @param shown until another revision was asked for, as the document that one leaves
   * @param head the newest revision
   */
  constructor(
    private readonly past: Past,
    shown: DocumentView,
    head = shown.revision,
  ) {
    this.#document = shown;
    this.#revision = head;
    this.#head = head;
  }

  /** The document at {@link revision}. */
  get document(): DocumentView {
    return this.#document;
  }

  get revision(): number {
    return this.#revision;
  }

  get head(): number {
    return this.#head;
  }

  /** Whether an answer is waited for. */
  get isReading(): boolean {
    return this.#waiting > 0;
  }

  /** The change that made a revision; undefined for revision 0 and for what was not read yet. */
  changeAt(revision: number): CommittedChange | undefined {
    const page = this.#pages.get(pageOf(revision));
    return page?.changes[revision - 1 - pageOf(revision) * PAGE];
  }

  /** Takes note of newer revisions; what is shown stays. */
  follow(head: number): void {
    if (head <= this.#head) return;
    this.#head = head;
    this.#emitter.emit('head', head);
  }

  /**
   * Shows another revision, the nearest that there is: at once where everything for it is known.
   *
   * @returns whether it is shown now: not where another one was asked for meanwhile. Rejects with a {@link ProblemError}
   */
  async seek(revision: number): Promise<boolean> {
    const wanted = Math.min(this.#head, Math.max(0, Math.trunc(revision)));
    this.#seeks += 1;
    const seek = this.#seeks;
    if (wanted === this.#revision && this.#own) return true;
    if (this.#show(wanted)) return true;
    this.#waiting += 1;
    try {
      await this.#readFor(wanted);
    } finally {
      this.#waiting -= 1;
    }
    if (seek !== this.#seeks) return false;
    if (!this.#show(wanted)) throw new ProblemError(problem('malformed-answer', 'The history has gaps', 502, `revision: ${wanted}`));
    return true;
  }

  /** Goes some revisions further, or back where negative. */
  step(by: number): Promise<boolean> {
    return this.seek(this.#revision + by);
  }

  /** Reads what comes after what is shown, where that is not known yet and soon needed. */
  async readAhead(): Promise<void> {
    await this.#readUpTo(Math.min(this.#head, this.#revision + 1));
    await this.#readUpTo(Math.min(this.#head, this.#revision + AHEAD));
  }

  on<E extends keyof ReplayEvents>(event: E, listener: (payload: ReplayEvents[E]) => void): () => void {
    return this.#emitter.on(event, listener);
  }

  /** Shows a revision if that can be done with what is known. */
  #show(wanted: number): boolean {
    const own = this.#own && this.#own.revision <= wanted ? this.#own : undefined;
    const kept = this.#nearest(wanted);
    const base = own && own.revision >= (kept?.revision ?? 0) ? own : kept;
    if (!base) return false;
    const changes = this.#between(base.revision, wanted);
    if (!changes) return false;
    if (this.#pages.has(pageOf(wanted))) this.#page(pageOf(wanted));
    this.#present(wanted, this.#folded(base, changes, base === own));
    return true;
  }

  #present(revision: number, document: Document): void {
    this.#own = document;
    this.#document = document;
    this.#revision = revision;
    this.#emitter.emit('document', document);
  }

  /** The newest kept document that is not newer than a revision, in its page. */
  #nearest(wanted: number): Document | undefined {
    const number = pageOf(wanted);
    const documents = this.#pages.get(number)?.documents;
    for (let at = wanted - (wanted % STRIDE); at >= number * PAGE; at -= STRIDE) {
      const document = documents?.get(at);
      if (document) return document;
    }
    return number === 0 ? Document.empty() : undefined;
  }

  /** What comes after a revision up to another one; undefined where some of it is not known. */
  #between(after: number, upTo: number): readonly CommittedChange[] | undefined {
    const changes: CommittedChange[] = [];
    for (let revision = after + 1; revision <= upTo; revision++) {
      const change = this.changeAt(revision);
      if (!change) return undefined;
      changes.push(change);
    }
    return changes;
  }

  /** Folds changes, and keeps documents on the way. */
  #folded(base: Document, changes: readonly CommittedChange[], isShown: boolean): Document {
    let draft = base.draft();
    const touched = new Set<ElementId>();
    for (const change of changes) {
      fold(draft, change);
      for (const operation of change.operations) for (const id of elementsOf(operation, base)) touched.add(id);
      if (change.revision % STRIDE !== 0) continue;
      const kept = draft.finish();
      draft = kept.draft();
      const page = this.#pages.get(pageOf(change.revision + 1));
      if (page && !page.documents.has(change.revision)) page.documents.set(change.revision, kept);
    }
    // One of its own: what a kept document remembers must be true of that one alone.
    const document = draft.finish();
    if (isShown) document.inherit(base, touched);
    return document;
  }

  /** Reads what it takes to show a revision. */
  async #readFor(wanted: number): Promise<void> {
    const number = pageOf(wanted);
    const start = number * PAGE;
    const isKnown = start === 0 || this.#pages.get(number)?.documents.has(start) === true;
    const isReached = isKnown || (this.#own !== undefined && this.#own.revision <= start && this.#between(this.#own.revision, start) !== undefined);
    const [document] = await Promise.all([isReached ? undefined : this.past.document(start), this.#readUpTo(wanted)]);
    if (document) this.#page(number).documents.set(start, document);
  }

  /** Reads a revision's change, and those before it in its page. */
  async #readUpTo(revision: number): Promise<void> {
    // What was being read may end before it, where it was asked for before the head moved.
    for (let tries = 0; tries < 2 && revision > 0 && this.changeAt(revision) === undefined; tries++) await this.#readPage(pageOf(revision));
  }

  /** Reads what of a page is not known yet. */
  #readPage(number: number): Promise<void> {
    const reading = this.#reading.get(number);
    if (reading) return reading;
    const from = number * PAGE + (this.#pages.get(number)?.changes.length ?? 0) + 1;
    const to = Math.min(this.#head, (number + 1) * PAGE);
    if (from > to) return Promise.resolve();
    const read = this.past
      .changes(from, to)
      .then((changes) => {
        requireAll(changes, from, to);
        const page = this.#page(number);
        // A page that was forgotten meanwhile begins anew.
        if (page.changes.length === from - 1 - number * PAGE) page.changes = [...page.changes, ...changes];
      })
      .finally(() => this.#reading.delete(number));
    this.#reading.set(number, read);
    return read;
  }

  /** A page, which was looked at now. */
  #page(number: number): Page {
    const page = this.#pages.get(number) ?? { changes: [], documents: new Map<number, Document>() };
    this.#pages.delete(number);
    this.#pages.set(number, page);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > PAGES && oldest !== undefined) this.#pages.delete(oldest);
    return page;
  }
}

/** The page with a revision's change; that of revision 0, which has none, is the first one. */
function pageOf(revision: number): number {
  return Math.max(0, Math.floor((revision - 1) / PAGE));
}

function elementsOf(operation: EffectiveOperation, { conflicts }: DocumentView): readonly ElementId[] {
  switch (operation.op) {
    case 'resolve':
      return [conflicts.get(operation.conflict)?.element ?? []].flat();
    case 'rebalance':
      return Object.keys(operation.keys);
    default:
      return [operation.id];
  }
}

function requireAll(changes: readonly CommittedChange[], from: number, to: number): void {
  const isWhole = changes.length === to - from + 1 && changes.every(({ revision }, index) => revision === from + index);
  if (isWhole) return;
  throw new ProblemError(problem('malformed-answer', 'The history has gaps', 502, `changes ${from} to ${to}`));
}
