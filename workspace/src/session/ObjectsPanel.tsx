import { useEffect, useRef, useState, type RefObject } from 'react';
import { messages } from '../app/messages';
import { ConstraintList } from '../constraints/ConstraintList';
import { useCommandCentre } from '../commands/commandCentre';
import { deletedElements } from '../history/deleted';
import { historyMessages } from '../history/messages';
import { outlineMessages } from '../outline/messages';
import { Outline } from '../outline/Outline';
import { GroupButtons, OutlineFilter } from '../outline/OutlinePanelTools';
import { IconButton } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { useDocument, useLiveElements, useWorkspace, useWorkspaceState } from './WorkspaceContext';

const text = messages.objects;
/** So few are seen at a glance. */
const FEW = 12;
/** Where it stands at the left of the scene; else it is a sheet from below. */
const BESIDE = window.matchMedia('(min-width: 721px)');

/** Everything in the scene as a tree, and what is to hold between its elements. Closed, it stays readable for assistive technology. */
export function ObjectsPanel() {
  const workspace = useWorkspace();
  const elements = useLiveElements();
  const open = useWorkspaceState((state) => state.objectsOpen);
  const [filter, setFilter] = useState('');
  const panel = useRef<HTMLElement>(null);
  useCovering(panel, open);
  const many = elements.length > FEW;
  return (
    <aside ref={panel} className={open ? 'panel objects' : 'panel objects visually-hidden'} aria-label={text.title} data-testid="objects-panel" data-open={open}>
      <div className="panel-head">
        <h2>{text.title}</h2>
        <span className="count" data-testid="object-count">
          {elements.length}
        </span>
        <GroupButtons reachable={open} />
        <IconButton icon="close" label={text.close} hint="none" className="icon-button-small" tabIndex={open ? 0 : -1} onClick={() => workspace.store.setState({ objectsOpen: false })} />
      </div>
      {(many || filter !== '') && <OutlineFilter value={filter} reachable={open} onChange={setFilter} />}
      <Outline filter={filter} open={open} />
      {elements.length === 0 ? <p className="panel-empty">{text.empty}</p> : filter !== '' && <p className="panel-empty outline-no-match">{outlineMessages.noMatch}</p>}
      <ConstraintList reachable={open} />
      {!workspace.isPast && <DeletedButton reachable={open} />}
    </aside>
  );
}

/** The way to what was deleted; not there where nothing was. */
function DeletedButton({ reachable }: { readonly reachable: boolean }) {
  const centre = useCommandCentre();
  const { length } = deletedElements(useDocument());
  if (length === 0) return null;
  return (
    <button type="button" className="deleted-button" tabIndex={reachable ? 0 : -1} onClick={() => centre.setState({ open: 'deleted' })} data-testid="deleted-open">
      <Icon name="trash" size={16} />
      <span>{historyMessages.deleted(length)}</span>
    </button>
  );
}

/** Names in the scene stay beside the open panel. */
function useCovering(panel: RefObject<HTMLElement | null>, open: boolean): void {
  const workspace = useWorkspace();
  useEffect(() => {
    if (!open) return undefined;
    const look = () => workspace.coverLeft(BESIDE.matches ? (panel.current?.getBoundingClientRect().right ?? 0) : 0);
    look();
    BESIDE.addEventListener('change', look);
    return () => {
      BESIDE.removeEventListener('change', look);
      workspace.coverLeft(0);
    };
  }, [workspace, panel, open]);
}
