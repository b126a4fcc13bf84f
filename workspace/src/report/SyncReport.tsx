import { useState } from 'react';
import { messages } from '../app/messages';
import { useDocument, useRefusedEdits, useWorkspace, useWorkspaceState } from '../session/WorkspaceContext';
import { Button, IconButton } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Icon } from '../ui/Icon';
import { download, exportOf, refusalOf } from './syncReport';

const text = messages.synced;

/** After coming back: how many edits arrived as they were meant, and which did not. Stays until somebody has read it. */
export function SyncReportCard() {
  const workspace = useWorkspace();
  const report = useWorkspaceState((state) => state.report);
  const [open, setOpen] = useState(false);
  if (report === undefined) return null;
  const { sent, conflicted, refused } = report;
  return (
    <>
      <div className="banner report" role="status" data-testid="sync-report" data-sent={sent} data-conflicted={conflicted.length} data-refused={refused.length}>
        <Icon name={refused.length > 0 ? 'warning' : 'split'} />
        <span>{text.summary(sent, conflicted.length, refused.length)}</span>
        <button type="button" className="notice-action" onClick={() => setOpen(true)} data-testid="sync-details">
          {text.details}
        </button>
        <IconButton icon="close" label={messages.dismiss} hint="none" className="icon-button-small" onClick={() => workspace.dismissReport()} data-testid="sync-dismiss" />
      </div>
      {open && <ReportDialog onDismiss={() => setOpen(false)} />}
    </>
  );
}

/** What happened to the edits of the last comeback, and every refused edit that is still kept. */
export function ReportDialog({ onDismiss }: { readonly onDismiss: () => void }) {
  const workspace = useWorkspace();
  const conflicted = useWorkspaceState((state) => state.report?.conflicted) ?? [];
  const edits = useRefusedEdits();
  const document = useDocument();
  const { info } = workspace.session;
  return (
    <Dialog title={conflicted.length > 0 ? text.title : text.keptTitle} onDismiss={onDismiss} testId="report-dialog">
      {conflicted.length > 0 && (
        <section className="report-part">
          <h3>{text.conflictedTitle}</h3>
          <ul className="report-list" data-testid="conflicted-edits">
            {conflicted.map((what, index) => (
              <li key={index}>{what}</li>
            ))}
          </ul>
        </section>
      )}
      {edits.length > 0 && (
        <section className="report-part">
          <h3>{text.refusedTitle}</h3>
          <ul className="report-list" data-testid="refused-edits">
            {edits.map((edit) => {
              const { changeId, what, why } = refusalOf(edit, document, workspace.session.self);
              return (
                <li key={changeId}>
                  {what}
                  <span>{why}</span>
                </li>
              );
            })}
          </ul>
          <p className="field-hint">{text.refusedHint}</p>
        </section>
      )}
      {edits.length + conflicted.length === 0 && <p className="dialog-lead">{text.none}</p>}
      <div className="dialog-actions">
        {edits.length > 0 && (
          <>
            <Button tone="danger" onClick={() => workspace.discardRefused()} data-testid="refused-discard">
              {text.discard}
            </Button>
            <Button icon="download" onClick={() => info && download(exportOf(edits, info, new Date()))} data-testid="refused-download">
              {text.download}
            </Button>
          </>
        )}
        <Button tone="primary" autoFocus onClick={onDismiss}>
          {messages.close}
        </Button>
      </div>
    </Dialog>
  );
}
