import { messages } from '../app/messages';
import { useChat, useWorkspace } from '../session/WorkspaceContext';
import { IconButton } from '../ui/Button';

const text = messages.chat;
const MOST_SHOWN = 9;

/** Opens and closes the chat, and counts what came meanwhile. */
export function ChatButton() {
  const workspace = useWorkspace();
  const open = useChat((state) => state.open);
  const unread = useChat((state) => state.unread);
  return (
    <span className="chat-button">
      <IconButton
        icon="chat"
        label={open ? text.close : unread > 0 ? text.unread(unread) : text.open}
        hint="none"
        title={text.hint}
        aria-expanded={open}
        aria-keyshortcuts="C"
        onClick={() => workspace.chat.toggle()}
        data-testid="chat-toggle"
        data-unread={unread}
      />
      {unread > 0 && (
        <span className="chat-unread" aria-hidden="true">
          {unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}
        </span>
      )}
    </span>
  );
}
