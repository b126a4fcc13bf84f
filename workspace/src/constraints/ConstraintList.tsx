import { useDocument } from '../session/WorkspaceContext';
import { liveConstraints } from './constraint';
import { ConstraintItem } from './ConstraintItem';
import { constraintMessages as text } from './messages';

/** More are no help to anybody; how many there are besides is told. */
const MOST_LISTED = 200;

/** Everything that is to hold in the scene; nothing where nobody wants anything. */
export function ConstraintList({ reachable }: { readonly reachable: boolean }) {
  const constraints = liveConstraints(useDocument());
  if (constraints.length === 0) return null;
  const more = constraints.length - MOST_LISTED;
  return (
    <section className="constraints" aria-label={text.title} data-testid="constraints">
      <h3>
        {text.title} <span className="count">{constraints.length}</span>
      </h3>
      <ul>
        {constraints.slice(0, MOST_LISTED).map((constraint) => (
          <ConstraintItem key={constraint.id} constraint={constraint} reachable={reachable} />
        ))}
      </ul>
      {more > 0 && <p className="panel-empty">{text.more(more)}</p>}
    </section>
  );
}
