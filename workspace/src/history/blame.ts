import type { CommittedChange, ElementView, JsonValue, Operation } from '@chorale/client';
import type { Blame, Writer } from '@chorale/client/history';
import { valueText } from '../session/wording';
import { blameMessages } from './blameMessages';
import { labelOf } from './differences';

const text = blameMessages;

/** Something of an element, what it says now, and who wrote that. */
export interface Written {
  readonly key: string;
  readonly label: string;
  /** Absent where there is nothing to read. */
  readonly value?: string;
  readonly by: Writer;
}

/** Who wrote what of an element last, the newest first; a list or a set is one thing, whoever wrote its entries. */
export function writtenOf(cells: readonly Blame[], element: ElementView | undefined): readonly Written[] {
  const found = new Map<string, Written>();
  for (const cell of cells) {
    // That it is there is told by the cell that says whether it is deleted.
    if (cell.cell === 'existence') continue;
    const written = writtenIn(cell, element);
    const known = found.get(written.key);
    if (!known || known.by.revision < written.by.revision) found.set(written.key, written);
  }
  return [...found.values()].sort((a, b) => b.by.revision - a.by.revision);
}

function writtenIn({ cell, elementType, name = '', by }: Blame, element: ElementView | undefined): Written {
  const key = `${cell} ${name}`;
  switch (cell) {
    case 'deleted':
      return { key, label: element?.deleted === true ? text.gone : text.there, by };
    case 'place':
      return { key, label: text.place, by };
    case 'property':
      return { key, label: labelOf(elementType, name), value: said(element?.props[name], name), by };
    case 'text':
      return { key, label: labelOf(elementType, name), value: said(element?.texts[name] ?? '', name), by };
    default:
      return { key: `entries ${name}`, label: text.entries(name), by };
  }
}

const said = (value: JsonValue | undefined, name: string) => valueText(value, [name]);

/** What of a change somebody did to an element. */
export function doneTo(id: string, { operations }: Pick<CommittedChange, 'operations'>): readonly Operation[] {
  return operations.flatMap((operation) => (operation.op !== 'withhold' && 'id' in operation && operation.id === id ? [operation as Operation] : []));
}
