import { LIGHTS } from '../scene/sceneElement';
import { useWorkspace } from '../session/WorkspaceContext';
import { Icon } from '../ui/Icon';
import { Popover } from '../ui/Popover';
import { LightIcon } from './LightIcon';
import { addFiles } from './mediaCommands';
import { addLight } from './mediaEdits';
import { mediaMessages as text } from './messages';

/** What can be added besides shapes: lights, images and models. */
export function MediaMenu({ disabledBecause }: { readonly disabledBecause?: string | undefined }) {
  const workspace = useWorkspace();
  return (
    <div className="media-menu">
      <Popover
        label={text.more}
        align="above"
        testId="media-menu"
        trigger={(trigger) => (
          <button type="button" className="tool" aria-label={text.more} disabled={disabledBecause !== undefined} data-hint={disabledBecause ?? text.more} data-hint-side="above" data-testid="add-more" {...trigger}>
            <Icon name="plus" size={22} />
            <span>{text.moreShort}</span>
          </button>
        )}
      >
        {(close) => (
          <>
            {LIGHTS.map((type) => (
              <button
                key={type}
                type="button"
                className="menu-item"
                onClick={() => {
                  close();
                  addLight(workspace, type);
                }}
                data-testid={`add-light-${type}`}
              >
                <LightIcon type={type} />
                {text.add.lights[type]}
              </button>
            ))}
            <hr className="media-menu-rule" />
            {(['image', 'model'] as const).map((kind) => (
              <button
                key={kind}
                type="button"
                className="menu-item"
                onClick={() => {
                  close();
                  void addFiles(workspace, kind);
                }}
                data-testid={`add-${kind}`}
              >
                <Icon name={kind} />
                <span>
                  {text.add[kind]}
                  <span className="media-menu-hint">{kind === 'image' ? text.add.imageHint : text.add.modelHint}</span>
                </span>
              </button>
            ))}
            <p className="media-menu-note">{text.add.drop}</p>
          </>
        )}
      </Popover>
    </div>
  );
}
