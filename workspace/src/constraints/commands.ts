import type { Command } from '../commands/command';
import type { Workspace } from '../session/workspace';
import { measure, type ConstraintKind } from './constraint';
import { addConstraints, constrainable, constraintsOn, newWishes, satisfy, wishes, type Wish } from './constraintEdits';
import { constraintMessages } from './messages';

const text = constraintMessages.commands;

/** What one can do about constraints by the palette. */
export function constraintCommands(workspace: Workspace): readonly Command[] {
  const wanted = (kind: ConstraintKind, axis?: number): readonly Wish[] =>
    newWishes(workspace, wishes(constrainable(workspace)).filter((wish) => wish.kind === kind && (axis === undefined || wish.axis === axis)));
  const adding = (id: string, title: string, kind: ConstraintKind, axis?: number): Command => ({
    id,
    title,
    section: 'edit',
    isPossible: () => wanted(kind, axis).length > 0,
    run: () => addConstraints(workspace, wanted(kind, axis)),
  });
  const open = () => constraintsOn(workspace, workspace.selection.ids).filter((constraint) => measure(workspace.session.document, constraint)?.holds === false);
  return [
    adding('constrain-distance', text.distance, 'distance'),
    ...text.align.map((title, axis) => adding(`constrain-align-${axis}`, title, 'align', axis)),
    adding('constrain-ground', text.ground, 'ground'),
    {
      id: 'satisfy',
      title: text.satisfy,
      section: 'edit',
      isPossible: () => open().length > 0,
      run: () => {
        for (const constraint of open()) satisfy(workspace, constraint);
      },
    },
  ];
}
