import { useStore } from 'zustand';
import { useWorkspace } from '../session/WorkspaceContext';
import { IconButton } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { mediaMessages } from './messages';
import { uploadsOf } from './uploads';

const text = mediaMessages.upload;

/** What is on its way into the session, or waits for a connection; each can be taken back. */
export function UploadStatus() {
  const uploads = uploadsOf(useWorkspace());
  const shown = useStore(uploads.store, (state) => state.uploads);
  return (
    <ul className="uploads" aria-label={text.label} aria-live="polite" data-testid="uploads">
      {shown.map(({ id, file, state }) => (
        <li key={id} className="upload" data-state={state} data-testid="upload">
          <Icon name={state === 'waiting' ? 'offline' : 'upload'} size={18} />
          <span className="upload-text">
            {state === 'waiting' ? text.waiting(file.name) : text.uploading(file.name)}
            <span className="upload-bar" aria-hidden="true" />
          </span>
          <IconButton icon="close" label={text.cancel(file.name)} hint="none" className="icon-button-small" onClick={() => uploads.cancel(id)} data-testid="upload-cancel" />
        </li>
      ))}
    </ul>
  );
}
