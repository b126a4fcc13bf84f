import { useFrame, useThree } from '@react-three/fiber';
import { Vector3 } from 'three';
import { useWorkspace } from '../session/WorkspaceContext';

const projected = new Vector3();

/** Keeps the text field of the label being edited over that label. */
export function TextAnchor() {
  const workspace = useWorkspace();
  const size = useThree((state) => state.size);
  useFrame(({ camera }) => {
    const field = workspace.textField;
    const { editingTextId } = workspace.store.getState();
    if (!field || editingTextId === undefined || !workspace.element(editingTextId)) return;
    projected.set(...workspace.dragging.worldNow(editingTextId).position).project(camera);
    const x = Math.min(size.width - 120, Math.max(120, ((projected.x + 1) / 2) * size.width));
    const y = Math.min(size.height - 80, Math.max(80, ((1 - projected.y) / 2) * size.height));
    field.style.transform = `translate3d(${x}px, ${y}px, 0) translate(-50%, -50%)`;
  });
  return null;
}
