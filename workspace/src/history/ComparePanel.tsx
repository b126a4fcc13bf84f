import { useEffect, useMemo, type CSSProperties } from 'react';
import { useDocument, useWorkspace, useWorkspaceState } from '../session/WorkspaceContext';
import { IconButton } from '../ui/Button';
import { Spinner } from '../ui/Spinner';
import { whoDid } from './changeWords';
import { compareWith, MARK_COLORS, SIGNS, type Comparing } from './compare';
import { compareMessages } from './compareMessages';
import { byElement, type ElementDifference } from './differences';
import { MARK_KINDS, marksOf, type Mark, type MarkKind } from './marks';
import { historyMessages } from './messages';
import { useComparison, type Comparison } from './useComparison';
import '../styles/compare.css';

const text = compareMessages;
const NONE: readonly Mark[] = [];

/** What differs from an earlier revision, beside the scene that shows where; the session goes on under it. */
export function ComparePanel({ comparing }: { readonly comparing: Comparing }) {
  const workspace = useWorkspace();
  const document = useDocument();
  const comparison = useComparison(workspace.session, comparing.from, document.revision);
  const marks = useMarks(comparison);
  return (
    <aside className="panel compare" aria-label={text.title} data-testid="compare" data-status={comparison.status}>
      <div className="panel-head">
        <h2>{text.title}</h2>
        <IconButton icon="close" label={text.close} hint="none" className="icon-button-small" onClick={() => compareWith(workspace, undefined)} data-testid="compare-close" />
      </div>
      <p className="compare-span">
        {text.since(comparing.name)}, {workspace.isPast ? text.until(document.revision) : text.untilNow}
      </p>
      {comparison.status === 'reading' && <Spinner label={text.reading} />}
      {comparison.status === 'failed' && (
        <p className="field-error compare-span" role="alert">
          {comparison.reason}
        </p>
      )}
      {comparison.status === 'read' && <Changed comparison={comparison} marks={marks} />}
      <Legend />
    </aside>
  );
}

/** Gives the scene what it draws, for as long as one compares. */
function useMarks(comparison: Comparison): readonly Mark[] {
  const { store, session } = useWorkspace();
  // Of the document when the answer came: what is edited after it is compared anew.
  const marks = useMemo(() => (comparison.status === 'read' ? marksOf(comparison.page.differences, comparison.before, session.document) : NONE), [comparison, session]);
  useEffect(() => {
    store.setState({ marks });
    return () => store.setState({ marks: NONE });
  }, [store, marks]);
  return marks;
}

function Changed({ comparison, marks }: { readonly comparison: Extract<Comparison, { status: 'read' }>; readonly marks: readonly Mark[] }) {
  const document = useDocument();
  const { differences, nextCursor } = comparison.page;
  // What is gone is called what it was called.
  const changed = useMemo(() => byElement(differences, document), [differences, document]);
  const byId = new Map(marks.map((mark) => [mark.element, mark]));
  if (changed.length === 0) return <p className="compare-span">{text.none}</p>;
  return (
    <>
      <ul className="compare-list" data-testid="compared" data-count={changed.length}>
        {changed.map((difference) => (
          <Row key={difference.element} difference={difference} mark={byId.get(difference.element)} />
        ))}
      </ul>
      {nextCursor !== undefined && <p className="field-hint compare-span">{text.cut}</p>}
    </>
  );
}

function Row({ difference: { element, title, what, userId }, mark }: { readonly difference: ElementDifference; readonly mark: Mark | undefined }) {
  const workspace = useWorkspace();
  const isSelected = useWorkspaceState((state) => state.selection.includes(element));
  const who = userId === undefined ? undefined : userId === workspace.session.self?.userId ? historyMessages.you : whoDid(workspace, userId).name;
  const show = () => {
    workspace.select(mark?.kind === 'deleted' ? undefined : element);
    if (mark) workspace.view?.show(mark.bounds);
  };
  return (
    <li>
      <button type="button" className="compare-row" aria-pressed={isSelected} title={text.frame(title)} onClick={show} data-testid="compared-element" data-element-id={element} data-kind={mark?.kind}>
        {mark && <Sign kind={mark.kind} />}
        <span className="compare-what">
          <strong>
            {title}
            {who !== undefined && <em>{who}</em>}
          </strong>
          {what.map((line) => (
            <span key={line}>{line}</span>
          ))}
        </span>
      </button>
    </li>
  );
}

function Sign({ kind }: { readonly kind: MarkKind }) {
  return (
    <i className="compare-sign" style={{ '--mark': MARK_COLORS[kind] } as CSSProperties}>
      {SIGNS[kind]}
    </i>
  );
}

function Legend() {
  return (
    <ul className="compare-legend" aria-label={text.legend} data-testid="compare-legend">
      {MARK_KINDS.map((kind) => (
        <li key={kind}>
          <Sign kind={kind} />
          {text.kind[kind]}
        </li>
      ))}
    </ul>
  );
}
