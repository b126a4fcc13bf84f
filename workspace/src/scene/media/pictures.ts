import { BufferGeometry, Float32BufferAttribute, type Texture } from 'three';
import { SharedPool } from '../sharedPool';
import { decodedBitmap, textureOf } from './bitmaps';
import { fetched, Loading, type Loader } from './loading';
import { imageHeader } from '../../media/imageHeader';

/** An image on the graphics card. */
export interface Picture {
  readonly texture: Texture;
  readonly bitmap: ImageBitmap;
  /** Whether one may see through it; a JPEG never lets one. */
  readonly mayBeClear: boolean;
}

const loader: Loader<Picture> = {
  async load(url, signal) {
    const bytes = await fetched(url, signal);
    const bitmap = await decodedBitmap(bytes);
    return { bitmap, texture: textureOf(bitmap), mayBeClear: imageHeader(bytes)?.mediaType !== 'image/jpeg' };
  },
  release({ texture, bitmap }) {
    texture.dispose();
    bitmap.close();
  },
  describe: ({ bitmap }) => ({ status: 'ready', pixels: [bitmap.width, bitmap.height] }),
};

/** Images by their address. */
export const pictures = new SharedPool((url) => new Loading(url, loader));

/** One by one, seen from both sides, and from both the right way round; row 0 of the picture is on top. */
export const PICTURE = bothSides();

function bothSides(): BufferGeometry {
  const geometry = new BufferGeometry();
  const corners = [-0.5, 0.5, 0, 0.5, 0.5, 0, -0.5, -0.5, 0, 0.5, -0.5, 0];
  geometry.setAttribute('position', new Float32BufferAttribute([...corners, ...corners], 3));
  geometry.setAttribute('normal', new Float32BufferAttribute([1, 1, 1, 1, -1, -1, -1, -1].flatMap((z) => [0, 0, z]), 3));
  geometry.setAttribute('uv', new Float32BufferAttribute([0, 0, 1, 0, 0, 1, 1, 1, 1, 0, 0, 0, 1, 1, 0, 1], 2));
  geometry.setIndex([0, 2, 1, 2, 3, 1, 4, 5, 6, 6, 5, 7]);
  return geometry;
}
