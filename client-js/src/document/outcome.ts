import type { Limits, Note, UnseenWrite } from '../protocol/frame.js';
import type { JsonValue } from '../protocol/json.js';
import { atMost, DEFAULT_LIMITS, jsonBytes, refuse } from '../protocol/limits.js';
import type { EffectiveOperation, ElementId, Inverse, Path } from '../protocol/operation.js';
import type { Strategy } from '../protocol/strategy.js';
import { apply } from './apply.js';
import type { DocumentDraft, ElementView } from './document.js';
import { DEFAULT_POLICIES, type Policies } from './policies.js';
import { notBy, type LastWrites, type Stamp, type Writing } from './writes.js';

export type NoteCode =
  /** The parent was deleted: the element went to the nearest live ancestor, or stayed where it was. */
  | 'PARENT_DELETED'
  /** A referred element is not live, so the new one stays hidden. */
  | 'REF_DELETED'
  /** The register does not hold what the operation needs; nothing happened. */
  | 'TYPE_MISMATCH'
  /** The element would have come under itself; nothing happened. */
  | 'CYCLE'
  /** The element is deleted: the edit is kept. Or: what was deleted had edits its deleter had not seen. */
  | 'EDIT_DELETED'
  /** The write replaced a value that its author had not seen. */
  | 'OVERWROTE'
  /** The write was blended with one that its author had not seen. */
  | 'MERGED'
  /** The write waits for a decision. */
  | 'WITHHELD'
  /** A member stays in its set, because somebody added it unseen. */
  | 'ADD_WINS'
  /** There is nothing left to undo there: somebody wrote since. */
  | 'UNDO_SKIPPED';

/** What a decision depends on besides the document. */
export interface Rules {
  readonly limits: Limits;
  readonly policies: Policies;
}

export const DEFAULT_RULES: Rules = { limits: DEFAULT_LIMITS, policies: DEFAULT_POLICIES };

/** Who asks, and what they know. */
export interface Request extends Writing {
  /** The newest revision that the author had received. */
  readonly seen: number;
  readonly strict: boolean;
  readonly onConflict: Strategy | undefined;
  /** Whether conflicts are looked for: not where people have decided already, nor in a prediction. */
  readonly judged: boolean;
}

/** A change's notes hold no more than this of lost values, in UTF-8: its author had them, and the log has them. */
const LOST_BYTES = 64 * 1024;

/** A change on its way through the rules: who makes it, what they had seen, and what became of it so far. */
export class Outcome {
  readonly operations: EffectiveOperation[] = [];
  readonly notes: Note[] = [];
  /** How to undo it, in the order in which to do so. */
  readonly inverse: Inverse[] = [];
  #index = 0;
  #lostBytes = 0;

  constructor(
    readonly draft: DocumentDraft,
    readonly rules: Rules,
    readonly request: Request,
  ) {}

  /** Turns to the next operation of the change. */
  next(): void {
    this.#index++;
  }

  /** Turns to an operation of the change once more. */
  turnTo(operation: number): void {
    this.#index = operation;
  }

  /** A name for a conflict that this operation opens. */
  newConflict(): string {
    return `${this.request.stamp.revision}-${this.#index}`;
  }

  apply(operation: EffectiveOperation): void {
    const inverse = apply(this.draft, operation, this.request);
    if (inverse) this.inverse.unshift(inverse);
    this.operations.push(operation);
  }

  // ---- how large things may become

  /** @param more names that the element has not had so far */
  checkNames(element: ElementView, more: number): void {
    if (more > 0) this.checkNameCount(namesOf(this.draft, element) + more);
  }

  checkNameCount(count: number): void {
    atMost('properties, texts, lists and sets of an element', count, this.rules.limits.names);
  }

  /** @param length in UTF-16 code units */
  checkText(length: number): void {
    atMost('length of a text', length, this.rules.limits.textLength);
  }

  // ---- what the author could not know

  /** Whether somebody else wrote it after what the author had seen. */
  isUnseen({ revision, clientId }: Pick<Stamp, 'revision' | 'clientId'>): boolean {
    return revision > this.request.seen && clientId !== this.request.stamp.clientId;
  }

  /** The newest of the writes that is not the author's own. */
  others(writes: LastWrites): Stamp {
    return notBy(writes, this.request.stamp.clientId);
  }

  /** Whether a write and the present one conflict: unseen by the later author, or by another user just a moment ago. */
  clashes(write: Omit<Stamp, 'origin'>, windowMs: number): boolean {
    const { judged, stamp } = this.request;
    if (!judged || write.revision === 0) return false;
    if (this.isUnseen(write)) return true;
    return windowMs > 0 && write.userId !== stamp.userId && Date.parse(stamp.at) - Date.parse(write.at) < windowMs;
  }

  /** Whether anything was committed that the author had not seen. */
  get isConcurrent(): boolean {
    return this.draft.revision > this.request.seen;
  }

  /** A strict change meets no unseen write. */
  meet(write: Stamp): void {
    if (this.request.strict && this.isUnseen(write)) {
      refuse('strict-change', `operation ${this.#index} meets revision ${write.revision} (expected: none unseen)`);
    }
  }

  // ---- what the author is told

  /** The operation comes to nothing; without a reason where that needs no explanation. */
  nothing(why?: NoteCode, element?: ElementView): void {
    if (this.request.strict) {
      refuse('strict-change', `operation ${this.#index} has no effect (expected: one)`);
    }
    if (why !== undefined && element) this.note(why, element.id);
  }

  note(code: NoteCode, element: ElementId, more: Pick<Note, 'writes'> = {}): void {
    this.notes.push({ code, element, operation: this.#index, ...more });
  }

  /** Tells the author of an edit that nobody sees until its element is restored. */
  noteIfDeleted({ id }: ElementView): void {
    if (!this.draft.live(id)) this.note('EDIT_DELETED', id);
  }

  /** Tells of another's write of a register. */
  noteClash(
    code: NoteCode,
    element: ElementId,
    path: Path,
    { revision, userId }: Stamp,
    { lost, conflict }: { readonly lost?: JsonValue | undefined; readonly conflict?: string },
  ): void {
    const write: UnseenWrite = { element, revision, userId };
    if (lost !== undefined) this.#lostBytes += jsonBytes(lost);
    this.notes.push({
      code,
      element,
      operation: this.#index,
      path,
      ...(lost !== undefined && this.#lostBytes <= LOST_BYTES && { lost }),
      writes: [write],
      ...(conflict !== undefined && { conflict }),
    });
  }
}

/** Properties, texts, lists and sets; what was emptied counts. */
function namesOf(draft: DocumentDraft, { id, props, texts, lists, sets }: ElementView): number {
  const writes = draft.writes(id);
  const properties = new Set([...Object.keys(props), ...writes.props.keys()]);
  const written = new Set([...Object.keys(texts), ...writes.texts.keys()]);
  return properties.size + written.size + Object.keys(lists).length + Object.keys(sets).length;
}
