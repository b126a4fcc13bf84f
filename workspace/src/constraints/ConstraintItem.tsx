import { useDocument, useWorkspace } from '../session/WorkspaceContext';
import { NumberField } from '../ui/Field';
import { Icon } from '../ui/Icon';
import { measure, type Constraint } from './constraint';
import { removeConstraint, satisfy, selectElements, setWanted } from './constraintEdits';
import { aboutText, kindText, measureText } from './constraintWords';
import { ConstraintIcon } from './ConstraintIcon';
import { constraintMessages as text } from './messages';

/** A constraint as a line of a list: what it wants, how it is, and what one can do about it. */
export function ConstraintItem({ constraint, reachable = true }: { readonly constraint: Constraint; readonly reachable?: boolean }) {
  const workspace = useWorkspace();
  const document = useDocument();
  const { id, kind, value } = constraint;
  const now = measure(document, constraint);
  const about = aboutText(document, constraint);
  const what = `${kindText(constraint)}, ${about}`;
  const tabIndex = reachable ? 0 : -1;
  return (
    <li
      className="constraint"
      data-testid="constraint"
      data-constraint-id={id}
      data-kind={kind}
      data-refs={constraint.refs.join(' ')}
      data-value={value}
      data-measured={now?.measured.toFixed(3)}
      data-holds={now?.holds}
    >
      <button type="button" className="constraint-main" aria-label={text.select(what)} tabIndex={tabIndex} onClick={() => selectElements(workspace, constraint)} data-testid="constraint-select">
        <ConstraintIcon kind={kind} />
        <span className="constraint-text">
          <strong>{about}</strong>
          <span>
            {kindText(constraint)}
            {now && <em data-holds={now.holds}> · {measureText(constraint, now)}</em>}
          </span>
        </span>
      </button>
      <span className="constraint-tools">
        {kind === 'distance' && (
          <NumberField
            label={text.wanted(what)}
            prefix={<i>m</i>}
            value={value ?? now?.measured ?? 0}
            step={0.1}
            onCommit={(metres) => setWanted(workspace, constraint, metres)}
            disabled={!reachable}
            testId="constraint-value"
          />
        )}
        {now && !now.holds && (
          <button type="button" className="constraint-button" aria-label={text.satisfy(what)} title={text.satisfy(what)} tabIndex={tabIndex} onClick={() => satisfy(workspace, constraint)} data-testid="constraint-satisfy">
            <Icon name="check" size={18} />
          </button>
        )}
        <button type="button" className="constraint-button" aria-label={text.remove(what)} title={text.remove(what)} tabIndex={tabIndex} onClick={() => removeConstraint(workspace, constraint)} data-testid="constraint-delete">
          <Icon name="trash" size={18} />
        </button>
      </span>
    </li>
  );
}
