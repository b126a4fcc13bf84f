import { useAssetUrl } from '../../media/useAssetUrl';
import type { SceneElement } from '../sceneElement';
import { useLoading } from './loading';
import { Outlines } from './Outlines';
import { PICTURE, pictures } from './pictures';
import { BrokenMark, Plate } from './Plate';

interface ImageBodyProps {
  readonly element: SceneElement;
  readonly rings: readonly string[];
}

/** An image as a sheet one metre high, in its own colours whatever light there is. */
export function ImageBody({ element, rings }: ImageBodyProps) {
  const url = useAssetUrl(element.asset);
  const size = [element.aspect, 1, 1] as const;
  return (
    <>
      {url === undefined ? <NoPicture aspect={element.aspect} /> : <Picture url={url} element={element} />}
      <Outlines shape="rectangle" size={size} rings={rings} />
    </>
  );
}

function Picture({ url, element: { aspect, material } }: { readonly url: string; readonly element: SceneElement }) {
  const loading = useLoading(pictures, url);
  if (loading.status === 'loading') return <Plate size={[aspect, 1, 1]} />;
  if (loading.status === 'failed') return <NoPicture aspect={aspect} />;
  const { texture, mayBeClear } = loading.value;
  const clear = mayBeClear || material.opacity < 1;
  return (
    <mesh geometry={PICTURE} scale={[aspect, 1, 1]} castShadow>
      <meshBasicMaterial
        key={`${texture.uuid} ${clear}`}
        map={texture}
        transparent={clear}
        opacity={material.opacity}
        alphaTest={clear ? 0.02 : 0}
        toneMapped={false}
        polygonOffset
        polygonOffsetFactor={-1}
        polygonOffsetUnits={-4}
      />
    </mesh>
  );
}

function NoPicture({ aspect }: { readonly aspect: number }) {
  return (
    <>
      <Plate size={[aspect, 1, 1]} />
      <BrokenMark size={0.45 * Math.min(1, aspect)} />
    </>
  );
}
