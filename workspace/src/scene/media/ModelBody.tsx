import { useEffect, useMemo } from 'react';
import { BoxGeometry, EdgesGeometry, Mesh, SkinnedMesh } from 'three';
import { clone } from 'three/examples/jsm/utils/SkeletonUtils.js';
import { useAssetUrl } from '../../media/useAssetUrl';
import type { SceneElement, Vector } from '../sceneElement';
import { useLoading } from './loading';
import { models, type Model } from './models';
import { Outlines } from './Outlines';
import { BrokenMark } from './Plate';

const BOX = new BoxGeometry(1, 1, 1);
const EDGES = new EdgesGeometry(BOX);
const WHOLE: Vector = [1, 1, 1];
const ignoreRays = () => undefined;

interface ModelBodyProps {
  readonly element: SceneElement;
  readonly rings: readonly string[];
}

/** A model, or a box in its place. */
export function ModelBody({ element, rings }: ModelBodyProps) {
  const url = useAssetUrl(element.asset);
  return url === undefined ? <Crate rings={rings} broken /> : <Loaded url={url} rings={rings} />;
}

function Loaded({ url, rings }: { readonly url: string; readonly rings: readonly string[] }) {
  const loading = useLoading(models, url);
  if (loading.status === 'ready') return <Shown model={loading.value} rings={rings} />;
  return <Crate rings={rings} broken={loading.status === 'failed'} />;
}

/** Pointers meet the box around it: to try each of its triangles whenever a pointer moves would take too long. */
function Shown({ model: { object, size }, rings }: { readonly model: Model; readonly rings: readonly string[] }) {
  const own = useMemo(() => {
    const copy = clone(object);
    copy.traverse((part) => {
      part.raycast = ignoreRays;
      if (part instanceof Mesh) part.frustumCulled = !('skeleton' in part);
    });
    return copy;
  }, [object]);
  // A copy has bones of its own, which are kept on the graphics card; everything else is the model's.
  useEffect(
    () => () =>
      own.traverse((part) => {
        if (part instanceof SkinnedMesh) part.skeleton.dispose();
      }),
    [own],
  );
  const middle: Vector = [0, size[1] / 2 - 0.5, 0];
  return (
    <>
      <primitive object={own} dispose={null} />
      <mesh geometry={BOX} scale={size} position={middle} visible={false} />
      <Outlines shape="corners" size={size} position={middle} rings={rings} />
    </>
  );
}

function Crate({ rings, broken }: { readonly rings: readonly string[]; readonly broken: boolean }) {
  return (
    <>
      <mesh geometry={BOX}>
        <meshBasicMaterial color="#8b938f" transparent opacity={0.14} depthWrite={false} toneMapped={false} />
      </mesh>
      <lineSegments geometry={EDGES} raycast={ignoreRays}>
        <lineBasicMaterial color={broken ? '#b42a1d' : '#6f7773'} toneMapped={false} />
      </lineSegments>
      {broken && <BrokenMark size={0.45} />}
      <Outlines shape="corners" size={WHOLE} rings={rings} />
    </>
  );
}
