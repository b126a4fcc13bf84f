import { DataTexture, EquirectangularReflectionMapping, FloatType, LinearFilter, LinearSRGBColorSpace, RGBAFormat } from 'three';

const WIDTH = 64;
const HEIGHT = 32;

/** A soft studio as reflections see it, computed so that no image is fetched: bright above, one large window, a warm floor. */
export function studio(): DataTexture {
  const data = new Float32Array(WIDTH * HEIGHT * 4);
  for (let row = 0; row < HEIGHT; row++) {
    const up = (row + 0.5) / HEIGHT;
    for (let column = 0; column < WIDTH; column++) {
      const around = (column + 0.5) / WIDTH;
      const sky = 0.35 + 0.75 * smooth(0.4, 1, up);
      const floor = 0.32 * smooth(0.55, 0.2, up);
      const window = 3.2 * smooth(0.16, 0.06, Math.hypot((around - 0.34) * 1.4, up - 0.74));
      const fill = 0.9 * smooth(0.2, 0.05, Math.hypot((around - 0.82) * 1.4, up - 0.66));
      const at = (row * WIDTH + column) * 4;
      data[at] = sky + floor * 1.05 + window + fill;
      data[at + 1] = sky * 1.01 + floor + window + fill;
      data[at + 2] = sky * 1.05 + floor * 0.9 + window * 0.97 + fill * 1.05;
      data[at + 3] = 1;
    }
  }
  const texture = new DataTexture(data, WIDTH, HEIGHT, RGBAFormat, FloatType);
  texture.mapping = EquirectangularReflectionMapping;
  texture.colorSpace = LinearSRGBColorSpace;
  texture.magFilter = LinearFilter;
  texture.minFilter = LinearFilter;
  texture.needsUpdate = true;
  return texture;
}

function smooth(from: number, to: number, value: number): number {
  const share = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return share * share * (3 - 2 * share);
}
