import type { DocumentView, JsonValue } from '@chorale/client';
import type { Difference } from '@chorale/client/history';
import { messages } from '../app/messages';
import { parameterName, PARAMETERS } from '../parameters/parameterSet';
import { elementName, valueText } from '../session/wording';
import { historyMessages } from './messages';

const text = historyMessages.change;

/** What became of one element, as people read it. */
export interface ElementDifference {
  readonly element: string;
  readonly title: string;
  readonly what: readonly string[];
  /** Whoever wrote last of what differs. */
  readonly userId: string | undefined;
}

/** Groups what differs by element; of what is new or gone only that is told. */
export function byElement(differences: readonly Difference[], document: DocumentView): readonly ElementDifference[] {
  const groups = new Map<string, Difference[]>();
  for (const difference of differences) {
    const group = groups.get(difference.element);
    if (group) group.push(difference);
    else groups.set(difference.element, [difference]);
  }
  return [...groups]
    .map(([element, group]) => ({ element, title: elementName(document, element), what: wording(group, document), userId: newest(group)?.userId }))
    .filter(({ what }) => what.length > 0);
}

function wording(group: readonly Difference[], document: DocumentView): readonly string[] {
  const isGone = group.some(({ cell, after }) => cell === 'deleted' && after === true);
  if (group.some(({ cell, after }) => cell === 'existence' && after !== undefined)) return isGone ? [] : [text.added];
  if (isGone) return [text.deleted];
  return [...new Set(group.flatMap((difference) => wordsOf(difference, document)))];
}

function wordsOf({ elementType, cell, name = '', before, after }: Difference, document: DocumentView): readonly string[] {
  switch (cell) {
    case 'deleted':
      return [text.restored];
    case 'place':
      return [placeText(before, after, document)];
    case 'property':
    case 'text':
      return [text.value(labelOf(elementType, name), valueText(before, [name]), valueText(after, [name]))];
    default:
      return [text.entries(name)];
  }
}

function placeText(before: JsonValue | undefined, after: JsonValue | undefined, document: DocumentView): string {
  const [earlier, later] = [parentOf(before), parentOf(after)];
  if (earlier === later) return text.reordered;
  return text.moved(later === null ? undefined : elementName(document, later));
}

function parentOf(place: JsonValue | undefined): string | null {
  const parent = typeof place === 'object' && place !== null && 'parent' in place ? place.parent : null;
  return typeof parent === 'string' ? parent : null;
}

function newest(group: readonly Difference[]): Difference['by'] {
  return group.reduce<Difference['by']>((latest, { by }) => (by && by.revision > (latest?.revision ?? -1) ? by : latest), undefined);
}

/** What people call a property of an element. */
export const labelOf = (elementType: string, name: string) =>
  elementType === PARAMETERS ? parameterName(name) : capital(messages.register.names[name] ?? name);

const capital = (name: string) => name.charAt(0).toLocaleUpperCase() + name.slice(1);
