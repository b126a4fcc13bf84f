import { isProblem, ProblemError, type DocumentView, type Operation, type Session } from '@chorale/client';
import { PARAMETERS, PARAMETERS_ID, parametersElement } from '../parameters/parameterSet';
import type { FileElement, SessionFile } from './sessionFile';

/** The edits that bring a file's content into a document: new elements, with fresh ids, behind what is there. */
export function operationsOf({ elements }: SessionFile, document: DocumentView, newId: () => string): readonly Operation[] {
  const ids = new Map(elements.map(({ id }) => [id, newId()]));
  // What a constraint is about has to be there before it.
  const inOrder = [...elements.filter(({ refs }) => refs === undefined), ...elements.filter(({ refs }) => refs !== undefined)];
  return inOrder.flatMap((element) => (element.type === PARAMETERS ? parameters(element, document, newId) : [creation(element, ids)]));
}

function creation({ id, type, parent, props, texts, refs }: FileElement, ids: ReadonlyMap<string, string>): Operation {
  return {
    op: 'create',
    id: ids.get(id) ?? id,
    elementType: type,
    parent: parent === null ? null : (ids.get(parent) ?? parent),
    props,
    ...(texts !== undefined && { texts }),
    ...(refs !== undefined && { refs: refs.map((ref) => ids.get(ref) ?? ref) }),
  };
}

/** A session has one set of parameters: the file's values go into the one that is there. */
function parameters({ props }: FileElement, document: DocumentView, newId: () => string): readonly Operation[] {
  const present = parametersElement(document);
  if (present) return Object.entries(props).map(([name, value]) => ({ op: 'set', id: present.id, path: [name], value }));
  const id = document.elements.has(PARAMETERS_ID) ? newId() : PARAMETERS_ID;
  return [{ op: 'create', id, elementType: PARAMETERS, parent: null, props }];
}

/**
 * Makes edits as one step of undo, in as few changes as the session's limits allow.
 *
 * @returns the ids of the changes
 * @throws ProblemError when no server would take one of them; then none is made
 */
export function editInParts(session: Pick<Session, 'beginGesture'>, operations: readonly Operation[]): readonly string[] {
  const gesture = session.beginGesture();
  let most = operations.length;
  try {
    for (let done = 0; done < operations.length; ) {
      const part = operations.slice(done, done + most);
      if (attempt(() => gesture.update(part), part.length > 1)) done += part.length;
      else most = Math.ceil(part.length / 2);
    }
  } catch (failure) {
    gesture.cancel();
    throw failure;
  }
  return gesture.commit();
}

/** Whether it could be done; false where it was too much at once. */
function attempt(edit: () => void, divisible: boolean): boolean {
  try {
    edit();
    return true;
  } catch (failure) {
    if (divisible && failure instanceof ProblemError && isProblem(failure.problem, 'limit-exceeded')) return false;
    throw failure;
  }
}
