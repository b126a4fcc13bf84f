import type { ElementView } from '@chorale/client';
import { readBlame, type Writer } from '@chorale/client/history';
import { useEffect, useState } from 'react';
import { callerFor } from '../account/caller';
import { relativeTime } from '../app/messages';
import { kindOf } from '../scene/sceneElement';
import { elementName } from '../session/wording';
import { useDocument, useWorkspace } from '../session/WorkspaceContext';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Icon } from '../ui/Icon';
import { blameMessages } from './blameMessages';
import { whoDid } from './changeWords';
import { deletedElements } from './deleted';
import { lookBack } from './lookBack';
import { historyMessages } from './messages';
import '../styles/blame.css';
import '../styles/history.css';

const text = blameMessages;
/** Of so many is told who deleted them. */
const MOST_TOLD = 60;

/** What was deleted, and the way back. */
export function DeletedDialog({ onClose }: { readonly onClose: () => void }) {
  const deleted = deletedElements(useDocument());
  const tellers = useDeleters(deleted);
  const newestFirst = [...deleted].sort((a, b) => (tellers.get(b.id)?.revision ?? 0) - (tellers.get(a.id)?.revision ?? 0));
  return (
    <Dialog title={text.deletedTitle} onDismiss={onClose} testId="deleted-dialog" className="history">
      <p className="dialog-lead">{deleted.length === 0 ? text.none : text.deletedLead}</p>
      <ul className="deleted-list" data-testid="deleted" data-count={deleted.length} tabIndex={deleted.length > 5 ? 0 : undefined}>
        {newestFirst.map((element) => (
          <DeletedRow key={element.id} element={element} by={tellers.get(element.id)} onClose={onClose} />
        ))}
      </ul>
      <div className="dialog-actions">
        <Button onClick={onClose} data-testid="deleted-close">
          {text.close}
        </Button>
      </div>
    </Dialog>
  );
}

interface RowProps {
  readonly element: ElementView;
  readonly by: Writer | undefined;
  readonly onClose: () => void;
}

function DeletedRow({ element: { id, elementType }, by, onClose }: RowProps) {
  const workspace = useWorkspace();
  const name = elementName(useDocument(), id);
  const who = by && (by.userId === workspace.session.self?.userId ? historyMessages.you : whoDid(workspace, by.userId, by.name).name);
  return (
    <li className="deleted-row" data-testid="deleted-row" data-element-id={id}>
      <Icon name={kindOf(elementType)} />
      <span className="deleted-what">
        <strong>{name}</strong>
        {by && who !== undefined && <span className="blame-by">{text.deletedBy(who, relativeTime(Date.parse(by.at), Date.now()))}</span>}
      </span>
      {by && (
        <Button
          icon="play"
          onClick={() => {
            onClose();
            lookBack(workspace, by.revision - 1);
          }}
          data-testid="deleted-look"
        >
          {text.lookBefore}
        </Button>
      )}
      <Button
        icon="undo"
        aria-label={text.bringBackLabel(name)}
        onClick={() => {
          if (workspace.edit([{ op: 'restore', id }]) !== undefined) workspace.select(id);
        }}
        data-testid="deleted-restore"
      >
        {text.bringBack}
      </Button>
    </li>
  );
}

/** Who deleted what, by element; asked for one after the other, and once. */
function useDeleters(deleted: readonly ElementView[]): ReadonlyMap<string, Writer> {
  const { sessionId, branch } = useWorkspace().session;
  const [found, setFound] = useState<ReadonlyMap<string, Writer>>(new Map());
  const unknown = deleted.slice(0, MOST_TOLD).find(({ id }) => !found.has(id))?.id;
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (unknown === undefined || failed) return undefined;
    let isGone = false;
    callerFor(sessionId)
      .then((caller) => readBlame(window.location.origin, sessionId, caller, { element: unknown, branch }))
      .then(
        ({ cells }) => {
          const by = cells.find(({ cell }) => cell === 'deleted')?.by;
          if (isGone) return;
          if (by) setFound((known) => new Map(known).set(unknown, by));
          else setFailed(true);
        },
        () => {
          if (!isGone) setFailed(true);
        },
      );
    return () => {
      isGone = true;
    };
  }, [sessionId, branch, unknown, failed]);
  return found;
}
