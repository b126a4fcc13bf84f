import { useEffect, useMemo } from 'react';
import { LineMaterial } from 'three/examples/jsm/lines/LineMaterial.js';
import { LineSegments2 } from 'three/examples/jsm/lines/LineSegments2.js';
import { LineSegmentsGeometry } from 'three/examples/jsm/lines/LineSegmentsGeometry.js';
import type { Vector } from '../sceneElement';
import { SharedPool, useShared } from '../sharedPool';

/** What is laid over the scene for whoever works in it, and belongs in no picture of it. */
export const OVERLAY = 'overlay';

const GAP_WIDTH = 3;
const RING_WIDTH = 4;
const CORNER = 0.2;
const ignoreRays = () => undefined;

const rectangle = lines(edges(['x', 'y'], 1));
const corners = lines(edges(['x', 'y', 'z'], CORNER));
const SHAPES = { rectangle, corners } as const;

/** Keys are `color|width|rank`: width in pixels; a higher rank lies behind the lower ones. */
const strokes = new SharedPool((key) => {
  const [color = '#888888', width = '3', rank = '1'] = key.split('|');
  const material = new LineMaterial({ color, linewidth: Number(width), toneMapped: false });
  material.polygonOffset = true;
  material.polygonOffsetFactor = Number(rank);
  material.polygonOffsetUnits = Number(rank) * 4;
  return material;
});

interface OutlinesProps {
  readonly shape: keyof typeof SHAPES;
  readonly size: Vector;
  readonly position?: Vector;
  readonly rings: readonly string[];
}

/** Outlines of what has no closed body: the frame of an image, the corners of a model's box; one for each who selected it. */
export function Outlines({ shape, size, position, rings }: OutlinesProps) {
  if (rings.length === 0) return null;
  const widest = GAP_WIDTH + RING_WIDTH * rings.length;
  return (
    <>
      <Stroke shape={shape} size={size} position={position} color="#ffffff" width={GAP_WIDTH} rank={1} widest={widest} />
      {rings.map((color, index) => (
        <Stroke key={index} shape={shape} size={size} position={position} color={color} width={GAP_WIDTH + RING_WIDTH * (index + 1)} rank={index + 2} widest={widest} />
      ))}
    </>
  );
}

interface StrokeProps extends Pick<OutlinesProps, 'shape' | 'size'> {
  readonly position: Vector | undefined;
  readonly color: string;
  readonly width: number;
  readonly rank: number;
  readonly widest: number;
}

function Stroke({ shape, size, position = [0, 0, 0], color, width, rank, widest }: StrokeProps) {
  const material = useShared(strokes, `${color}|${width}|${rank}`);
  const line = useMemo(() => {
    const made = new LineSegments2(SHAPES[shape], material);
    made.name = OVERLAY;
    made.raycast = ignoreRays;
    return made;
  }, [shape, material]);
  // The wider ones are drawn first, so that smooth edges have the narrower ones on top.
  useEffect(() => {
    line.renderOrder = widest - width;
  }, [line, widest, width]);
  return <primitive object={line} scale={size} position={position} />;
}

function lines(points: readonly number[]): LineSegmentsGeometry {
  return new LineSegmentsGeometry().setPositions([...points]);
}

/** The edges of a square or a cube of one, each only so far from its corners. */
function edges(axes: readonly ('x' | 'y' | 'z')[], share: number): readonly number[] {
  const all = ['x', 'y', 'z'] as const;
  const points: number[] = [];
  for (let bits = 0; bits < 2 ** axes.length; bits++) {
    const corner = all.map((axis) => (axes.includes(axis) ? ((bits >> axes.indexOf(axis)) & 1) - 0.5 : 0));
    for (const axis of axes) {
      const at = all.indexOf(axis);
      const end = [...corner];
      end[at] = (corner[at] ?? 0) * (1 - 2 * share);
      points.push(...corner, ...end);
    }
  }
  return points;
}
