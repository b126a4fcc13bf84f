import { sceneMessages } from '../scene/messages';
import { useStanding } from '../sharing/useRights';
import { ToolIcon } from './ToolIcon';
import { useWorkspace, useWorkspaceState } from './WorkspaceContext';
import { MODES } from './workspaceState';

const text = sceneMessages.tools;
const KEYS = { move: 'G', turn: 'R', stretch: 'S' } as const;

/** What the handles around the selection do, and how one selects. */
export function SceneTools() {
  const workspace = useWorkspace();
  const mode = useWorkspaceState((state) => state.mode);
  const snapping = useWorkspaceState((state) => state.snapping);
  const gathering = useWorkspaceState((state) => state.gathering);
  // Whoever only looks has nothing to handle, and nothing to gather for it.
  const standing = useStanding();
  if (standing === 'viewer') return null;
  return (
    <div className="scene-tools" role="group" aria-label={text.label} data-testid="scene-tools">
      {MODES.map((each) => (
        <button
          key={each}
          type="button"
          className="scene-tool"
          aria-label={text.modes[each]}
          aria-pressed={mode === each}
          aria-keyshortcuts={KEYS[each]}
          data-hint={`${text.modes[each]}  ${KEYS[each]}`}
          data-hint-side="above"
          onClick={() => workspace.setMode(each)}
          data-testid={`mode-${each}`}
        >
          <ToolIcon name={each} />
        </button>
      ))}
      <span className="scene-tools-rule" aria-hidden="true" />
      <button
        type="button"
        className="scene-tool"
        aria-label={text.snapping}
        aria-pressed={snapping}
        aria-keyshortcuts="N"
        data-hint={text.snappingHint}
        data-hint-side="above"
        onClick={() => workspace.store.setState({ snapping: !snapping })}
        data-testid="snapping"
      >
        <ToolIcon name="snapping" />
      </button>
      <button
        type="button"
        className="scene-tool"
        aria-label={text.gathering}
        aria-pressed={gathering}
        aria-keyshortcuts="B"
        data-hint={text.gatheringHint}
        data-hint-side="above"
        onClick={() => workspace.store.setState({ gathering: !gathering })}
        data-testid="gathering"
      >
        <ToolIcon name="gathering" />
      </button>
    </div>
  );
}
