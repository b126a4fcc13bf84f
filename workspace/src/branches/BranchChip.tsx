import { useCommandCentre } from '../commands/commandCentre';
import { useGoing, useWorkspace } from '../session/WorkspaceContext';
import { IconButton } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { MAIN } from './address';
import { branchMessages as text } from './messages';
import '../styles/branch-chip.css';

/** Which branch one is on, where it is not main; the way to all of them. */
export function BranchChip() {
  const { session } = useWorkspace();
  const centre = useCommandCentre();
  const going = useGoing();
  const { branch } = session;
  const open = () => centre.setState({ open: 'branches' });
  if (branch === MAIN && going === undefined) {
    return <IconButton icon="branch" label={text.onMain} className="branch-main" aria-haspopup="dialog" onClick={open} data-testid="branch-button" />;
  }
  return (
    <button
      type="button"
      className="branch-chip"
      aria-haspopup="dialog"
      aria-label={going === undefined ? text.chip(branch) : text.going(going)}
      title={going ?? branch}
      data-going={going}
      data-branch={branch}
      data-testid="branch-chip"
      onClick={open}
    >
      <Icon name="branch" size={16} />
      <span aria-live="polite">{going ?? branch}</span>
    </button>
  );
}
