import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import { BufferAttribute, BufferGeometry, Color, DynamicDrawUsage, LineBasicMaterial, Vector3 } from 'three';
import type { Vector } from '../scene/sceneElement';
import { useDocument, useWorkspace } from '../session/WorkspaceContext';
import type { Workspace } from '../session/workspace';
import { measureBetween, type Constraint } from './constraint';
import { measureText } from './constraintWords';
import { drawnConstraints, MOST_DRAWN, tagOf } from './drawnConstraints';

const HOLDS = new Color('#1d9a8b');
const DIFFERS = new Color('#d4552b');
const MATERIAL = new LineBasicMaterial({ vertexColors: true, toneMapped: false, transparent: true, opacity: 0.9, depthTest: false });
const ignoreRays = () => undefined;
const at = new Vector3();
const end = new Vector3();

interface Ends {
  readonly from: Vector;
  readonly to: Vector;
}

/** Thin lines between the elements of constraints, where these are drawn right now; their tags are DOM elements moved along. */
export function ConstraintLines() {
  const workspace = useWorkspace();
  const document = useDocument();
  const { size, invalidate } = useThree();
  const constraints = drawnConstraints(document);
  const geometry = useMemo(() => lines(), []);
  useEffect(() => () => geometry.dispose(), [geometry]);
  useEffect(() => invalidate(), [invalidate, constraints]);

  useFrame(({ camera }) => {
    const [positions, colors] = [geometry.getAttribute('position'), geometry.getAttribute('color')];
    constraints.forEach(({ constraint, share }, index) => {
      const { from, to } = endsOf(workspace, constraint);
      const tag = workspace.tags.get(tagOf(constraint));
      const holds = tell(constraint, { from, to }, tag);
      const color = holds ? HOLDS : DIFFERS;
      positions.setXYZ(index * 2, ...from);
      positions.setXYZ(index * 2 + 1, ...to);
      colors.setXYZ(index * 2, color.r, color.g, color.b);
      colors.setXYZ(index * 2 + 1, color.r, color.g, color.b);
      if (tag) {
        at.set(...from).lerp(end.set(...to), share).project(camera);
        place(tag, at, size);
      }
    });
    positions.needsUpdate = true;
    colors.needsUpdate = true;
    geometry.setDrawRange(0, constraints.length * 2);
  });

  if (constraints.length === 0) return null;
  return <lineSegments geometry={geometry} material={MATERIAL} frustumCulled={false} raycast={ignoreRays} renderOrder={15} />;
}

function lines(): BufferGeometry {
  const geometry = new BufferGeometry();
  for (const name of ['position', 'color']) {
    geometry.setAttribute(name, new BufferAttribute(new Float32Array(MOST_DRAWN * 6), 3).setUsage(DynamicDrawUsage));
  }
  geometry.setDrawRange(0, 0);
  return geometry;
}

/** From one element to the other; what is to stand on the ground has its line down to that. */
function endsOf(workspace: Workspace, { kind, refs }: Constraint): Ends {
  const [first = '', second = ''] = refs;
  const from = placeNow(workspace, first);
  return { from, to: kind === 'ground' ? [from[0], 0, from[2]] : placeNow(workspace, second) };
}

function placeNow({ drawn, dragging }: Workspace, id: string): Vector {
  const shown = drawn.get(id)?.position;
  return shown ? [shown.x, shown.y, shown.z] : dragging.worldNow(id).position;
}

/** Writes on the tag how it is right now, also while somebody drags; answers whether the constraint holds. */
function tell(constraint: Constraint, { from, to }: Ends, tag: HTMLElement | undefined): boolean {
  const now = constraint.kind === 'ground' ? undefined : measureBetween(constraint, from, to);
  // How high something stands above the ground depends on all that it holds: that is told when it is committed.
  if (now === undefined) return tag?.dataset['holds'] !== 'false';
  const words = tag?.lastElementChild;
  const text = measureText(constraint, now);
  if (words && words.textContent !== text) words.textContent = text;
  if (tag && tag.dataset['holds'] !== String(now.holds)) tag.dataset['holds'] = String(now.holds);
  return now.holds;
}

function place(tag: HTMLElement, { x, y, z }: Vector3, { width, height }: { readonly width: number; readonly height: number }): void {
  const inView = z < 1 && Math.abs(x) < 1.05 && Math.abs(y) < 1.05;
  if (tag.hidden === inView) tag.hidden = !inView;
  if (inView) tag.style.transform = `translate3d(${((x + 1) / 2) * width}px, ${((1 - y) / 2) * height}px, 0) translate(-50%, -50%)`;
}
