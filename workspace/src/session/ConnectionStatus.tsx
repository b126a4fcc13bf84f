import type { ConnectionState } from '@chorale/client';
import { assertNever } from '../app/assertNever';
import { messages } from '../app/messages';
import { Icon } from '../ui/Icon';
import { useConnectionState, useLatency, usePending } from './WorkspaceContext';

const text = messages.connection;

export function ConnectionStatus() {
  const state = useConnectionState();
  const latency = useLatency();
  const pending = usePending();
  const saving = state === 'online' && pending > 0;
  return (
    <div className="status" role="status" data-testid="connection-status" data-state={state} data-hint={state === 'online' ? (saving ? text.saving : text.saved) : undefined} data-hint-side="below">
      <span className="status-dot" data-saving={saving} aria-hidden="true" />
      <span className="status-text">{labelOf(state)}</span>
      {state === 'online' && latency !== undefined && (
        <span className="status-latency" aria-hidden="true" data-testid="latency">
          {text.latency(Math.round(latency))}
        </span>
      )}
    </div>
  );
}

export function OfflineBanner() {
  const state = useConnectionState();
  const pending = usePending();
  if (state !== 'offline' && state !== 'connecting') return null;
  return (
    <div className="banner" role="status" data-testid="offline-banner" data-pending={pending}>
      <Icon name="offline" />
      <span>
        <strong>{text.offline}.</strong> {pending > 0 ? text.offlinePending(pending) : text.offlineDetail}
      </span>
    </div>
  );
}

function labelOf(state: ConnectionState): string {
  switch (state) {
    case 'connecting':
      return text.connecting;
    case 'online':
      return text.online;
    case 'offline':
      return text.offline;
    case 'closed':
      return text.closed;
    default:
      return assertNever(state);
  }
}
