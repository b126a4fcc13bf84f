import type { DocumentView } from '@chorale/client';
import { parametersElement } from '../parameters/parameterSet';
import { liveElements } from '../scene/sceneElement';
import type { Workspace } from '../session/workspace';
import type { CoachKind, Step } from './progress';

const PLACEMENT = ['position', 'rotation', 'scale'] as const;

/** Tells what one does oneself, as far as it is a first step. Answers the function that stops it. */
export function watchDeeds(workspace: Workspace, kind: CoachKind, tell: (step: Step) => void): () => void {
  const { session, store, company } = workspace;
  let { document, pendingChanges } = session;
  const stops = [
    session.on('document', (after) => {
      const isOwn = session.pendingChanges > pendingChanges;
      const before = document;
      ({ document, pendingChanges } = session);
      const step = isOwn ? deedOf(kind, before, after) : undefined;
      if (step !== undefined) tell(step);
    }),
    session.on('accepted', () => {
      ({ pendingChanges } = session);
    }),
    session.on('refused', () => {
      ({ pendingChanges } = session);
    }),
    // Only an undo can be redone.
    store.subscribe(({ canRedo }, before) => {
      if (canRedo && !before.canRedo) tell('undo');
    }),
    company.store.subscribe(({ linksTaken }, before) => {
      if (linksTaken > before.linksTaken) tell('invite');
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** What an edit did, from what was there before and after it. */
export function deedOf(kind: CoachKind, before: DocumentView, after: DocumentView): Step | undefined {
  if (kind === 'parameters') {
    const element = parametersElement(before);
    return element && parametersElement(after) !== element ? 'tune' : undefined;
  }
  const [elements, earlier] = [liveElements(after), liveElements(before)];
  if (elements.length > earlier.length) return 'add';
  if (elements.length < earlier.length) return undefined;
  const isMoved = elements.some((element) => {
    const view = before.live(element.id) ? before.elements.get(element.id) : undefined;
    const now = after.elements.get(element.id);
    return view !== undefined && view !== now && PLACEMENT.some((property) => JSON.stringify(view.props[property]) !== JSON.stringify(now?.props[property]));
  });
  return isMoved ? 'move' : undefined;
}
