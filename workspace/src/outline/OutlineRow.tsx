import { memo, useEffect, useRef, type CSSProperties, type MouseEvent } from 'react';
import { messages } from '../app/messages';
import { Padlock, useHeld } from '../locks/LockState';
import type { Selector } from '../presence/remoteState';
import { sceneMessages } from '../scene/messages';
import type { SceneElement } from '../scene/sceneElement';
import { ToolIcon } from '../session/ToolIcon';
import { nameOf } from '../session/wording';
import { useWorkspace, useWorkspaceState } from '../session/WorkspaceContext';
import { Icon } from '../ui/Icon';
import type { Drop } from './dropRules';
import { outlineMessages as text } from './messages';

const NOBODY: readonly Selector[] = [];

/** What a row asks the tree for. */
export interface RowActions {
  readonly choose: (id: string, event: MouseEvent) => void;
  readonly fold: (id: string, folded: boolean) => void;
  readonly rename: (id: string | undefined) => void;
}

interface OutlineRowProps {
  readonly element: SceneElement;
  readonly level: number;
  readonly expanded: boolean | undefined;
  readonly place: number;
  readonly siblings: number;
  /** In pixels: rows that are not in the page. */
  readonly spaceAbove: number;
  readonly spaceBelow: number;
  /** Whether Tab leads to it. */
  readonly reachable: boolean;
  readonly renaming: boolean;
  readonly dragged: boolean;
  readonly drop: Drop | undefined;
  readonly actions: RowActions;
}

/** The id of a row in the page. */
export const rowId = (id: string) => `outline-${id}`;

/** One element of the tree: what it is called, who selected it, and what hides or locks it. */
export const OutlineRow = memo(function OutlineRow({ element, level, expanded, place, siblings, spaceAbove, spaceBelow, reachable, renaming, dragged, drop, actions }: OutlineRowProps) {
  const { id, kind, color, hidden } = element;
  const selected = useWorkspaceState((state) => state.selection.includes(id));
  const selectors = useWorkspaceState((state) => state.selections.get(id)) ?? NOBODY;
  const held = useHeld(id);
  const name = nameOf(element);
  const people = selectors.map((selector) => selector.name).join(', ');
  const states = [name, hidden ? sceneMessages.several.hidden : '', held.by === 'nobody' ? '' : heldBy(held), people === '' ? '' : messages.objects.selectedBy(people)];
  return (
    <li
      id={rowId(id)}
      role="treeitem"
      aria-level={level}
      aria-setsize={siblings}
      aria-posinset={place}
      aria-expanded={expanded}
      aria-selected={selected}
      aria-label={states.filter((each) => each !== '').join(', ')}
      tabIndex={reachable ? 0 : -1}
      {...dataOf(element)}
      data-selected={selected}
      data-locked={held.by}
      data-selected-by={selectors.map(({ participantId }) => participantId).join(' ')}
      data-dragged={dragged || undefined}
      data-drop={drop?.line}
      style={{ marginTop: spaceAbove, marginBottom: spaceBelow, '--level': level - 1, '--drop-level': (drop?.level ?? 1) - 1 } as CSSProperties}
    >
      <div className="outline-row" data-testid="outline-row" onClick={(event) => actions.choose(id, event)} onDoubleClick={() => actions.rename(id)}>
        <FoldButton id={id} name={name} expanded={expanded} actions={actions} />
        <span className="outline-icon" style={kind === 'group' ? undefined : { color }} data-group={kind === 'group' || undefined}>
          <Icon name={kind} size={18} />
        </span>
        {renaming ? <NameField element={element} onDone={() => actions.rename(undefined)} /> : <span className="outline-name">{name}</span>}
        {selectors.length > 0 && (
          <span className="outline-people">
            {selectors.slice(0, 3).map((selector) => (
              <i key={selector.participantId} style={{ backgroundColor: selector.color }} />
            ))}
          </span>
        )}
        {!renaming && <RowButtons element={element} name={name} />}
      </div>
    </li>
  );
});

const heldBy = (held: Exclude<ReturnType<typeof useHeld>, { readonly by: 'nobody' }>) => (held.by === 'another' ? messages.lock.by(held.name) : messages.lock.byYou);

function dataOf(element: SceneElement) {
  const { id, kind, elementType, parent, name, text: says, color, position, rotation, scale, hidden } = element;
  return {
    'data-element-id': id,
    'data-element-type': elementType,
    'data-parent': parent ?? '',
    'data-position': position.join(','),
    'data-rotation': rotation.join(','),
    'data-scale': scale.join(','),
    'data-color': color,
    'data-name': name,
    'data-text': kind === 'label' ? says : undefined,
    'data-hidden': hidden,
  };
}

function FoldButton({ id, name, expanded, actions }: { readonly id: string; readonly name: string; readonly expanded: boolean | undefined; readonly actions: RowActions }) {
  if (expanded === undefined) return <span className="outline-fold" aria-hidden="true" />;
  return (
    <button
      type="button"
      className="outline-fold"
      tabIndex={-1}
      aria-label={expanded ? text.collapse(name) : text.expand(name)}
      data-expanded={expanded}
      data-testid="row-fold"
      onClick={(event) => {
        event.stopPropagation();
        actions.fold(id, expanded);
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <Icon name="chevron" size={16} />
    </button>
  );
}

/** Hides and locks the row's element alone, whatever is selected. */
function RowButtons({ element, name }: { readonly element: SceneElement; readonly name: string }) {
  const { id, hidden } = element;
  const workspace = useWorkspace();
  const held = useHeld(id);
  const press = (run: () => void) => (event: MouseEvent) => {
    event.stopPropagation();
    run();
  };
  return (
    <span className="outline-buttons" onDoubleClick={(event) => event.stopPropagation()}>
      {held.by === 'another' || held.by === 'my-other-window' ? (
        <Padlock held={held} />
      ) : (
        <button
          type="button"
          className="outline-button"
          tabIndex={-1}
          aria-label={held.by === 'me' ? text.unlock(name) : text.lock(name)}
          aria-pressed={held.by === 'me'}
          data-testid="row-lock"
          onClick={press(() => workspace.toggleLock(id))}
        >
          {held.by === 'me' ? <Padlock held={held} /> : <Icon name="unlock" size={16} />}
        </button>
      )}
      <button
        type="button"
        className="outline-button"
        tabIndex={-1}
        aria-label={hidden ? text.show(name) : text.hide(name)}
        aria-pressed={hidden}
        data-testid="row-hide"
        onClick={press(() => workspace.edits.setHidden([id], !hidden))}
      >
        {hidden ? <ToolIcon name="hidden" size={16} /> : <Icon name="eye" size={16} />}
      </button>
    </span>
  );
}

/** The name being written; Enter keeps it, Escape does not. */
function NameField({ element, onDone }: { readonly element: SceneElement; readonly onDone: () => void }) {
  const workspace = useWorkspace();
  const field = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  const { id } = element;
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
    workspace.setEditing({ id, property: 'name' });
    return () => workspace.setEditing(undefined);
  }, [workspace, id]);
  const finish = (keep: boolean) => {
    if (done.current) return;
    done.current = true;
    if (keep && field.current) workspace.edits.rename(id, field.current.value);
    onDone();
  };
  return (
    <input
      ref={field}
      className="outline-field"
      defaultValue={element.name}
      maxLength={120}
      autoComplete="off"
      aria-label={text.rename(nameOf(element))}
      data-testid="row-name"
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter' || event.key === 'Escape') {
          event.preventDefault();
          finish(event.key === 'Enter');
        }
      }}
    />
  );
}
