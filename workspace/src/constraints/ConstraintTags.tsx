import { useDocument, useWorkspace } from '../session/WorkspaceContext';
import { measure } from './constraint';
import { selectElements } from './constraintEdits';
import { aboutText, kindText, measureText } from './constraintWords';
import { ConstraintIcon } from './ConstraintIcon';
import { drawnConstraints, tagOf } from './drawnConstraints';
import { constraintMessages as text } from './messages';

/** What is to hold, written at its lines in the scene, which moves these tags each frame. */
export function ConstraintTags() {
  const workspace = useWorkspace();
  const document = useDocument();
  return (
    <div className="constraint-tags">
      {drawnConstraints(document).map(({ constraint }) => {
        const now = measure(document, constraint);
        return (
          <button
            key={constraint.id}
            type="button"
            ref={(element) => {
              if (!element) return undefined;
              element.hidden = true;
              workspace.tags.set(tagOf(constraint), element);
              workspace.view?.invalidate();
              return () => {
                workspace.tags.delete(tagOf(constraint));
              };
            }}
            className="constraint-tag"
            aria-label={text.select(`${kindText(constraint)}, ${aboutText(document, constraint)}, ${now?.holds === true ? text.holds : text.differs}`)}
            data-testid="constraint-tag"
            data-constraint-id={constraint.id}
            data-holds={now?.holds}
            tabIndex={-1}
            onClick={() => selectElements(workspace, constraint)}
          >
            <ConstraintIcon kind={constraint.kind} size={14} />
            <span>{now && measureText(constraint, now)}</span>
          </button>
        );
      })}
    </div>
  );
}
