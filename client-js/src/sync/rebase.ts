import { jsonEquals } from '../protocol/json.js';
import type { EffectiveOperation, Operation, TextOperation } from '../protocol/operation.js';
import { isEmpty, transformEdit } from '../text/textEdit.js';
import type { PendingChange } from './pending.js';

// Only text edits hold places that others' edits shift; everything else is addressed by id and stays as it is.

/**
 * The pending changes as they read after foreign edits, one after the other; in the order of commits they come later.
 * Steps through, operation by operation, and never composes first.
 */
export function rebasedOver(
  pending: readonly PendingChange[],
  foreign: readonly TextOperation[],
): readonly PendingChange[] {
  return foreign.reduce(rebasedOverOne, pending);
}

function rebasedOverOne(pending: readonly PendingChange[], foreign: TextOperation): readonly PendingChange[] {
  let others = foreign.edit;
  return pending.map((change) => {
    if (!change.operations.some((operation) => isOn(operation, foreign))) return change;
    const operations = change.operations.map((own) => {
      if (!isOn(own, foreign)) return own;
      const edit = transformEdit(own.edit, others, 'later');
      others = transformEdit(others, own.edit, 'earlier');
      return { ...own, edit };
    });
    return { ...change, operations };
  });
}

/** Whether an operation edits the same text. */
export function isOn(operation: Operation, { id, name }: TextOperation): operation is TextOperation {
  return operation.op === 'text' && operation.id === id && operation.name === name;
}

/** The text edits among operations that change anything. */
export function textsOf(operations: readonly (Operation | EffectiveOperation)[]): readonly TextOperation[] {
  return operations.filter((operation) => operation.op === 'text').filter(({ edit }) => !isEmpty(edit));
}

export function sameTexts(a: readonly TextOperation[], b: readonly TextOperation[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, index) => {
      const other = b[index];
      return other !== undefined && isOn(other, one) && jsonEquals(one.edit, other.edit);
    })
  );
}

/** One edit of each text that is edited. */
export function distinctTexts(pending: readonly PendingChange[]): readonly TextOperation[] {
  const texts = pending.flatMap(({ operations }) => textsOf(operations));
  return texts.filter((text, index) => texts.findIndex((other) => isOn(other, text)) === index);
}
