import { outlineMessages } from '../outline/messages';
import { SIDES, type Axis } from '../scene/arrange';
import { sceneMessages } from '../scene/messages';
import type { SceneElement } from '../scene/sceneElement';
import { ToolIcon, type ToolIconName } from './ToolIcon';
import { useWorkspace } from './WorkspaceContext';

const text = sceneMessages.several;
const AXES = ['X', 'Y', 'Z'] as const;

/** Puts several elements in order beside each other, and any number on the ground or out of sight. */
export function ArrangeFields({ elements }: { readonly elements: readonly SceneElement[] }) {
  const { edits, tree } = useWorkspace();
  const ids = elements.map(({ id }) => id);
  const hide = elements.some(({ hidden }) => !hidden);
  const groups = elements.filter(({ kind }) => kind === 'group').map(({ id }) => id);
  return (
    <div className="field" role="group" aria-label={text.arrange} data-testid="arrange">
      <span className="field-label" aria-hidden="true">
        {text.arrange}
      </span>
      {elements.length > 1 && (
        <div className="arrange">
          {AXES.map((letter, index) => {
            const axis = index as Axis;
            return (
              <div className="arrange-row" key={letter}>
                <i data-axis={letter} aria-hidden="true">
                  {letter}
                </i>
                {SIDES.map((side) => (
                  <ArrangeButton key={side} icon={`align-${side}`} turned={axis === 1} label={text.sides[axis][side]} onClick={() => edits.align(ids, axis, side)} testId={`align-${letter.toLowerCase()}-${side}`} />
                ))}
                <ArrangeButton icon="distribute" turned={axis === 1} label={text.distribute[axis]} disabled={ids.length < 3} onClick={() => edits.distribute(ids, axis)} testId={`distribute-${letter.toLowerCase()}`} />
              </div>
            );
          })}
        </div>
      )}
      <div className="arrange-actions">
        <button type="button" className="arrange-action" onClick={() => edits.ground(ids)} data-testid="ground">
          <ToolIcon name="ground" size={18} />
          <span>{text.ground}</span>
        </button>
        <button type="button" className="arrange-action" onClick={() => edits.setHidden(ids, hide)} aria-keyshortcuts="H" data-testid="hide">
          <ToolIcon name="hidden" size={18} />
          <span>{hide ? text.hide : text.show}</span>
        </button>
        {elements.length > 1 && (
          <button type="button" className="arrange-action" onClick={() => tree.group(ids)} aria-keyshortcuts="Control+G Meta+G" data-testid="inspector-group">
            <ToolIcon name="group" size={18} />
            <span>{outlineMessages.group}</span>
          </button>
        )}
        {groups.length > 0 && (
          <button type="button" className="arrange-action" onClick={() => tree.ungroup(groups)} aria-keyshortcuts="Control+Shift+G Meta+Shift+G" data-testid="inspector-ungroup">
            <ToolIcon name="ungroup" size={18} />
            <span>{outlineMessages.ungroup}</span>
          </button>
        )}
      </div>
    </div>
  );
}

interface ArrangeButtonProps {
  readonly icon: ToolIconName;
  readonly turned: boolean;
  readonly label: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly testId: string;
}

function ArrangeButton({ icon, turned, label, disabled = false, onClick, testId }: ArrangeButtonProps) {
  return (
    <button type="button" className="arrange-button" aria-label={label} title={label} disabled={disabled} onClick={onClick} data-testid={testId}>
      <ToolIcon name={icon} size={18} turned={turned} />
    </button>
  );
}
