import { messages } from '../app/messages';
import { IconButton } from '../ui/Button';
import { useWorkspace, useWorkspaceState } from './WorkspaceContext';

export function Notices() {
  const workspace = useWorkspace();
  const notices = useWorkspaceState((state) => state.notices);
  return (
    <div className="notices" role="log" aria-live="polite" data-testid="notices">
      {notices.map(({ id, tone, title, detail, action }) => (
        <div key={id} className="notice" data-tone={tone} data-testid="notice">
          <div className="notice-text">
            <span>{title}</span>
            {detail && <span className="notice-detail">{detail}</span>}
          </div>
          {action && (
            <button
              type="button"
              className="notice-action"
              data-testid="notice-action"
              onClick={() => {
                workspace.dismiss(id);
                action.run();
              }}
            >
              {action.label}
            </button>
          )}
          <IconButton icon="close" label={messages.dismiss} hint="none" className="icon-button-small" onClick={() => workspace.dismiss(id)} />
        </div>
      ))}
    </div>
  );
}
