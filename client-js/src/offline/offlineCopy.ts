import type { CommittedChange } from '../protocol/frame.js';
import { changesOf, SYNCHRONIZED, type PendingChange } from '../sync/pending.js';
import { keptChange } from '../sync/restore.js';
import type { Sync } from '../sync/sync.js';
import {
  documentEntry,
  holdsEdits,
  metaEntry,
  readBucket,
  type Acquaintance,
  type Bucket,
  type Entries,
  type RefusedEdit,
} from './bucket.js';
import type { OfflineStore } from './store.js';

/** Edits are written at most so often; */
const EDITS_MS = 250;
/** what only others did, more seldom: it can be had again. */
const OTHERS_MS = 2000;
/** Who joins does not wait longer for what earlier pages left. */
const OPENING_MS = 2000;
/** The document is written anew when what was committed behind it takes so much. */
const LONGEST_TAIL = 512 * 1024;
/** How often is looked for what tabs left that were closed meanwhile. */
const SEARCH_MS = 30_000;

export interface OfflineEvents {
  /** Another tab of the same user left edits behind. */
  adopt(bucket: Bucket): void;
  failed(reason: unknown): void;
}

/** The moment that is to be written. */
interface Moment extends Acquaintance {
  readonly sync: Sync;
}

/**
 * Keeps the confirmed document and the changes that wait on top of it, so that a page that comes later goes on with
 * them. Each page writes a bucket of its own, and takes over those whose page is gone. A failure ends the keeping, not
 * the session.
 */
export class OfflineCopy {
  readonly #bucket: string;
  #release: (() => void) | undefined;
  /** Entries of the bucket, as far as they are written. */
  #changes = new Map<string, { readonly name: string; readonly change: PendingChange }>();
  #tail: string[] = [];
  #tailLength = 0;
  /** Committed behind the document, and not written yet. */
  #folded: CommittedChange[] = [];
  #documentDue = true;
  #refused = new Map<string, RefusedEdit | undefined>();
  #counter = 0;
  /** Buckets that are in this one with the next write. */
  #takenOver: { readonly bucket: string; readonly names: readonly string[]; readonly release: () => void }[] = [];

  #moment: Moment | undefined;
  #status: 'opening' | 'open' | 'failed' | 'closed' = 'opening';
  #writing: Promise<void> | undefined;
  #lastWrite = -Infinity;
  #due = Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #search: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly store: OfflineStore,
    private readonly prefix: string,
    clientId: string,
    private readonly events: OfflineEvents,
  ) {
    this.#bucket = prefix + clientId;
  }

  /** Claims a bucket, and answers what earlier pages left: to go on with, and to adopt. */
  async open(): Promise<readonly Bucket[]> {
    let deadline: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      deadline = setTimeout(() => {
        reject(new Error(`no answer within ${OPENING_MS} ms`));
      }, OPENING_MS);
    });
    try {
      const found = await Promise.race([this.#find(), late]);
      if (this.#status === 'opening') this.#status = 'open';
      // The document is not written while the page is busy with showing it.
      this.#lastWrite = performance.now();
      this.#search = setInterval(() => {
        void this.adoptAbandoned();
      }, SEARCH_MS);
      pages()?.addEventListener('pagehide', this.#writeNow);
      if (this.#status === 'closed') this.#end();
      return [...found].sort((a, b) => b.confirmed.revision - a.confirmed.revision);
    } catch (reason) {
      this.#fail(reason);
      return [];
    } finally {
      clearTimeout(deadline);
    }
  }

  async #find(): Promise<readonly Bucket[]> {
    this.#release = await this.#claim(this.#bucket);
    const left = await this.#abandoned();
    return left.length > 0 ? left : this.#borrowed();
  }

  /** Looks for tabs that were closed since. */
  async adoptAbandoned(): Promise<void> {
    if (this.#status !== 'open') return;
    try {
      for (const bucket of await this.#abandoned()) this.events.adopt(bucket);
      if (this.#takenOver.length > 0) this.#schedule(EDITS_MS);
    } catch (reason) {
      this.#fail(reason);
    }
  }

  /** Committed changes were folded into the confirmed document. */
  folded(changes: readonly CommittedChange[]): void {
    if (!this.#documentDue && this.#isWritten) this.#folded.push(...changes);
  }

  /** The confirmed document was replaced as a whole. */
  replaced(): void {
    this.#documentDue = true;
    this.#folded = [];
  }

  /** Keeps the moment: soon where an own edit changed, sometime where only others' did. */
  keep(moment: Moment): void {
    if (this.#status === 'failed') return;
    const { sync: before } = this.#moment ?? {};
    this.#moment = moment;
    if ((before?.pending ?? SYNCHRONIZED) !== moment.sync.pending) this.#schedule(EDITS_MS);
    else if (before?.confirmed !== moment.sync.confirmed) this.#schedule(OTHERS_MS);
  }

  /** Whether there is, or will be, a write that takes what is noted for it. */
  get #isWritten(): boolean {
    return this.#status === 'opening' || this.#status === 'open';
  }

  /** Keeps a refused edit, until it is dismissed. */
  keepRefused(edit: RefusedEdit): void {
    if (!this.#isWritten) return;
    this.#refused.set(edit.changeId, edit);
    this.#schedule(EDITS_MS);
  }

  dismissRefused(changeId: string): void {
    if (!this.#isWritten) return;
    this.#refused.set(changeId, undefined);
    this.#schedule(EDITS_MS);
  }

  /** Writes what is left, and gives the bucket up: whoever comes next takes it over. */
  close(): void {
    if (this.#status === 'closed') return;
    const open = this.#status === 'open';
    this.#status = 'closed';
    clearTimeout(this.#timer);
    if (open) void this.#finish();
  }

  async #finish(): Promise<void> {
    try {
      await this.#writing;
      if (this.#due < Infinity) await this.#write();
    } catch (reason) {
      this.events.failed(reason);
    }
    this.#end();
  }

  #end(): void {
    clearInterval(this.#search);
    pages()?.removeEventListener('pagehide', this.#writeNow);
    for (const { release } of this.#takenOver) release();
    this.#release?.();
  }

  readonly #writeNow = (): void => {
    if (this.#due === Infinity) return;
    this.#write()?.catch((reason: unknown) => {
      this.#fail(reason);
    });
  };

  #schedule(gapMs: number): void {
    const due = Math.max(performance.now(), this.#lastWrite + gapMs);
    if (due >= this.#due) return;
    this.#due = due;
    clearTimeout(this.#timer);
    if (this.#status === 'open') this.#await();
  }

  #await(): void {
    if (this.#writing || this.#due === Infinity || this.#status !== 'open') return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#write()?.catch((reason: unknown) => {
        this.#fail(reason);
      });
    }, Math.max(0, this.#due - performance.now()));
  }

  /** To be called once opened: what was changed meanwhile is due. */
  started(): void {
    this.#await();
  }

  /** Writes the moment; one after the other, since each builds on what the one before left. */
  #write(): Promise<void> | undefined {
    if (this.#writing) {
      this.#due = Math.min(this.#due, this.#lastWrite + EDITS_MS);
      return this.#writing;
    }
    const moment = this.#moment;
    if (!moment) return undefined;
    this.#due = Infinity;
    this.#lastWrite = performance.now();
    const takenOver = this.#takenOver;
    this.#takenOver = [];
    const writing = this.store.write(this.#bucket, this.#entries(moment)).then(async () => {
      // Only now that they are here as well.
      for (const { bucket, names, release } of takenOver) {
        await this.store.write(bucket, new Map(names.map((name) => [name, undefined])));
        release();
      }
    });
    this.#writing = writing.finally(() => {
      this.#writing = undefined;
      this.#await();
    });
    return this.#writing;
  }

  #entries({ sync, info, self }: Moment): ReadonlyMap<string, string | undefined> {
    const entries = new Map<string, string | undefined>();
    this.#putDocument(sync, entries);
    this.#putChanges(sync, entries);
    for (const [changeId, edit] of this.#refused) entries.set(`r${changeId}`, edit && JSON.stringify(edit));
    this.#refused.clear();
    entries.set('meta', metaEntry(sync, { info, self }));
    return entries;
  }

  #putDocument({ confirmed }: Sync, entries: Map<string, string | undefined>): void {
    const text = this.#folded.length === 0 ? '' : JSON.stringify(this.#folded);
    this.#folded = [];
    this.#tailLength += text.length;
    if (this.#documentDue || this.#tailLength > LONGEST_TAIL) {
      for (const name of this.#tail) entries.set(name, undefined);
      this.#tail = [];
      this.#tailLength = 0;
      this.#documentDue = false;
      entries.set('document', documentEntry(confirmed));
    } else if (text !== '') {
      const name = this.#name('t');
      this.#tail.push(name);
      entries.set(name, text);
    }
  }

  #putChanges(sync: Sync, entries: Map<string, string | undefined>): void {
    const before = this.#changes;
    this.#changes = new Map();
    for (const change of changesOf(sync.pending)) {
      const kept = keptChange(sync, change);
      if (!kept) continue;
      const written = before.get(change.changeId);
      const name = written?.name ?? this.#name('c');
      if (written?.change !== change) entries.set(name, JSON.stringify(kept));
      this.#changes.set(change.changeId, { name, change });
      before.delete(change.changeId);
    }
    for (const { name } of before.values()) entries.set(name, undefined);
  }

  #name(letter: 'c' | 't'): string {
    this.#counter += 1;
    return letter + String(this.#counter).padStart(12, '0');
  }

  /** What pages left that are gone; their buckets are this page's now. */
  async #abandoned(): Promise<readonly Bucket[]> {
    const found: Bucket[] = [];
    for (const bucket of await this.store.buckets(this.prefix)) {
      if (bucket === this.#bucket || this.#takenOver.some((each) => each.bucket === bucket)) continue;
      const release = await this.#claim(bucket);
      if (!release) continue;
      const entries = await this.store.read(bucket);
      const content = this.#readable(entries);
      if (!content) {
        release();
        continue;
      }
      for (const edit of content.refused) this.#refused.set(edit.changeId, edit);
      this.#takenOver.push({ bucket, names: [...entries.keys()], release });
      found.push(content);
    }
    return found;
  }

  /** The newest document of pages that are still there, so that this one can show it without a connection. */
  async #borrowed(): Promise<readonly Bucket[]> {
    const documents: Bucket[] = [];
    for (const bucket of await this.store.buckets(this.prefix)) {
      const content = bucket === this.#bucket ? undefined : this.#readable(await this.store.read(bucket));
      if (content) documents.push({ ...content, changes: [], refused: [] });
    }
    return documents.sort((a, b) => b.confirmed.revision - a.confirmed.revision).slice(0, 1);
  }

  /** What cannot be read stays where it is, for whoever wrote it; it keeps nobody from working. */
  #readable(entries: Entries): Bucket | undefined {
    try {
      return readBucket(entries);
    } catch (reason) {
      if (holdsEdits(entries)) this.events.failed(reason);
      return undefined;
    }
  }

  async #claim(bucket: string): Promise<(() => void) | undefined> {
    return this.store.claim ? this.store.claim(bucket) : () => undefined;
  }

  #fail(reason: unknown): void {
    if (this.#status === 'failed' || this.#status === 'closed') return;
    this.#status = 'failed';
    this.#moment = undefined;
    this.#folded = [];
    this.#refused.clear();
    clearTimeout(this.#timer);
    this.#end();
    this.events.failed(reason);
  }
}

/** The page that hears of its end; there is none in Node. */
function pages(): EventTarget | undefined {
  return 'addEventListener' in globalThis ? globalThis : undefined;
}
