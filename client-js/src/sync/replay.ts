import { fits } from '../document/apply.js';
import { own } from '../document/components.js';
import type { Document, DocumentDraft } from '../document/document.js';
import type { Rules } from '../document/outcome.js';
import type { Policies } from '../document/policies.js';
import { predict, predictUndo, type Author } from '../document/predict.js';
import type { Limits } from '../protocol/frame.js';
import type { Inverse, TextOperation } from '../protocol/operation.js';
import { diffTexts } from '../text/textDiff.js';
import { invertEdit } from '../text/textEdit.js';
import type { PendingChange } from './pending.js';
import { distinctTexts, textsOf } from './rebase.js';

/** How to undo changes, by change id: in the order in which to do so, the oldest change first. */
export type Inverses = ReadonlyMap<string, readonly Inverse[]>;

/** What a prediction depends on besides the document. */
export interface Predicting {
  readonly userId: string;
  readonly limits: Limits;
  readonly policies: Policies;
  readonly inverses: Inverses;
}

/** Of so many own changes the way back is remembered. */
export const UNDOABLE = 1000;

/** The document with all pending changes on top, and how to undo them as well. */
export function replayed(
  draft: DocumentDraft,
  pending: readonly PendingChange[],
  predicting: Predicting,
): Inverses {
  const inverses = new Map(predicting.inverses);
  for (const [ahead, change] of pending.entries()) {
    remember(inverses, change.changeId, carriedOut(draft, change, ahead, { ...predicting, inverses }));
  }
  return inverses;
}

/** Puts the way back from a change, and forgets the oldest one where there are too many. */
export function remember(
  inverses: Map<string, readonly Inverse[]>,
  changeId: string,
  inverse: readonly Inverse[],
): void {
  inverses.set(changeId, inverse);
  for (const oldest of inverses.keys()) {
    if (inverses.size <= UNDOABLE) return;
    inverses.delete(oldest);
  }
}

/**
 * Carries a pending change out; answers how to undo it.
 *
 * @param ahead how many pending changes come before it
 */
export function carriedOut(
  draft: DocumentDraft,
  change: PendingChange,
  ahead: number,
  predicting: Predicting,
): readonly Inverse[] {
  const by = { changeId: change.changeId, userId: predicting.userId, ahead };
  const rules = rulesOf(predicting);
  const inverse: Inverse[] = [];
  if (change.undoes !== undefined) {
    // Its text edits are among the operations: what follows counts on just these.
    const registers = (predicting.inverses.get(change.undoes) ?? []).filter((each) => each.inverse !== 'text');
    inverse.unshift(...(predictUndo(draft, registers, by, rules)?.inverse ?? []));
  }
  for (const operation of change.operations) {
    inverse.unshift(...(predict(draft, operation, by, rules)?.inverse ?? []));
  }
  return inverse;
}

/** The edits of texts that an undo most likely comes to, on a document with all pending changes. */
export function undoneTexts(
  view: Document,
  inverse: readonly Inverse[],
  by: Author,
  predicting: Predicting,
): readonly TextOperation[] {
  return textsOf(predictUndo(view.draft(), inverse, by, rulesOf(predicting))?.operations ?? []);
}

/**
 * What takes a pending change's text edits back, the last one first.
 *
 * @param draft the confirmed document; it stays as it is
 * @param earlier the pending changes before this one
 */
export function inverseTexts(
  draft: DocumentDraft,
  earlier: readonly PendingChange[],
  { changeId, operations }: PendingChange,
  predicting: Predicting,
): readonly TextOperation[] {
  const scratch = draft.fork();
  for (const [ahead, change] of earlier.entries()) carriedOut(scratch, change, ahead, predicting);
  const by = { changeId, userId: predicting.userId, ahead: earlier.length };
  const inverse: TextOperation[] = [];
  for (const operation of operations) {
    const text = operation.op === 'text' ? textAt(scratch, operation) : undefined;
    if (operation.op === 'text' && text !== undefined && fits(operation.edit, text)) {
      inverse.unshift({ ...operation, edit: invertEdit(operation.edit, text) });
    }
    predict(scratch, operation, by, rulesOf(predicting));
  }
  return inverse;
}

/**
 * The changes with no more text edits than have a place in the document. After a snapshot nobody knows how a text
 * became what it is; an edit without a place comes to nothing, so that what follows it stands on what people see.
 */
export function fitted(
  document: DocumentDraft,
  pending: readonly PendingChange[],
  predicting: Predicting,
): readonly PendingChange[] {
  const draft = document.fork();
  return pending.map((change, ahead) => {
    const by = { changeId: change.changeId, userId: predicting.userId, ahead };
    const operations = change.operations.map((operation) => {
      const text = operation.op === 'text' ? textAt(draft, operation) : undefined;
      const misplaced = operation.op === 'text' && text !== undefined && !fits(operation.edit, text);
      const placed = misplaced ? { ...operation, edit: [] } : operation;
      predict(draft, placed, by, rulesOf(predicting));
      return placed;
    });
    return { ...change, operations };
  });
}

/** What happened to the texts that pending changes edit, as one foreign edit each: what it was is not known any more. */
export function textsBetween(
  before: DocumentDraft,
  after: DocumentDraft,
  pending: readonly PendingChange[],
): readonly TextOperation[] {
  return distinctTexts(pending).map((text) => {
    const created = createdText(pending, text);
    return { ...text, edit: diffTexts(textAt(before, text) ?? created, textAt(after, text) ?? created) };
  });
}

/** The text that an element is created with, as a pending change says; it may have been stored meanwhile. */
function createdText(pending: readonly PendingChange[], { id, name }: TextOperation): string {
  const creates = pending.flatMap(({ operations }) => operations).filter((operation) => operation.op === 'create');
  return own(creates.find((create) => create.id === id)?.texts ?? {}, name) ?? '';
}

/** The text that an operation edits; undefined where its element is not there. */
export function textAt(draft: DocumentDraft, { id, name }: TextOperation): string | undefined {
  const element = draft.get(id);
  return element && (own(element.texts, name) ?? '');
}

export function rulesOf({ limits, policies }: Pick<Predicting, 'limits' | 'policies'>): Rules {
  return { limits, policies };
}
