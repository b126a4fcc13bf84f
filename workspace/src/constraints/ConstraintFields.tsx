import type { SceneElement } from '../scene/sceneElement';
import { useDocument, useWorkspace } from '../session/WorkspaceContext';
import { liveConstraints } from './constraint';
import { addConstraints, newWishes, wishes, type Wish } from './constraintEdits';
import { ConstraintIcon } from './ConstraintIcon';
import { ConstraintItem } from './ConstraintItem';
import { constraintMessages as text } from './messages';

const AXES = ['X', 'Y', 'Z'] as const;
const MOST_LISTED = 20;

/** What is to hold of the selected elements, and what one could wish of them. */
export function ConstraintFields({ elements }: { readonly elements: readonly SceneElement[] }) {
  const workspace = useWorkspace();
  const document = useDocument();
  const ids = elements.map(({ id }) => id);
  const concerned = liveConstraints(document).filter(({ refs }) => refs.some((id) => ids.includes(id)));
  const wanted = wishes(ids);
  const between = wanted.filter(({ kind }) => kind !== 'ground');
  const grounds = wanted.filter(({ kind }) => kind === 'ground');
  const button = (key: string, label: string, icon: Wish['kind'], these: readonly Wish[], short?: string) => (
    <button
      key={key}
      type="button"
      className="constraint-add"
      aria-label={label}
      title={label}
      disabled={newWishes(workspace, these).length === 0}
      onClick={() => addConstraints(workspace, these)}
      data-testid={`constrain-${key}`}
    >
      <ConstraintIcon kind={icon} />
      {short !== undefined && <span aria-hidden="true">{short}</span>}
    </button>
  );
  return (
    <div className="field" role="group" aria-label={text.title} data-testid="constraint-fields">
      <span className="field-label" aria-hidden="true">
        {text.title}
      </span>
      <div className="constraint-adds">
        {between.map((wish) =>
          wish.kind === 'distance' ? button('distance', text.commands.distance, 'distance', [wish]) : button(`align-${wish.axis}`, text.commands.align[wish.axis], 'align', [wish], AXES[wish.axis]),
        )}
        {button('ground', text.commands.ground, 'ground', grounds, between.length === 0 ? text.kinds.ground : undefined)}
      </div>
      {concerned.length > 0 && (
        <ul className="constraint-list">
          {concerned.slice(0, MOST_LISTED).map((constraint) => (
            <ConstraintItem key={constraint.id} constraint={constraint} />
          ))}
        </ul>
      )}
    </div>
  );
}
