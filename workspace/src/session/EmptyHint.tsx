import { messages } from '../app/messages';
import { useLiveElements } from './WorkspaceContext';

export function EmptyHint() {
  const elements = useLiveElements();
  if (elements.length > 0) return null;
  return (
    <div className="hint" data-testid="empty-hint">
      <strong>{messages.session.hintTitle}</strong>
      <span>{messages.session.hint}</span>
    </div>
  );
}
