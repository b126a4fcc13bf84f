import { useState } from 'react';
import { relativeTime } from '../app/messages';
import { useDocument, useWorkspace } from '../session/WorkspaceContext';
import { changeText } from '../session/wording';
import { Button, IconButton } from '../ui/Button';
import { Spinner } from '../ui/Spinner';
import { doneTo, writtenOf } from './blame';
import { blameMessages } from './blameMessages';
import { whoDid } from './changeWords';
import { lookBack } from './lookBack';
import { historyMessages } from './messages';
import { useElementHistory } from './useElementHistory';
import '../styles/blame.css';

const text = blameMessages;
/** So many changes are shown at first, and with each further wish. */
const SHOWN = 30;

/** Who wrote what of an element, and everything that was done to it; each leads to how it was then. */
export function ElementHistory({ id }: { readonly id: string }) {
  const workspace = useWorkspace();
  const document = useDocument();
  const element = document.elements.get(id);
  const revision = workspace.isPast ? document.revision : undefined;
  const reading = useElementHistory(workspace.session, id, revision, element);
  const [most, setMost] = useState(SHOWN);
  if (reading.status === 'reading') return <Spinner label={text.reading} />;
  if (reading.status === 'failed') {
    return (
      <p className="field-error" role="alert">
        {text.failed}: {reading.reason}
      </p>
    );
  }
  const changes = reading.changes.filter((change) => revision === undefined || change.revision <= revision);
  return (
    <div className="element-history" data-testid="element-history">
      <section aria-labelledby="blame-title">
        <h3 id="blame-title">{text.lastWriters}</h3>
        <ul className="blame-list" data-testid="blame">
          {writtenOf(reading.cells, element).map(({ key, label, value, by }) => (
            <li key={key} className="blame-row" data-testid="blame-row" data-cell={key.trim()} data-revision={by.revision}>
              <span className="blame-what">
                <strong>{label}</strong>
                {value !== undefined && <span>{value}</span>}
              </span>
              <By userId={by.userId} name={by.name} at={by.at} />
              <IconButton
                icon="previous"
                label={text.before(label)}
                hint="none"
                title={text.before(label)}
                className="icon-button-small"
                onClick={() => lookBack(workspace, by.revision - 1)}
                data-testid="blame-before"
              />
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="changes-title">
        <h3 id="changes-title">{text.changes}</h3>
        <ol className="blame-list" data-testid="element-changes" data-count={changes.length}>
          {changes.slice(0, most).map((change) => {
            const words = changeText(document, doneTo(id, change));
            return (
              <li key={change.revision}>
                <button
                  type="button"
                  className="blame-change"
                  aria-label={text.look(words)}
                  aria-current={revision === change.revision}
                  onClick={() => lookBack(workspace, change.revision)}
                  data-testid="element-change"
                  data-revision={change.revision}
                >
                  <span>{words}</span>
                  <By userId={change.userId} name={undefined} at={change.at} />
                </button>
              </li>
            );
          })}
        </ol>
        {changes.length > most && <Button onClick={() => setMost(most + SHOWN)}>{text.more}</Button>}
      </section>
    </div>
  );
}

/** Who, and how long ago. */
export function By({ userId, name, at }: { readonly userId: string; readonly name: string | undefined; readonly at: string }) {
  const workspace = useWorkspace();
  const who = whoDid(workspace, userId, name);
  const isSelf = userId === workspace.session.self?.userId;
  return (
    <span className="blame-by" title={new Date(at).toLocaleString()}>
      <i className="timeline-dot" style={{ background: who.color }} />
      {text.by(isSelf ? historyMessages.you : who.name, relativeTime(Date.parse(at), Date.now()))}
    </span>
  );
}
