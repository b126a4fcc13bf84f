import { describe, expect, it } from 'vitest';
import { imageHeader } from './imageHeader';
import { pngHeader } from './testModels';

const bytes = (...values: readonly number[]) => Uint8Array.from(values);
const ascii = (text: string) => [...new TextEncoder().encode(text)];

describe('the header of an image', () => {
  it('tells a PNG and its size', () => {
    expect(imageHeader(pngHeader(640, 480))).toEqual({ mediaType: 'image/png', width: 640, height: 480 });
  });

  it('tells a JPEG and its size behind other segments', () => {
    const jpeg = bytes(0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xff, 0xc2, 0, 11, 8, 0x01, 0x2c, 0x02, 0x58, 3, 0, 0);
    expect(imageHeader(jpeg)).toEqual({ mediaType: 'image/jpeg', width: 600, height: 300 });
  });

  it('tells a WebP of each form and its size', () => {
    const riff = (...chunk: readonly number[]) => bytes(...ascii('RIFF'), 0, 0, 0, 0, ...ascii('WEBP'), ...chunk);
    const extended = riff(...ascii('VP8X'), 10, 0, 0, 0, 0, 0, 0, 0, 0x7f, 0x02, 0, 0xdf, 0x01, 0);
    expect(imageHeader(extended)).toEqual({ mediaType: 'image/webp', width: 640, height: 480 });
    const lossy = riff(...ascii('VP8 '), 0, 0, 0, 0, 0, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0xe0, 0x01);
    expect(imageHeader(lossy)).toEqual({ mediaType: 'image/webp', width: 640, height: 480 });
    const bits = 639 | (479 << 14);
    const lossless = riff(...ascii('VP8L'), 0, 0, 0, 0, 0x2f, bits & 255, (bits >> 8) & 255, (bits >> 16) & 255, (bits >> 24) & 255, 0, 0, 0, 0, 0);
    expect(imageHeader(lossless)).toEqual({ mediaType: 'image/webp', width: 640, height: 480 });
  });

  it.each([
    ['nothing', bytes()],
    ['a text', Uint8Array.from(ascii('<svg xmlns="http://www.w3.org/2000/svg"></svg>        '))],
    ['a JPEG that is cut off', bytes(0xff, 0xd8, 0xff, 0xe0, 0, 200)],
    ['a JPEG whose segments have no length', bytes(0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xe0, 0, 0)],
    ['a PNG without any pixel', pngHeader(0, 10)],
  ])('refuses %s', (_, given) => {
    expect(imageHeader(given)).toBeUndefined();
  });
});
