import { assetUrl } from '@chorale/client/assets';
import { useWorkspace } from '../session/WorkspaceContext';

/** Where a file kept with the session is; undefined where none is named. */
export function useAssetUrl(asset: string | undefined): string | undefined {
  const { session } = useWorkspace();
  return asset === undefined ? undefined : assetUrl(window.location.origin, session.sessionId, asset);
}
