import { deleteBranch, updateBranch, type Branch } from '@chorale/client/history';
import { useState, type CSSProperties } from 'react';
import { navigate } from '../app/router';
import { sessionPath } from '../app/routes';
import { relativeTime } from '../app/messages';
import { fetchNews } from '../mergeRequests/fetchNews';
import { Avatar } from '../presence/Avatar';
import { useSelfUser, useWorkspace } from '../session/WorkspaceContext';
import { Failure, Read } from '../sharing/Parts';
import { useManaged } from '../sharing/useManaged';
import { useManages, useMay } from '../sharing/useRights';
import { Button, IconButton } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { Switch } from '../ui/Field';
import { MAIN } from './address';
import type { BranchPage } from './BranchesDialog';
import { branchWords as text } from './dialogMessages';
import { whyNot } from './problemWords';
import { depthOf } from './tree';
import { useBranches } from './useBranches';

const SHOWN_PEOPLE = 4;
/** Deeper ones stand no further to the right. */
const DEEPEST = 4;

interface TabProps {
  readonly onPage: (page: BranchPage) => void;
  readonly onProposal: (id: string) => void;
  readonly onClose: () => void;
}

/** Every branch with who is on it: to go there, and to do something with it. */
export function BranchesTab({ onPage, onProposal, onClose }: TabProps) {
  const { session } = useWorkspace();
  const [archived, setArchived] = useState(false);
  const { reading, again } = useBranches(archived);
  const edits = useMay('EDIT');
  return (
    <>
      <p className="dialog-lead">{text.lead}</p>
      <Read reading={reading} again={again}>
        {(branches) => (
          <>
            <ul className="branch-list" data-testid="branches" data-count={branches.length}>
              {branches.map((branch) => (
                <BranchRow key={branch.name} branch={branch} depth={depthOf(branch, branches)} onPage={onPage} onProposal={onProposal} onClose={onClose} again={again} />
              ))}
            </ul>
            {branches.length < 2 && <p className="field-hint">{text.none}</p>}
          </>
        )}
      </Read>
      <div className="branch-foot">
        {edits && (
          <Button icon="plus" tone="primary" onClick={() => onPage({ page: 'new', from: session.branch })} data-testid="branch-new">
            {text.newBranch}
          </Button>
        )}
        <Switch label={text.archivedBranches} checked={archived} onChange={setArchived} testId="branches-archived" />
      </div>
    </>
  );
}

interface RowProps extends TabProps {
  readonly branch: Branch;
  readonly depth: number;
  readonly again: () => void;
}

function BranchRow({ branch, depth, ...rest }: RowProps) {
  const { session } = useWorkspace();
  const { name, parent, description, archivedAt, protection } = branch;
  const isHere = session.branch === name;
  const [open, setOpen] = useState(false);
  const goThere = () => {
    navigate(sessionPath(session.sessionId, name));
    rest.onClose();
  };
  return (
    <li className="branch-row" data-testid="branch" data-branch={name} data-here={isHere} style={{ '--depth': Math.min(depth, DEEPEST) } as CSSProperties}>
      <div className="branch-head">
        <span className="branch-sign" aria-hidden="true">
          <Icon name={parent === undefined ? 'flag' : 'branch'} size={18} />
        </span>
        <div className="branch-what">
          <strong>
            {name}
            {isHere && <span className="badge">{text.here}</span>}
            {protection && (
              <span className="badge badge-muted">
                <Icon name="shield" size={12} /> {text.protected}
              </span>
            )}
            {archivedAt !== undefined && <span className="badge badge-muted">{text.archived}</span>}
          </strong>
          <BranchFacts branch={branch} />
          {description !== undefined && <p className="branch-about">{description}</p>}
        </div>
        <BranchPeople branch={branch} />
        {!isHere && (
          <Button onClick={goThere} aria-label={text.goTo(name)} data-testid="branch-go">
            {text.go}
          </Button>
        )}
        <IconButton icon="more" label={text.moreOf(name)} hint="none" aria-expanded={open} onClick={() => setOpen(!open)} data-testid="branch-more" />
      </div>
      {open && <BranchActions branch={branch} {...rest} />}
    </li>
  );
}

function BranchFacts({ branch: { parent, ahead, behind, createdBy, createdAt } }: { readonly branch: Branch }) {
  const self = useSelfUser();
  if (parent === undefined) return null;
  const news = [...(ahead > 0 ? [text.ahead(ahead)] : []), ...(behind > 0 ? [text.behind(behind, parent)] : [])];
  const who = createdBy && (createdBy.userId === self ? text.you : createdBy.name);
  return (
    <span className="branch-facts">
      <span data-testid="branch-distance" data-ahead={ahead} data-behind={behind}>
        {news.length > 0 ? news.join(' · ') : text.even(parent)}
      </span>
      {who !== undefined && <span>{text.by(who, relativeTime(Date.parse(createdAt), Date.now()))}</span>}
    </span>
  );
}

function BranchPeople({ branch: { people } }: { readonly branch: Branch }) {
  const everybody = [...new Map(people.map((person) => [person.userId, person])).values()];
  if (everybody.length === 0) return null;
  const names = text.people(everybody.map(({ name }) => name));
  return (
    <span className="branch-people" role="img" aria-label={names} title={names} data-testid="branch-people" data-names={everybody.map(({ name }) => name).join()}>
      {everybody.slice(0, SHOWN_PEOPLE).map(({ userId, name, color }) => (
        <Avatar key={userId} name={name} color={color} size="small" />
      ))}
      {everybody.length > SHOWN_PEOPLE && <span className="avatar avatar-small avatar-more">+{everybody.length - SHOWN_PEOPLE}</span>}
    </span>
  );
}

type ActionsProps = Omit<RowProps, 'depth'>;

/** What one may do with a branch, and nothing else. */
function BranchActions({ branch, onPage, onProposal, onClose, again }: ActionsProps) {
  const workspace = useWorkspace();
  const self = useSelfUser();
  const edits = useMay('EDIT');
  const manages = useManages('SETTINGS');
  const managed = useManaged(whyNot);
  const [sure, setSure] = useState(false);
  const { name, parent, ahead, behind, archivedAt, protection, createdBy } = branch;
  const owns = manages || (createdBy !== undefined && createdBy.userId === self);
  const isArchived = archivedAt !== undefined;
  const change = async (settings: Parameters<typeof updateBranch>[4]) => {
    if (await managed.run((caller, id) => updateBranch(window.location.origin, id, caller, name, settings))) again();
  };
  const remove = async () => {
    if (!(await managed.run((caller, id) => deleteBranch(window.location.origin, id, caller, name)))) return;
    workspace.notify({ tone: 'neutral', about: 'branch', title: text.removed(name) });
    again();
  };
  const update = async (from: string) => {
    const done = await managed.run((caller, id) => fetchNews(id, caller, from, name));
    if (!done) return;
    if (done.answer.merged) {
      workspace.notify({ tone: 'neutral', about: 'branch', title: text.updated(from, name) });
      onClose();
    } else onProposal(done.answer.id);
  };
  if (sure) {
    return (
      <div className="branch-actions branch-sure" role="group" aria-label={text.moreOf(name)}>
        <p>{text.removeSure(name)}</p>
        <Failure reason={managed.failure} />
        <Button onClick={() => setSure(false)} autoFocus>
          {text.cancel}
        </Button>
        <Button tone="danger" icon="trash" disabled={managed.busy} onClick={() => void remove()} data-testid="branch-delete-sure">
          {text.removeDo}
        </Button>
      </div>
    );
  }
  return (
    <div className="branch-actions" role="group" aria-label={text.moreOf(name)} data-testid="branch-actions">
      <Failure reason={managed.failure} />
      {edits && parent !== undefined && !isArchived && (
        <>
          <Button icon="proposal" disabled={ahead === 0} onClick={() => onPage({ page: 'propose', source: name, target: parent })} aria-label={text.requestOf(name, parent)} data-testid="branch-propose">
            {text.request}
          </Button>
          <Button icon="download" disabled={behind === 0 || managed.busy} onClick={() => void update(parent)} data-testid="branch-update">
            {text.update(parent)}
          </Button>
        </>
      )}
      {edits && !isArchived && (
        <Button icon="branch" onClick={() => onPage({ page: 'new', from: name })} aria-label={text.newFrom(name)} data-testid="branch-fork">
          {text.newBranch}
        </Button>
      )}
      {manages && !isArchived && (
        <Button icon="shield" disabled={managed.busy} onClick={() => (protection ? void change({ protection: null }) : onPage({ page: 'protect', branch }))} data-testid="branch-protect">
          {protection ? text.unprotect : text.protect}
        </Button>
      )}
      {owns && name !== MAIN && (
        <>
          <Button icon="lock" disabled={managed.busy} onClick={() => void change({ archived: !isArchived })} data-testid="branch-archive">
            {isArchived ? text.unarchive : text.archive}
          </Button>
          <Button icon="trash" tone="danger" onClick={() => setSure(true)} data-testid="branch-delete">
            {text.remove}
          </Button>
        </>
      )}
    </div>
  );
}
