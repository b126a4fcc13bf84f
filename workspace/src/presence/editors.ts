import type { Participant } from '@chorale/client';
import { colorOf, type Doing } from './remoteState';

/** Elements that say who edits them; more would cover the scene. */
export const MOST_EDITED = 8;

/** Who edits an element. */
export interface Edited {
  readonly elementId: string;
  /** The first of them, whose colour the tag has. */
  readonly name: string;
  readonly color: string;
  readonly others: number;
}

/** What the others edit right now, by element. */
export function editedElements(doing: ReadonlyMap<string, Doing>, participants: ReadonlyMap<string, Participant>): readonly Edited[] {
  const edited = new Map<string, Edited>();
  for (const [participantId, { id }] of doing) {
    const person = participants.get(participantId);
    if (person === undefined) continue;
    const known = edited.get(id);
    if (known) edited.set(id, { ...known, others: known.others + 1 });
    else if (edited.size < MOST_EDITED) edited.set(id, { elementId: id, name: person.name, color: colorOf(person), others: 0 });
  }
  return [...edited.values()];
}
