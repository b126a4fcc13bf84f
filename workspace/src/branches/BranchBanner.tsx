import { useCommandCentre } from '../commands/commandCentre';
import { useMay } from '../sharing/useRights';
import { Icon } from '../ui/Icon';
import { branchWords as text } from './dialogMessages';
import { usePresentBranch } from './useBranches';

/** Says where a branch does not take edits, and what to do instead. */
export function BranchBanner() {
  const centre = useCommandCentre();
  const branch = usePresentBranch();
  const edits = useMay('EDIT');
  if (branch?.archivedAt !== undefined) {
    return (
      <div className="banner" role="status" data-testid="branch-archived-banner">
        <Icon name="lock" />
        <span>
          <strong>{text.archivedBanner}</strong> <span className="banner-detail">{text.archivedBannerDetail}</span>
        </span>
      </div>
    );
  }
  if (branch?.protection === undefined) return null;
  return (
    <div className="banner" role="status" data-testid="branch-protected-banner">
      <Icon name="shield" />
      <span>
        <strong>{text.protectedBanner(branch.name)}</strong> <span className="banner-detail">{text.protectedBannerDetail}</span>
      </span>
      {edits && (
        <button type="button" className="notice-action" onClick={() => centre.setState({ open: 'branches' })} data-testid="banner-branches">
          {text.newBranch}
        </button>
      )}
    </div>
  );
}
