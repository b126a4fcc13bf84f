import {
  commentMergeRequest,
  decideMergeConflicts,
  listMergeComments,
  mergeMergeRequest,
  readMergeConflicts,
  readMergeDiff,
  readMergeRequest,
  reviewMergeRequest,
  undoChange,
  updateMergeRequest,
  type MergeComment,
  type MergeConflict,
  type MergeDecision,
  type MergeDiff,
  type MergeRequest,
  type Verdict,
} from '@chorale/client/history';
import { useEffect, useRef, useState } from 'react';
import type { Caller, DocumentView } from '@chorale/client';
import { relativeTime } from '../app/messages';
import { whyNot } from '../branches/problemWords';
import { useLookingAgain, useNews } from '../branches/useBranches';
import { byElement } from '../history/differences';
import { Avatar } from '../presence/Avatar';
import { useDocument, useSelfUser, useWorkspace } from '../session/WorkspaceContext';
import type { Workspace } from '../session/workspace';
import { actorIn } from '../sharing/manage';
import { Failure, Read } from '../sharing/Parts';
import { useManaged, useReading, type Managed } from '../sharing/useManaged';
import { useMay } from '../sharing/useRights';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { blockersOf } from './blockers';
import { ConflictCards } from './ConflictCards';
import { cellKey, lapsedChoices } from './conflictWords';
import { proposalWords as text } from './messages';
import { named } from './named';
import { StatusPill, Way } from './ProposalParts';

const MOST_DIFFERENCES = 500;
const MOST_COMMENTS = 200;
const COMMENT_LENGTH = 2000;

interface Details {
  readonly conflicts: readonly MergeConflict[];
  readonly diff: MergeDiff;
  readonly comments: readonly MergeComment[];
}

interface PageProps {
  readonly id: string;
  readonly onBack: () => void;
  readonly onClose: () => void;
}

/** One proposal: what it is about, what is in its way, and everything that can be done about it. */
export function ProposalPage({ id, onBack, onClose }: PageProps) {
  const { reading, again } = useReading((caller, sessionId) => readMergeRequest(window.location.origin, sessionId, caller, id));
  useNews(['mergeRequest', 'branch', 'changes'], again);
  useLookingAgain(again);
  return (
    <>
      <Read reading={reading} again={again}>
        {(request) => <Proposal request={request} again={again} onBack={onBack} onClose={onClose} />}
      </Read>
      {reading.status !== 'read' && (
        <div className="dialog-actions">
          <Button onClick={onBack}>{text.back}</Button>
        </div>
      )}
    </>
  );
}

interface ProposalProps {
  readonly request: MergeRequest;
  readonly again: () => void;
  readonly onBack: () => void;
  readonly onClose: () => void;
}

function Proposal({ request, again, onBack, onClose }: ProposalProps) {
  const { details, lapsed, readAgain, take } = useDetails(request);
  const managed = useManaged(whyNot);
  const self = useSelfUser();
  const edits = useMay('EDIT');
  const document = useDocument();
  const isOpen = request.status === 'open';
  const afterwards = () => {
    again();
    readAgain();
  };
  const decide = async (choices: readonly MergeDecision[]) => {
    const done = await managed.run((caller, id) => decideMergeConflicts(window.location.origin, id, caller, request.id, choices));
    if (done) take(done.answer);
    again();
    if (!done) readAgain();
  };
  return (
    <div className="proposal" data-testid="proposal-page" data-status={request.status} data-open-conflicts={request.openConflicts}>
      <Head request={request} />
      <State request={request} />
      <Read reading={details} again={readAgain}>
        {({ conflicts, diff, comments }) => (
          <>
            {isOpen && conflicts.length > 0 && <ConflictCards document={named(document, diff.differences)} request={request} conflicts={conflicts} lapsed={lapsed} disabled={!edits || managed.busy} onDecide={(choices) => void decide(choices)} />}
            <Changes diff={diff} document={named(document, diff.differences)} />
            <Reviewers request={request} />
            <Comments comments={comments} />
          </>
        )}
      </Read>
      {isOpen && <Saying request={request} managed={managed} isAuthor={request.author.userId === self} onSaid={afterwards} />}
      <Failure reason={managed.failure} />
      <Actions request={request} managed={managed} mayEdit={edits} afterwards={afterwards} onBack={onBack} onClose={onClose} />
    </div>
  );
}

/** What belongs to a proposal, read again whenever it is another one; and which choices do not count any more. */
function useDetails({ id, status, head, openConflicts, approvals, reviewers }: MergeRequest) {
  const { reading, again } = useReading((caller, sessionId) => readDetails(sessionId, caller, id));
  const [taken, setTaken] = useState<{ readonly of: Details; readonly conflicts: readonly MergeConflict[] }>();
  const [lapsed, setLapsed] = useState<ReadonlyMap<string, string>>(new Map());
  const before = useRef<readonly MergeConflict[]>([]);
  const signature = JSON.stringify([status, head, openConflicts, approvals, reviewers]);
  const first = useRef(signature);
  useEffect(() => {
    if (first.current !== signature) again();
    first.current = signature;
  }, [signature, again]);
  useNews(['mergeRequest'], again);

  const read = reading.status === 'read' ? reading.value : undefined;
  const conflicts = read && taken?.of === read ? taken.conflicts : read?.conflicts;
  useEffect(() => {
    if (!conflicts) return;
    const gone = lapsedChoices(before.current, conflicts);
    const open = new Set(conflicts.filter(({ choice }) => !choice).map((conflict) => cellKey(conflict)));
    setLapsed((earlier) => new Map([...earlier, ...gone].filter(([key]) => open.has(key))));
    before.current = conflicts;
  }, [conflicts]);
  const details = read && conflicts ? { status: 'read' as const, value: { ...read, conflicts } } : reading;
  return {
    details,
    lapsed,
    readAgain: again,
    /** What the server answered to a decision counts until everything is read again. */
    take: (answered: readonly MergeConflict[]) => {
      if (read) setTaken({ of: read, conflicts: answered });
    },
  };
}

async function readDetails(sessionId: string, caller: Caller, id: string): Promise<Details> {
  const { origin } = window.location;
  const [conflicts, diff, { comments }] = await Promise.all([
    readMergeConflicts(origin, sessionId, caller, id),
    readMergeDiff(origin, sessionId, caller, id, { limit: MOST_DIFFERENCES }),
    listMergeComments(origin, sessionId, caller, id, { limit: MOST_COMMENTS }),
  ]);
  return { conflicts, diff, comments };
}

function Head({ request }: { readonly request: MergeRequest }) {
  const self = useSelfUser();
  const { title, description, author, createdAt } = request;
  const who = author.userId === self ? text.you : author.name;
  return (
    <header className="proposal-head">
      <h3 data-testid="proposal-heading">{title}</h3>
      <div className="proposal-line">
        <StatusPill request={request} />
        <Way request={request} />
        <span className="proposal-note">{text.by(who, relativeTime(Date.parse(createdAt), Date.now()))}</span>
      </div>
      {description !== undefined && <p className="proposal-about">{description}</p>}
    </header>
  );
}

/** How it stands, and what is still in its way. */
function State({ request }: { readonly request: MergeRequest }) {
  const self = useSelfUser();
  const { status, merged, mergeable, differences } = request;
  if (merged) {
    const who = merged.by.userId === self ? text.you : merged.by.name;
    return <Standing tone="good" icon="check" lines={[text.mergedBy(who, relativeTime(Date.parse(merged.at), Date.now()))]} />;
  }
  if (status === 'closed') return <Standing tone="quiet" icon="close" lines={[text.closed]} />;
  if (mergeable) return <Standing tone="good" icon="check" lines={[differences === 0 ? text.readyNothing : text.ready]} />;
  return <Standing tone="warn" icon="warning" title={text.waits} lines={blockersOf(request)} />;
}

interface StandingProps {
  readonly tone: 'good' | 'warn' | 'quiet';
  readonly icon: 'check' | 'close' | 'warning';
  readonly title?: string;
  readonly lines: readonly string[];
}

function Standing({ tone, icon, title, lines }: StandingProps) {
  return (
    <div className="proposal-standing" data-tone={tone} role="status" data-testid="proposal-state">
      <Icon name={icon} size={18} />
      <div>
        {title !== undefined && <strong>{title}</strong>}
        <ul>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function Changes({ diff: { differences, nextCursor }, document }: { readonly diff: MergeDiff; readonly document: DocumentView }) {
  const changed = byElement(differences, document);
  return (
    <section className="proposal-part">
      <h4>{text.changes(changed.length)}</h4>
      {changed.length > 0 && (
        <ul className="proposal-changes" data-testid="proposal-changes" data-count={changed.length}>
          {changed.map(({ element, title, what }) => (
            <li key={element} data-element-id={element}>
              <strong>{title}</strong>
              {what.map((line) => (
                <span key={line}>{line}</span>
              ))}
            </li>
          ))}
        </ul>
      )}
      {nextCursor !== undefined && <p className="field-hint">{text.cut}</p>}
    </section>
  );
}

function Reviewers({ request: { reviewers } }: { readonly request: MergeRequest }) {
  const workspace = useWorkspace();
  return (
    <section className="proposal-part">
      <h4>{text.people}</h4>
      {reviewers.length === 0 && <p className="field-hint">{text.nobody}</p>}
      <ul className="proposal-reviewers">
        {reviewers.map(({ userId, name, verdict, stale = false }) => (
          <li key={userId} data-testid="reviewer" data-name={name} data-verdict={verdict} data-stale={stale}>
            <Avatar name={name} color={workspace.acquaintance(userId, name).color} size="small" />
            <span>
              <strong>{name}</strong> {text.verdicts[verdict ?? 'none']}
              {stale && <em>, {text.stale}</em>}
            </span>
            {verdict && !stale && <Icon name={verdict === 'APPROVED' ? 'check' : 'pencil'} size={16} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Comments({ comments }: { readonly comments: readonly MergeComment[] }) {
  const workspace = useWorkspace();
  const self = useSelfUser();
  return (
    <section className="proposal-part">
      <h4>{text.comments}</h4>
      {comments.length === 0 && <p className="field-hint">{text.noComments}</p>}
      <ul className="proposal-comments" data-testid="proposal-comments" data-count={comments.length}>
        {comments.map(({ commentId, author, text: said, at }) => (
          <li key={commentId}>
            <Avatar name={author.name} color={workspace.acquaintance(author.userId, author.name).color} size="small" />
            <div>
              <span className="proposal-note">{text.by(author.userId === self ? text.you : author.name, relativeTime(Date.parse(at), Date.now()))}</span>
              <p>{said}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface SayingProps {
  readonly request: MergeRequest;
  readonly managed: Managed;
  readonly isAuthor: boolean;
  readonly onSaid: () => void;
}

/** What one thinks of it, and one's verdict where it is somebody else's. */
function Saying({ request: { id }, managed, isAuthor, onSaid }: SayingProps) {
  const [said, setSaid] = useState('');
  const words = said.trim();
  const done = (answered: unknown) => {
    if (answered === undefined) return;
    setSaid('');
    onSaid();
  };
  const comment = async () => done(await managed.run((caller, session) => commentMergeRequest(window.location.origin, session, caller, id, words)));
  const review = async (verdict: Verdict) => {
    const given = { verdict, ...(words !== '' && { text: words }) };
    done(await managed.run((caller, session) => reviewMergeRequest(window.location.origin, session, caller, id, given)));
  };
  return (
    <section className="proposal-saying">
      <textarea
        className="input"
        aria-label={text.comment}
        placeholder={text.commentPlaceholder}
        rows={2}
        maxLength={COMMENT_LENGTH}
        value={said}
        onChange={(event) => setSaid(event.currentTarget.value)}
        data-testid="proposal-comment"
      />
      <div className="proposal-verdicts">
        <Button icon="send" disabled={words === '' || managed.busy} onClick={() => void comment()} data-testid="proposal-send">
          {text.send}
        </Button>
        {!isAuthor && (
          <>
            <Button icon="pencil" disabled={managed.busy} onClick={() => void review('CHANGES_REQUESTED')} data-testid="proposal-ask-changes">
              {text.askChanges}
            </Button>
            <Button icon="check" disabled={managed.busy} onClick={() => void review('APPROVED')} data-testid="proposal-approve">
              {text.approve}
            </Button>
          </>
        )}
      </div>
    </section>
  );
}

interface ActionsProps {
  readonly request: MergeRequest;
  readonly managed: Managed;
  readonly mayEdit: boolean;
  readonly afterwards: () => void;
  readonly onBack: () => void;
  readonly onClose: () => void;
}

function Actions({ request, managed, mayEdit, afterwards, onBack, onClose }: ActionsProps) {
  const workspace = useWorkspace();
  const { id, status, source, target, mergeable } = request;
  const change = async (to: 'open' | 'closed') => {
    if (await managed.run((caller, session) => updateMergeRequest(window.location.origin, session, caller, id, { status: to }))) afterwards();
  };
  const merge = async () => {
    const done = await managed.run((caller, session) => mergeMergeRequest(window.location.origin, session, caller, id));
    if (!done) {
      afterwards();
      return;
    }
    onClose();
    const undo = { label: text.undo, run: () => void takeBack(workspace, done.answer.changeId, target) };
    workspace.notify({ tone: 'neutral', about: 'merge', title: text.merged(source, target), action: undo });
  };
  return (
    <div className="dialog-actions proposal-actions">
      <Button onClick={onBack} data-testid="proposal-back">
        {text.back}
      </Button>
      {status === 'open' && mayEdit && (
        <>
          <Button disabled={managed.busy} onClick={() => void change('closed')} data-testid="proposal-withdraw">
            {text.withdraw}
          </Button>
          <Button tone="primary" icon="proposal" disabled={!mergeable || managed.busy} onClick={() => void merge()} data-testid="proposal-merge">
            {text.merge(target)}
          </Button>
        </>
      )}
      {status === 'closed' && mayEdit && (
        <Button disabled={managed.busy} onClick={() => void change('open')} data-testid="proposal-reopen">
          {text.reopen}
        </Button>
      )}
    </div>
  );
}

async function takeBack(workspace: Workspace, changeId: string, branch: string): Promise<void> {
  try {
    await undoChange(window.location.origin, workspace.session.sessionId, await actorIn(workspace), changeId, branch);
    workspace.notify({ tone: 'neutral', about: 'merge', title: text.undone });
  } catch (failure) {
    workspace.notify({ tone: 'danger', about: 'merge', title: text.notUndone, detail: whyNot(workspace, failure) });
  }
}
