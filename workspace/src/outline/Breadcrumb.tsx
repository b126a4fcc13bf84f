import { ancestorsOf, lookupIn } from '../scene/tree';
import { nameOf } from '../session/wording';
import { useDocument, useWorkspace, useWorkspaceState } from '../session/WorkspaceContext';
import { outlineMessages as text } from './messages';

/** Which group one is in, from the scene inwards; each of them is a way out. */
export function Breadcrumb() {
  const workspace = useWorkspace();
  const document = useDocument();
  const entered = useWorkspaceState((state) => state.entered);
  if (entered === undefined) return null;
  const lookup = lookupIn(document);
  const groups = [entered, ...ancestorsOf(document, entered)].reverse().flatMap((id) => {
    const element = lookup(id);
    return element?.kind === 'group' ? [element] : [];
  });
  const goTo = (id: string | undefined, inner: string | undefined) => {
    workspace.selection.enterGroup(id);
    workspace.selection.set(inner === undefined ? [] : [inner]);
  };
  return (
    <nav className="breadcrumb" aria-label={text.breadcrumb} data-testid="breadcrumb">
      <ol>
        <li>
          <button type="button" onClick={() => goTo(undefined, groups[0]?.id)}>
            {text.scene}
          </button>
        </li>
        {groups.map((group, index) => (
          <li key={group.id}>
            <button type="button" aria-current={group.id === entered ? 'location' : undefined} onClick={() => goTo(group.id, groups[index + 1]?.id)}>
              {nameOf(group)}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
