import { useFrame, useThree } from '@react-three/fiber';
import { Vector3 } from 'three';
import { useWorkspace } from '../../session/WorkspaceContext';
import { apparentSize } from '../CameraRig';
import { freeArea, labelPlace } from './labelPlace';

/** Above the middle of an element, as a share of the distance to it. */
const RISE = 0.055;
const at = new Vector3();

/** Keeps the tags of who edits what at the elements that they are about. */
export function EditingTags() {
  const workspace = useWorkspace();
  const size = useThree((state) => state.size);
  useFrame(({ camera }) => {
    const { editingTags } = workspace.company;
    if (editingTags.size === 0) return;
    const free = freeArea(size, workspace.covered);
    for (const [id, tag] of editingTags) {
      const position = workspace.drawn.get(id)?.position;
      const element = position && workspace.element(id);
      if (position) {
        at.set(position.x, position.y, position.z);
        at.y += (element?.scale[1] ?? 1) / 2 + apparentSize(camera, at) * RISE;
        at.project(camera);
      }
      const place = position && element && labelPlace(at, size, free);
      if (tag.hidden === (place !== undefined)) tag.hidden = place === undefined;
      if (place) tag.style.transform = `translate3d(${place.x}px, ${place.y}px, 0)`;
    }
  });
  return null;
}
