import { own, readComponent } from '../document/components.js';
import type { DocumentDraft } from '../document/document.js';
import { newestWrite } from '../document/writes.js';
import type { CommittedChange, Note } from '../protocol/frame.js';
import type { JsonValue } from '../protocol/json.js';
import type { ElementId, Operation, Path } from '../protocol/operation.js';

/** One's own write that somebody else replaced, or deleted the element of, without having seen it. */
export interface Overwritten {
  /** `OVERWROTE`, or `EDIT_DELETED` where the element was deleted. */
  readonly code: 'OVERWROTE' | 'EDIT_DELETED';
  readonly element: ElementId;
  /** The register; absent where the element was deleted. */
  readonly path?: Path;
  /** One's own value, where there was one and it is known. */
  readonly lost?: JsonValue;
  /** The revisions of one's own writes. */
  readonly writtenIn: readonly number[];
  /** Whose change it was, and which. */
  readonly by: { readonly userId: string; readonly participantId: string };
  readonly changeId: string;
  readonly revision: number;
  /** What makes it as one had it; nothing where that is not known. */
  readonly restoring: readonly Operation[];
}

/**
 * What of one's own another's change replaced.
 *
 * @param before the confirmed document without the change
 */
export function overwrittenBy(before: DocumentDraft, change: CommittedChange, userId: string): readonly Overwritten[] {
  if (userId === '' || change.userId === userId) return [];
  return change.notes.flatMap((note) => overwrittenOf(before, change, note, userId) ?? []);
}

function overwrittenOf(
  before: DocumentDraft,
  { changeId, participantId, revision, userId: author }: CommittedChange,
  note: Note,
  userId: string,
): Overwritten | undefined {
  const mine = (note.writes ?? []).filter((write) => write.userId === userId);
  const { element } = note;
  if (mine.length === 0 || element === undefined) return undefined;
  const told = {
    element,
    writtenIn: mine.map((write) => write.revision),
    by: { userId: author, participantId },
    changeId,
    revision,
  };
  if (note.code === 'EDIT_DELETED') return { ...told, code: note.code, restoring: [{ op: 'restore', id: element }] };
  if (note.code !== 'OVERWROTE' || !note.path) return undefined;
  const { path } = note;
  const { known, value } = lostValue(before, element, path, note, told.writtenIn);
  return {
    ...told,
    code: note.code,
    path,
    ...(value !== undefined && { lost: value }),
    restoring: !known ? [] : [value === undefined ? { op: 'unset', id: element, path } : { op: 'set', id: element, path, value }],
  };
}

/** Notes hold no more than so many lost values; what still was there can be seen in the document. */
function lostValue(
  before: DocumentDraft,
  id: ElementId,
  path: Path,
  { lost }: Note,
  writtenIn: readonly number[],
): { readonly known: boolean; readonly value: JsonValue | undefined } {
  if (lost !== undefined) return { known: true, value: lost };
  const element = before.get(id);
  if (!element) return { known: false, value: undefined };
  const [property, component] = path;
  const known = writtenIn.includes(newestWrite(before.cell(element, property), component).revision);
  return { known, value: known ? readComponent(own(element.props, property), component) : undefined };
}
