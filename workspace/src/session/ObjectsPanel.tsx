import { memo, type MouseEvent } from 'react';
import { messages } from '../app/messages';
import { Padlock, useHeld } from '../locks/LockState';
import type { Selector } from '../presence/remoteState';
import { sceneMessages } from '../scene/messages';
import { liveElements, type SceneElement } from '../scene/sceneElement';
import { gathers } from '../scene/useMarquee';
import { IconButton } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { ToolIcon } from './ToolIcon';
import { nameOf } from './wording';
import { useLiveElements, useWorkspace, useWorkspaceState } from './WorkspaceContext';

const text = messages.objects;
const NARROW = window.matchMedia('(max-width: 720px)');
const NOBODY: readonly Selector[] = [];

/** Everything in the scene as a list. Closed, it stays readable for assistive technology. */
export function ObjectsPanel() {
  const workspace = useWorkspace();
  const elements = useLiveElements();
  const open = useWorkspaceState((state) => state.objectsOpen);
  return (
    <aside className={open ? 'panel objects' : 'panel objects visually-hidden'} aria-label={text.title} data-testid="objects-panel" data-open={open}>
      <div className="panel-head">
        <h2>{text.title}</h2>
        <span className="count" data-testid="object-count">
          {elements.length}
        </span>
        <IconButton icon="close" label={text.close} hint="none" className="icon-button-small" tabIndex={open ? 0 : -1} onClick={() => workspace.store.setState({ objectsOpen: false })} />
      </div>
      <ul className="outline" aria-label={sceneMessages.row.list} data-testid="outline">
        {elements.map((element) => (
          <Row key={element.id} element={element} reachable={open} />
        ))}
      </ul>
      {elements.length === 0 && <p className="panel-empty">{text.empty}</p>}
    </aside>
  );
}

const Row = memo(function Row({ element, reachable }: { readonly element: SceneElement; readonly reachable: boolean }) {
  const { id, kind, elementType, color, position, hidden } = element;
  const workspace = useWorkspace();
  const selected = useWorkspaceState((state) => state.selection.includes(id));
  const selectors = useWorkspaceState((state) => state.selections.get(id)) ?? NOBODY;
  const held = useHeld(id);
  const name = nameOf(element);
  const choose = (event: MouseEvent) => {
    const { selection, store, session } = workspace;
    if (event.shiftKey) selection.addUpTo(id, liveElements(session.document).map((each) => each.id));
    else if (gathers(event, store.getState().gathering)) selection.toggle(id);
    else {
      workspace.select(id);
      // On phones the list and the inspector share one place.
      if (NARROW.matches) store.setState({ objectsOpen: false });
    }
  };
  return (
    <li
      data-element-id={id}
      data-element-type={elementType}
      data-position={position.join(',')}
      data-rotation={element.rotation.join(',')}
      data-scale={element.scale.join(',')}
      data-color={color}
      data-selected={selected}
      data-name={element.name}
      data-text={kind === 'label' ? element.text : undefined}
      data-hidden={hidden}
      data-locked={held.by}
      data-selected-by={selectors.map(({ participantId }) => participantId).join(' ')}
    >
      <button type="button" className="outline-row" aria-pressed={selected} tabIndex={reachable ? 0 : -1} onClick={choose}>
        <span className="outline-icon" style={{ color }}>
          <Icon name={kind} size={18} />
        </span>
        <span className="outline-name">{name}</span>
        <Padlock held={held} />
        {selectors.length > 0 && (
          <span className="outline-people" role="img" aria-label={text.selectedBy(selectors.map((selector) => selector.name).join(', '))}>
            {selectors.slice(0, 3).map((selector) => (
              <i key={selector.participantId} style={{ backgroundColor: selector.color }} />
            ))}
          </span>
        )}
        {hidden && (
          <span className="outline-hidden" role="img" aria-label={sceneMessages.several.hidden}>
            <ToolIcon name="hidden" size={16} />
          </span>
        )}
      </button>
    </li>
  );
});
