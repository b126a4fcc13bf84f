import { useEffect, useState } from 'react';
import { messages } from '../app/messages';
import { IconButton } from '../ui/Button';
import type { Notice } from './workspace';
import { useWorkspace, useWorkspaceState } from './WorkspaceContext';

const NOTICE_MS = 7000;
/** What one can still do something about stays longer. */
const ACTION_MS = 14_000;

export function Notices() {
  const notices = useWorkspaceState((state) => state.notices);
  return (
    <div className="notices" role="log" aria-live="polite" data-testid="notices">
      {notices.map((notice) => (
        <Row key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

/** Goes by itself, but not from under the pointer or the focus. */
function Row({ notice: { id, tone, title, detail, action } }: { readonly notice: Notice }) {
  const workspace = useWorkspace();
  const [held, setHeld] = useState(false);
  const hasAction = action !== undefined;
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(() => workspace.dismiss(id), hasAction ? ACTION_MS : NOTICE_MS);
    return () => clearTimeout(timer);
  }, [workspace, id, held, hasAction]);
  return (
    <div
      className="notice"
      data-tone={tone}
      data-testid="notice"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
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
  );
}
