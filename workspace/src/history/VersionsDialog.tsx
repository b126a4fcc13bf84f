import { createVersion, listVersions, readDiff, type DiffPage, type Version } from '@chorale/client/history';
import { useEffect, useState, type FormEvent } from 'react';
import { callerFor } from '../account/caller';
import { messages, relativeTime } from '../app/messages';
import { useDocument, useSessionKind, useWorkspace } from '../session/WorkspaceContext';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { TextField } from '../ui/Field';
import { Spinner } from '../ui/Spinner';
import { compareWith } from './compare';
import { byElement } from './differences';
import { goBack, reasonOf } from './goBack';
import { lookBack } from './lookBack';
import { historyMessages } from './messages';
import '../styles/history.css';

const text = historyMessages;
const PAGE = 50;
/** So many differences are read and shown, at most. */
const MOST_DIFFERENCES = 500;
/** As long as a version's name may be. */
const NAME_LENGTH = 120;

type Shown = { readonly view: 'list' } | { readonly view: 'diff'; readonly version: Version };

interface Versions {
  readonly all: readonly Version[];
  readonly nextCursor: string | undefined;
  readonly status: 'reading' | 'read' | 'failed';
}

/** The session's named revisions: to name one more, to see what changed since, and to go back. */
export function VersionsDialog({ onClose }: { readonly onClose: () => void }) {
  const [shown, setShown] = useState<Shown>({ view: 'list' });
  return (
    <Dialog title={text.title} onDismiss={onClose} testId="versions-dialog" className="history">
      {shown.view === 'list' ? (
        <VersionList onCompare={(version) => setShown({ view: 'diff', version })} onClose={onClose} />
      ) : (
        <DiffView version={shown.version} onClose={onClose} onBack={() => setShown({ view: 'list' })} />
      )}
    </Dialog>
  );
}

function useVersions(): { readonly versions: Versions; readonly more: () => void; readonly add: (version: Version) => void } {
  const { session } = useWorkspace();
  const { sessionId } = session;
  const [versions, setVersions] = useState<Versions>({ all: [], nextCursor: undefined, status: 'reading' });
  const [cursor, setCursor] = useState<string>();
  useEffect(() => {
    let gone = false;
    readVersions(sessionId, cursor).then(
      ({ versions: page, nextCursor }) => {
        if (!gone) setVersions(({ all }) => ({ all: merged(all, page), nextCursor, status: 'read' }));
      },
      () => {
        if (!gone) setVersions((before) => ({ ...before, status: 'failed' }));
      },
    );
    return () => {
      gone = true;
    };
  }, [sessionId, cursor]);
  return {
    versions,
    more: () => setCursor(versions.nextCursor),
    add: (version) => setVersions((before) => ({ ...before, all: merged([version], before.all) })),
  };
}

async function readVersions(sessionId: string, cursor: string | undefined) {
  const caller = await callerFor(sessionId);
  return listVersions(window.location.origin, sessionId, caller, { limit: PAGE, ...(cursor !== undefined && { cursor }) });
}

function merged(first: readonly Version[], second: readonly Version[]): readonly Version[] {
  const known = new Set(first.map(({ versionId }) => versionId));
  return [...first, ...second.filter(({ versionId }) => !known.has(versionId))];
}

interface ListProps {
  readonly onCompare: (version: Version) => void;
  readonly onClose: () => void;
}

function VersionList({ onCompare, onClose }: ListProps) {
  const { versions, more, add } = useVersions();
  const [asked, setAsked] = useState<string>();
  const { all, nextCursor, status } = versions;
  return (
    <>
      <p className="dialog-lead">{text.lead}</p>
      <KeepForm onKept={add} />
      {status === 'failed' && (
        <p className="field-error" role="alert">
          {text.failed}
        </p>
      )}
      {status === 'reading' && <Spinner label={text.loading} />}
      {status === 'read' && all.length === 0 && <p className="field-hint">{text.none}</p>}
      <ul className="history-list" data-testid="versions" data-count={all.length}>
        {all.map((version) => (
          <VersionRow
            key={version.versionId}
            version={version}
            asked={asked === version.versionId}
            onAsk={(ask) => setAsked(ask ? version.versionId : undefined)}
            onCompare={() => onCompare(version)}
            onGone={onClose}
          />
        ))}
      </ul>
      {nextCursor !== undefined && (
        <Button onClick={more} data-testid="versions-more">
          {text.more}
        </Button>
      )}
      <div className="dialog-actions">
        <Button onClick={onClose} data-testid="versions-close">
          {messages.close}
        </Button>
      </div>
    </>
  );
}

function KeepForm({ onKept }: { readonly onKept: (version: Version) => void }) {
  const workspace = useWorkspace();
  const [name, setName] = useState('');
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || name.trim() === '') return;
    setBusy(true);
    const { sessionId, branch } = workspace.session;
    try {
      const version = await createVersion(window.location.origin, sessionId, await callerFor(sessionId), { name, branch });
      onKept(version);
      setName('');
      setFailure(undefined);
    } catch (reason) {
      setFailure(reasonOf(reason));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="history-keep" onSubmit={(event) => void submit(event)} noValidate>
      <TextField
        label={text.name}
        placeholder={text.placeholder}
        value={name}
        maxLength={NAME_LENGTH}
        error={failure}
        onChange={(event) => {
          setName(event.target.value);
          setFailure(undefined);
        }}
        data-testid="version-name"
      />
      <Button type="submit" tone="primary" disabled={name.trim() === '' || busy} data-testid="version-keep">
        {text.keep}
      </Button>
    </form>
  );
}

interface RowProps {
  readonly version: Version;
  /** Whether one is being asked if one means it. */
  readonly asked: boolean;
  readonly onAsk: (ask: boolean) => void;
  readonly onCompare: () => void;
  readonly onGone: () => void;
}

function VersionRow({ version, asked, onAsk, onCompare, onGone }: RowProps) {
  const workspace = useWorkspace();
  const [failure, setFailure] = useState<string>();
  const { name, description, author, createdAt, revision, versionId } = version;
  // The timeline is that of the branch that one is on.
  const isHere = version.branch === workspace.session.branch;
  const who = author.userId === workspace.session.self?.userId ? text.you : author.name;
  const confirm = async () => {
    try {
      await goBack(workspace, versionId, name);
      onGone();
    } catch (reason) {
      setFailure(reasonOf(reason));
    }
  };
  return (
    <li className="history-row" data-testid="version" data-version-id={versionId} data-revision={revision}>
      <div className="history-what">
        <strong>{name}</strong>
        {description !== undefined && <p>{description}</p>}
        <span title={text.revision(revision)}>{text.by(who, relativeTime(Date.parse(createdAt), Date.now()))}</span>
      </div>
      {!asked && (
        <div className="history-actions">
          {isHere && (
            <Button
              icon="play"
              onClick={() => {
                onGone();
                lookBack(workspace, revision);
              }}
              aria-label={text.lookLabel(name)}
              data-testid="version-look"
            >
              {text.look}
            </Button>
          )}
          <Button onClick={onCompare} aria-label={text.compareLabel(name)} data-testid="version-compare">
            {text.compare}
          </Button>
          <Button icon="undo" onClick={() => onAsk(true)} aria-label={text.goBackLabel(name)} data-testid="version-go-back">
            {text.goBack}
          </Button>
        </div>
      )}
      {asked && (
        <div className="history-ask" role="group" aria-label={text.goBackLabel(name)}>
          <p>{text.sure(name)}</p>
          {failure !== undefined && (
            <p className="field-error" role="alert">
              {failure}
            </p>
          )}
          <div className="history-actions">
            <Button onClick={() => onAsk(false)} autoFocus data-testid="version-cancel">
              {text.cancel}
            </Button>
            <Button tone="primary" onClick={() => void confirm()} data-testid="version-confirm">
              {text.confirm}
            </Button>
          </div>
        </div>
      )}
    </li>
  );
}

type Reading = { readonly status: 'reading' } | { readonly status: 'failed'; readonly reason: string } | { readonly status: 'read'; readonly page: DiffPage };

function DiffView({ version, onBack, onClose }: { readonly version: Version; readonly onBack: () => void; readonly onClose: () => void }) {
  const isScene = useSessionKind() === 'scene';
  const workspace = useWorkspace();
  const { sessionId, branch } = workspace.session;
  const [reading, setReading] = useState<Reading>({ status: 'reading' });
  const { versionId } = version;
  useEffect(() => {
    let gone = false;
    const read = (next: Reading) => {
      if (!gone) setReading(next);
    };
    callerFor(sessionId)
      .then((caller) => readDiff(window.location.origin, sessionId, caller, { from: versionId, branch, limit: MOST_DIFFERENCES }))
      .then(
        (page) => read({ status: 'read', page }),
        (failure: unknown) => read({ status: 'failed', reason: reasonOf(failure) }),
      );
    return () => {
      gone = true;
    };
  }, [sessionId, branch, versionId]);
  return (
    <>
      {reading.status === 'reading' && <Spinner label={text.comparing} />}
      {reading.status === 'failed' && (
        <p className="field-error" role="alert">
          {reading.reason}
        </p>
      )}
      {reading.status === 'read' && <Differences version={version} page={reading.page} />}
      <div className="dialog-actions">
        <Button onClick={onBack} autoFocus data-testid="versions-back">
          {text.back}
        </Button>
        {isScene && (
          <Button
            tone="primary"
            onClick={() => {
              compareWith(workspace, { from: versionId, name: text.quoted(version.name) });
              onClose();
            }}
            data-testid="versions-in-scene"
          >
            {text.inScene}
          </Button>
        )}
      </div>
    </>
  );
}

function Differences({ version, page }: { readonly version: Version; readonly page: DiffPage }) {
  const workspace = useWorkspace();
  const changed = byElement(page.differences, useDocument());
  return (
    <section className="report-part" aria-live="polite">
      <h3 data-testid="diff-summary">{text.since(version.name, changed.length)}</h3>
      <ul className="report-list" data-testid="differences" data-count={changed.length}>
        {changed.map(({ element, title, what, userId }) => (
          <li key={element} data-element-id={element}>
            <strong>
              {title}
              {userId !== undefined && <em>{userId === workspace.session.self?.userId ? text.you : workspace.acquaintance(userId).name}</em>}
            </strong>
            {what.map((line) => (
              <span key={line}>{line}</span>
            ))}
          </li>
        ))}
      </ul>
      {page.nextCursor !== undefined && <p className="field-hint">{text.cut}</p>}
    </section>
  );
}
