import { sum } from '../document/blending.js';
import type { Operation, Path } from '../protocol/operation.js';
import { composeEdits } from '../text/textEdit.js';

/**
 * Two edits of one gesture as one, as what a drag wrote on its way is of no interest to anybody: the operations that
 * have the effect of both, where each of the later ones continues its counterpart; else undefined.
 */
export function composed(
  earlier: readonly Operation[],
  later: readonly Operation[],
): readonly Operation[] | undefined {
  // Where two operations are about the same thing, one would stand between the other and its continuation.
  const things = new Set(later.map(thingOf));
  if (earlier.length !== later.length || things.size < later.length) return undefined;
  const operations: Operation[] = [];
  for (const [index, second] of later.entries()) {
    const first = earlier[index];
    const both = first && composedOperation(first, second);
    if (!both) return undefined;
    operations.push(both);
  }
  return operations;
}

function composedOperation(first: Operation, second: Operation): Operation | undefined {
  switch (second.op) {
    case 'set': {
      if (first.op !== 'set' || !sameRegister(first, second)) return undefined;
      const { previous: _overwritten, ...rest } = second;
      return first.previous === undefined ? rest : { ...rest, previous: first.previous };
    }
    case 'add': {
      if ((first.op !== 'set' && first.op !== 'add') || !sameRegister(first, second)) return undefined;
      const total = sum(first.op === 'set' ? first.value : first.delta, second.delta);
      if (total === undefined) return undefined;
      return first.op === 'set' ? { ...first, value: total } : { ...first, delta: total };
    }
    case 'text':
      return first.op === 'text' && first.id === second.id && first.name === second.name
        ? { ...second, edit: composeEdits(first.edit, second.edit) }
        : undefined;
    case 'move':
      return first.op === 'move' && first.id === second.id ? second : undefined;
    default:
      return undefined; // nothing else is repeated in a gesture
  }
}

/** A name for the property, the text or the place that an operation is about. */
function thingOf(operation: Operation): string {
  switch (operation.op) {
    case 'set':
    case 'add':
      return JSON.stringify(['property', operation.id, operation.path[0]]);
    case 'text':
      return JSON.stringify(['text', operation.id, operation.name]);
    case 'unset':
      return JSON.stringify(['property', operation.id, operation.path[0]]);
    case 'move':
      return JSON.stringify(['place', operation.id]);
    default:
      return operation.op; // never composed
  }
}

interface OfRegister {
  readonly id: string;
  readonly path: Path;
}

function sameRegister(a: OfRegister, b: OfRegister): boolean {
  return a.id === b.id && a.path[0] === b.path[0] && a.path[1] === b.path[1];
}

/**
 * The edits of a gesture as few operations with the effect of all, also where later ones are about other things: of
 * each register the latest value counts, additions are summed up, texts composed.
 */
export function squashed(earlier: readonly Operation[], later: readonly Operation[]): readonly Operation[] {
  const operations = [...earlier];
  for (const operation of later) {
    const place = operations.findLastIndex((each) => isSameThing(each, operation));
    const counterpart = operations[place];
    const both = counterpart && composedOperation(counterpart, operation);
    if (both && !operations.slice(place + 1).some((between) => isBarrier(between, operation))) operations[place] = both;
    else operations.push(operation);
  }
  return operations;
}

function isSameThing(a: Operation, b: Operation): boolean {
  return thingOf(a) === thingOf(b);
}

/** Whether an operation's effect may depend on coming before or after another one. */
function isBarrier(between: Operation, operation: Operation): boolean {
  switch (between.op) {
    case 'set':
    case 'unset':
    case 'add':
    case 'text':
      return false; // about another thing, as else it would have been the counterpart
    default:
      return operation.op === 'move' || between.op === 'resolve' || between.id === operationId(operation);
  }
}

function operationId(operation: Operation): string | undefined {
  return operation.op === 'resolve' ? undefined : operation.id;
}
