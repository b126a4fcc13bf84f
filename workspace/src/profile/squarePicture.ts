/** How wide and high a picture is sent, in pixels: sharp in lists on every screen, and small. */
export const PICTURE_SIZE = 256;

/** Which part of a picture is shown: the largest square in its middle. */
export function middleSquare(width: number, height: number): { readonly x: number; readonly y: number; readonly size: number } {
  const size = Math.min(width, height);
  return { x: Math.floor((width - size) / 2), y: Math.floor((height - size) / 2), size };
}

/**
 * The middle of a picture, small, and without what a camera wrote into the file, such as the place.
 *
 * @returns nothing where the browser cannot read it
 */
export async function squarePicture(file: Blob): Promise<Blob | undefined> {
  const bitmap = await createImageBitmap(file).catch(() => undefined);
  if (bitmap === undefined) return undefined;
  const { x, y, size } = middleSquare(bitmap.width, bitmap.height);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = Math.min(PICTURE_SIZE, size);
  canvas.getContext('2d')?.drawImage(bitmap, x, y, size, size, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  // Browsers that write no WebP write PNG; the blob says which.
  return (await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/webp', 0.85))) ?? undefined;
}
