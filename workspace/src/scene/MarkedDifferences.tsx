import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import { BoxGeometry, Color, ConeGeometry, Matrix4, MeshBasicMaterial, Quaternion, Vector3 } from 'three';
import { LineMaterial } from 'three/examples/jsm/lines/LineMaterial.js';
import { LineSegments2 } from 'three/examples/jsm/lines/LineSegments2.js';
import { LineSegmentsGeometry } from 'three/examples/jsm/lines/LineSegmentsGeometry.js';
import { MARK_COLORS, markTag } from '../history/compare';
import type { Mark, MarkKind } from '../history/marks';
import { useWorkspace, useWorkspaceState } from '../session/WorkspaceContext';
import { middleOf, type Bounds } from './bounds';
import { SOLIDS } from './geometries';
import type { Vector } from './sceneElement';

const ignoreRays = () => undefined;
const LINE_PIXELS = 2.5;
/** A mark goes around its thing without touching it, in metres. */
const AROUND = 0.04;
const FILL = new BoxGeometry(1, 1, 1);
const TIP = new ConeGeometry(0.09, 0.24, 16).translate(0, -0.12, 0);
const UP = new Vector3(0, 1, 0);
const at = new Vector3();

const filling = (kind: MarkKind, opacity: number) => new MeshBasicMaterial({ color: MARK_COLORS[kind], transparent: true, opacity, depthWrite: false, toneMapped: false });
const FILLS: Readonly<Partial<Record<MarkKind, MeshBasicMaterial>>> = { created: filling('created', 0.14) };
const GHOST = filling('deleted', 0.3);
const ARROW = new MeshBasicMaterial({ color: MARK_COLORS.moved, toneMapped: false, depthTest: false, transparent: true });

/** Draws what differs: what is new in a full frame, what is gone as a ghost in a broken one, and the way of what moved. */
export function MarkedDifferences() {
  const workspace = useWorkspace();
  const marks = useWorkspaceState((state) => state.marks);
  const { size, invalidate } = useThree();
  const whole = useLines(marks, wholeFrames, false);
  const broken = useLines(marks, brokenFrames, true);
  useEffect(() => invalidate(), [invalidate, marks]);

  useFrame(({ camera }) => {
    for (const { element, bounds } of marks) {
      const tag = workspace.tags.get(markTag(element));
      if (!tag) continue;
      const [x, , z] = middleOf(bounds);
      at.set(x, bounds.high[1] + AROUND, z).project(camera);
      const isSeen = at.z < 1 && Math.abs(at.x) < 1.05 && Math.abs(at.y) < 1.05;
      if (tag.hidden === isSeen) tag.hidden = !isSeen;
      if (isSeen) tag.style.transform = `translate3d(${((at.x + 1) / 2) * size.width}px, ${((1 - at.y) / 2) * size.height}px, 0) translate(-50%, -130%)`;
    }
  });

  if (marks.length === 0) return null;
  return (
    <>
      <primitive object={whole} />
      <primitive object={broken} />
      {marks.map((mark) => (
        <Body key={mark.element} mark={mark} />
      ))}
    </>
  );
}

/** What of a mark is more than lines. */
function Body({ mark }: { readonly mark: Mark }) {
  const { kind, bounds, ghosts, from } = mark;
  const fill = FILLS[kind];
  const tip = useMemo(() => from && pointing(from.middle, middleOf(bounds)), [from, bounds]);
  return (
    <>
      {fill && <mesh geometry={FILL} material={fill} matrix={spanning(bounds)} matrixAutoUpdate={false} raycast={ignoreRays} renderOrder={12} />}
      {ghosts.map(({ shape, matrix }, index) => (
        <mesh key={index} geometry={SOLIDS[shape]} material={GHOST} matrix={new Matrix4().fromArray([...matrix])} matrixAutoUpdate={false} raycast={ignoreRays} renderOrder={12} />
      ))}
      {tip && <mesh geometry={TIP} material={ARROW} matrix={tip} matrixAutoUpdate={false} raycast={ignoreRays} renderOrder={16} />}
    </>
  );
}

interface Segment {
  readonly from: Vector;
  readonly to: Vector;
  readonly kind: MarkKind;
}

/** The lines of all marks, drawn together. */
function useLines(marks: readonly Mark[], segmentsOf: (mark: Mark) => readonly Segment[], isBroken: boolean): LineSegments2 {
  const lines = useMemo(() => {
    const segments = marks.flatMap(segmentsOf);
    const geometry = new LineSegmentsGeometry();
    geometry.setPositions(segments.flatMap(({ from, to }) => [...from, ...to]));
    geometry.setColors(segments.flatMap(({ kind }) => [...COLORS[kind], ...COLORS[kind]]));
    const material = new LineMaterial({ linewidth: LINE_PIXELS, vertexColors: true, toneMapped: false, transparent: true, depthTest: false, dashed: isBroken, dashSize: 0.09, gapSize: 0.07 });
    const made = new LineSegments2(geometry, material);
    made.computeLineDistances();
    made.frustumCulled = false;
    made.renderOrder = 14;
    made.raycast = ignoreRays;
    return made;
  }, [marks, segmentsOf, isBroken]);
  useEffect(
    () => () => {
      lines.geometry.dispose();
      lines.material.dispose();
    },
    [lines],
  );
  return lines;
}

const COLORS = Object.fromEntries(Object.entries(MARK_COLORS).map(([kind, color]) => [kind, new Color(color).toArray()])) as Record<MarkKind, [number, number, number]>;

function wholeFrames({ kind, bounds }: Mark): readonly Segment[] {
  return kind === 'deleted' ? [] : edgesOf(bounds, kind);
}

function brokenFrames({ kind, bounds, from }: Mark): readonly Segment[] {
  if (kind === 'deleted') return edgesOf(bounds, kind);
  if (!from) return [];
  return [...edgesOf(from.bounds, kind), { from: from.middle, to: middleOf(bounds), kind }];
}

/** The twelve edges of a box around what something takes up. */
function edgesOf({ low, high }: Bounds, kind: MarkKind): readonly Segment[] {
  const corner = (bits: number): Vector => [
    bits & 1 ? high[0] + AROUND : low[0] - AROUND,
    bits & 2 ? high[1] + AROUND : low[1] - AROUND,
    bits & 4 ? high[2] + AROUND : low[2] - AROUND,
  ];
  const segments: Segment[] = [];
  for (let bits = 0; bits < 8; bits++) {
    for (const axis of [1, 2, 4]) if ((bits & axis) === 0) segments.push({ from: corner(bits), to: corner(bits | axis), kind });
  }
  return segments;
}

function spanning(bounds: Bounds): Matrix4 {
  const { low, high } = bounds;
  const around = (axis: 0 | 1 | 2) => high[axis] - low[axis] + 2 * AROUND;
  return new Matrix4().compose(at.set(...middleOf(bounds)), new Quaternion(), new Vector3(around(0), around(1), around(2)));
}

function pointing(from: Vector, to: Vector): Matrix4 {
  const way = new Vector3(...to).sub(at.set(...from)).normalize();
  return new Matrix4().compose(new Vector3(...to), new Quaternion().setFromUnitVectors(UP, way), new Vector3(1, 1, 1));
}
