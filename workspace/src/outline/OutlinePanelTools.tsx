import { lookupIn } from '../scene/tree';
import { ToolIcon } from '../session/ToolIcon';
import { useMayEdit } from '../sharing/useRights';
import { useDocument, useWorkspace, useWorkspaceState } from '../session/WorkspaceContext';
import { Icon } from '../ui/Icon';
import { outlineMessages as text } from './messages';

/** Finds objects by their name. */
export function OutlineFilter({ value, reachable, onChange }: { readonly value: string; readonly reachable: boolean; readonly onChange: (value: string) => void }) {
  return (
    <div className="outline-filter">
      <Icon name="search" size={16} />
      <input
        type="search"
        value={value}
        placeholder={text.filter}
        aria-label={text.filter}
        autoComplete="off"
        tabIndex={reachable ? 0 : -1}
        data-testid="outline-filter"
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value === '') return;
          event.stopPropagation();
          onChange('');
        }}
      />
    </div>
  );
}

/** Makes groups, and takes them apart. */
export function GroupButtons({ reachable }: { readonly reachable: boolean }) {
  const workspace = useWorkspace();
  const selection = useWorkspaceState((state) => state.selection);
  const lookup = lookupIn(useDocument());
  const mayEdit = useMayEdit();
  const isGroup = selection.some((id) => lookup(id)?.kind === 'group');
  const buttons = [
    { icon: 'group', label: text.group, keys: 'Control+G Meta+G', disabled: !mayEdit || selection.length === 0, run: () => workspace.tree.group(selection) },
    { icon: 'ungroup', label: text.ungroup, keys: 'Control+Shift+G Meta+Shift+G', disabled: !mayEdit || !isGroup, run: () => workspace.tree.ungroup(selection) },
  ] as const;
  return (
    <span className="outline-tools">
      {buttons.map(({ icon, label, keys, disabled, run }) => (
        <button
          key={icon}
          type="button"
          className="icon-button icon-button-small"
          aria-label={label}
          title={label}
          aria-keyshortcuts={keys}
          disabled={disabled}
          tabIndex={reachable ? 0 : -1}
          data-testid={icon}
          onClick={run}
        >
          <ToolIcon name={icon} size={18} />
        </button>
      ))}
    </span>
  );
}
