/** Whether handles go in steps: as it is switched, and the other way round while Alt, Ctrl or the Command key is held. */
export function snaps({ altKey, ctrlKey, metaKey }: { readonly altKey: boolean; readonly ctrlKey: boolean; readonly metaKey: boolean }, snapping: boolean): boolean {
  return snapping !== (altKey || ctrlKey || metaKey);
}
