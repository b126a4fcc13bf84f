import type { Note } from '../protocol/frame.js';
import type { Operation } from '../protocol/operation.js';
import type { Problem } from '../protocol/problem.js';

/** What became of the edits that were made without a connection. */
export interface SyncReport {
  /** How many changes waited, and were answered since. */
  readonly sent: number;
  /** Those that met other people's edits, or came to something else than was asked for. */
  readonly conflicted: readonly { readonly changeId: string; readonly notes: readonly Note[] }[];
  readonly refused: readonly {
    readonly changeId: string;
    readonly problem: Problem;
    readonly operations: readonly Operation[];
  }[];
}

type Refused = SyncReport['refused'][number];

/** Watches over the changes that waited when the connection came back, until each has its answer. */
export class Comeback {
  readonly #waiting = new Set<string>();
  #report = blank();

  constructor(private readonly done: (report: SyncReport) => void) {}

  /** These go now; some may be known from an earlier try. */
  begin(changeIds: readonly string[]): void {
    for (const changeId of changeIds) this.#waiting.add(changeId);
  }

  accepted(changeId: string, notes: readonly Note[]): void {
    if (!this.#waiting.delete(changeId)) return;
    if (notes.length > 0) this.#report.conflicted.push({ changeId, notes });
    this.#answered();
  }

  refused(refusal: Refused): void {
    if (!this.#waiting.delete(refusal.changeId)) return;
    this.#report.refused.push(refusal);
    this.#answered();
  }

  /** Taken back before it was sent. */
  withdrawn(changeId: string): void {
    if (this.#waiting.delete(changeId) && this.#waiting.size === 0) this.#tell();
  }

  /** Only these wait still: the rest was in a snapshot. Asked for only where anything waits, as there may be many. */
  stillPending(pending: () => readonly string[]): void {
    if (this.#waiting.size === 0) return;
    const changeIds = new Set(pending());
    const before = this.#waiting.size;
    for (const changeId of this.#waiting) {
      if (changeIds.has(changeId)) continue;
      this.#waiting.delete(changeId);
      this.#report.sent += 1;
    }
    if (this.#waiting.size < before && this.#waiting.size === 0) this.#tell();
  }

  #answered(): void {
    this.#report.sent += 1;
    if (this.#waiting.size === 0) this.#tell();
  }

  #tell(): void {
    const report = this.#report;
    this.#report = blank();
    if (report.sent > 0) this.done(report);
  }
}

function blank(): { sent: number; conflicted: SyncReport['conflicted'][number][]; refused: Refused[] } {
  return { sent: 0, conflicted: [], refused: [] };
}
