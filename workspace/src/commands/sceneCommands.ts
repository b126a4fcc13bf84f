import { messages } from '../app/messages';
import { constraintCommands } from '../constraints/commands';
import { outlineMessages } from '../outline/messages';
import { mediaCommands } from '../media/mediaCommands';
import { SIDES, type Axis } from '../scene/arrange';
import { sceneMessages } from '../scene/messages';
import { CREATABLE, liveElements } from '../scene/sceneElement';
import { lookupIn, topmost } from '../scene/tree';
import type { Workspace } from '../session/workspace';
import { MODES } from '../session/workspaceState';
import type { Command } from './command';

const text = sceneMessages.commands;
const AXES: readonly Axis[] = [0, 1, 2];
const MODE_KEYS = { move: 'g', turn: 'r', stretch: 's' } as const;

/** What one can do in a scene. */
export function sceneCommands(workspace: Workspace): readonly Command[] {
  return [...makingCommands(workspace), ...mediaCommands(workspace), ...editCommands(workspace), ...treeCommands(workspace), ...arrangeCommands(workspace), ...constraintCommands(workspace), ...selectCommands(workspace), ...viewCommands(workspace)];
}

function makingCommands(workspace: Workspace): readonly Command[] {
  return CREATABLE.map((kind, index): Command => ({
    id: `add-${kind}`,
    title: messages.tools.add[kind],
    section: 'edit',
    keys: [String(index + 1)],
    run: () => workspace.add(kind),
  }));
}

function editCommands(workspace: Workspace): readonly Command[] {
  const { selection, edits, clipboard } = workspace;
  const isAnySelected = () => selection.ids.length > 0;
  return [
    { id: 'remove', title: text.remove, section: 'edit', keys: ['delete', 'backspace'], isPossible: isAnySelected, run: () => edits.remove(selection.ids) },
    { id: 'duplicate', title: text.duplicate, section: 'edit', keys: ['mod+d'], isPossible: isAnySelected, run: () => edits.duplicate(selection.ids) },
    { id: 'copy', title: text.copy, section: 'edit', keys: ['mod+c'], isPossible: isAnySelected, run: () => void clipboard.copy() },
    { id: 'cut', title: text.cut, section: 'edit', keys: ['mod+x'], isPossible: isAnySelected, run: () => void clipboard.cut() },
    { id: 'paste', title: text.paste, section: 'edit', keys: ['mod+v'], run: () => void clipboard.paste() },
    { id: 'lock', title: text.lock, section: 'edit', keys: ['l'], isPossible: isAnySelected, run: () => workspace.locks.toggle(topmost(workspace.session.document, selection.ids)) },
    { id: 'hide', title: text.hide, section: 'edit', keys: ['h'], isPossible: isAnySelected, run: () => toggleHidden(workspace) },
    {
      id: 'show-all',
      title: text.showAll,
      section: 'edit',
      keys: ['shift+h'],
      isPossible: () => hiddenIds(workspace).length > 0,
      run: () => edits.setHidden(hiddenIds(workspace), false),
    },
  ];
}

function toggleHidden(workspace: Workspace): void {
  const { selection, edits, session } = workspace;
  const ids = topmost(session.document, selection.ids);
  edits.setHidden(ids, ids.some((id) => workspace.element(id)?.hidden === false));
}

function treeCommands({ selection, tree, session }: Workspace): readonly Command[] {
  const isAnySelected = () => selection.ids.length > 0;
  const groups = () => selection.ids.filter((id) => lookupIn(session.document)(id)?.kind === 'group');
  const isInside = () => selection.ids.some((id) => (lookupIn(session.document)(id)?.parent ?? null) !== null);
  const words = outlineMessages.commands;
  return [
    { id: 'group', title: words.group, section: 'edit', keys: ['mod+g'], isPossible: isAnySelected, run: () => void tree.group(selection.ids) },
    { id: 'ungroup', title: words.ungroup, section: 'edit', keys: ['mod+shift+g'], isPossible: () => groups().length > 0, run: () => tree.ungroup(groups()) },
    { id: 'enter-group', title: words.enter, section: 'select', isPossible: () => groups().length === 1, run: () => selection.goInto(groups()[0]) },
    { id: 'tree-up', title: words.up, section: 'edit', keys: ['alt+arrowup'], isPossible: isAnySelected, run: () => void tree.shift(selection.ids, -1) },
    { id: 'tree-down', title: words.down, section: 'edit', keys: ['alt+arrowdown'], isPossible: isAnySelected, run: () => void tree.shift(selection.ids, 1) },
    { id: 'tree-into', title: words.into, section: 'edit', keys: ['alt+arrowright'], isPossible: isAnySelected, run: () => void tree.into(selection.ids) },
    { id: 'tree-out', title: words.out, section: 'edit', keys: ['alt+arrowleft'], isPossible: isInside, run: () => void tree.out(selection.ids) },
  ];
}

const hiddenIds = ({ session }: Workspace) => liveElements(session.document).filter(({ hidden }) => hidden).map(({ id }) => id);

function arrangeCommands({ selection, edits }: Workspace): readonly Command[] {
  const areSelected = (least: number) => () => selection.ids.length >= least;
  const aligning = AXES.flatMap((axis) =>
    SIDES.map((side): Command => ({
      id: `align-${axis}-${side}`,
      title: sceneMessages.several.sides[axis][side],
      section: 'edit',
      isPossible: areSelected(2),
      run: () => edits.align(selection.ids, axis, side),
    })),
  );
  const distributing = AXES.map((axis): Command => ({
    id: `distribute-${axis}`,
    title: sceneMessages.several.distribute[axis],
    section: 'edit',
    isPossible: areSelected(3),
    run: () => edits.distribute(selection.ids, axis),
  }));
  const grounding: Command = { id: 'ground', title: text.ground, section: 'edit', isPossible: areSelected(1), run: () => edits.ground(selection.ids) };
  return [...aligning, ...distributing, grounding];
}

function selectCommands(workspace: Workspace): readonly Command[] {
  const { selection, store } = workspace;
  return [
    { id: 'select-all', title: text.all, section: 'select', keys: ['mod+a'], run: () => selection.all() },
    { id: 'select-none', title: text.none, section: 'select', keys: ['escape'], run: () => letGo(workspace) },
    { id: 'gather', title: text.gather, section: 'select', keys: ['b'], run: () => store.setState(({ gathering }) => ({ gathering: !gathering })) },
  ];
}

/** What is in the hand goes back first, then one goes out of a group; only a free hand at the top deselects. */
function letGo({ dragging, selection }: Workspace): void {
  if (dragging.isOn) dragging.cancel();
  else if (!selection.leave()) selection.set([]);
}

function viewCommands(workspace: Workspace): readonly Command[] {
  const { store } = workspace;
  return [
    { id: 'fit', title: text.fit, section: 'view', keys: ['f'], run: () => workspace.view?.showEverything() },
    ...MODES.map((mode): Command => ({ id: `mode-${mode}`, title: text.modes[mode], section: 'view', keys: [MODE_KEYS[mode]], run: () => workspace.setMode(mode) })),
    { id: 'snapping', title: text.snapping, section: 'view', keys: ['n'], run: () => store.setState(({ snapping }) => ({ snapping: !snapping })) },
    { id: 'objects', title: text.list, section: 'view', run: () => store.setState(({ objectsOpen }) => ({ objectsOpen: !objectsOpen })) },
  ];
}
