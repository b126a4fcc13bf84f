import { LinearFilter, LinearMipmapLinearFilter, SRGBColorSpace, Texture } from 'three';
import { imageHeader } from '../../media/imageHeader';
import { MOST_PIXELS } from '../../media/preparedFile';
import { AssetError } from './loading';

/** No side of a texture is longer, in pixels: enough for a screen, little enough for a phone. */
export const LONGEST_SIDE = 2048;

/** Decodes an image that is not larger than a browser can hold, and makes it as small as it needs to be. */
export async function decodedBitmap(bytes: Uint8Array<ArrayBuffer>): Promise<ImageBitmap> {
  const header = imageHeader(bytes);
  if (header === undefined || header.width * header.height > MOST_PIXELS) throw new AssetError('broken');
  const whole = await createImageBitmap(new Blob([bytes], { type: header.mediaType }), { premultiplyAlpha: 'none' });
  const share = LONGEST_SIDE / Math.max(whole.width, whole.height);
  if (share >= 1) return whole;
  const [resizeWidth, resizeHeight] = [whole.width, whole.height].map((side) => Math.max(1, Math.round(side * share))) as [number, number];
  try {
    return await createImageBitmap(whole, { resizeWidth, resizeHeight, resizeQuality: 'high', premultiplyAlpha: 'none' });
  } finally {
    whole.close();
  }
}

/** A texture in the colours of its image, with smaller versions of itself for the distance. */
export function textureOf(bitmap: ImageBitmap): Texture {
  const texture = new Texture(bitmap);
  texture.flipY = false;
  texture.colorSpace = SRGBColorSpace;
  texture.magFilter = LinearFilter;
  texture.minFilter = LinearMipmapLinearFilter;
  texture.generateMipmaps = true;
  texture.anisotropy = 4;
  texture.needsUpdate = true;
  return texture;
}
