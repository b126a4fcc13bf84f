import { PolicyEditor } from '../conflicts/PolicyEditor';
import { useManages } from '../sharing/useRights';

/** Whether this person may change how the session settles conflicts. */
export function useMayEditPolicy(): boolean {
  return useManages('SETTINGS');
}

/** Shows who may change its settings how a session settles conflicts, and lets them decide it otherwise. */
export function PolicyDialog({ onClose }: { readonly onClose: () => void }) {
  return useMayEditPolicy() ? <PolicyEditor onClose={onClose} /> : null;
}
