export const PARTICIPANT_COLORS = ['#e4572e', '#d98e04', '#3f8f4f', '#0e8f8a', '#2f74c0', '#6a5acd', '#b0479b', '#7a6a58'] as const;

export const OBJECT_COLORS = ['#e76f51', '#f2b04c', '#8ab17d', '#2a9d8f', '#4a8fd1', '#7d76c9', '#c9678f', '#f1ede4', '#9aa19d', '#3d4543'] as const;

const HEX = /^#[0-9a-f]{6}$/i;

export function isHexColor(value: unknown): value is string {
  return typeof value === 'string' && HEX.test(value);
}

export interface Hsv {
  readonly h: number;
  readonly s: number;
  readonly v: number;
}

function channels(hex: string): readonly [number, number, number] {
  const bits = Number.parseInt(hex.slice(1), 16);
  return [(bits >> 16) & 255, (bits >> 8) & 255, bits & 255];
}

export function hexToHsv(hex: string): Hsv {
  const [r, g, b] = channels(hex);
  const max = Math.max(r, g, b);
  const range = max - Math.min(r, g, b);
  const s = max === 0 ? 0 : range / max;
  return { h: range === 0 ? 0 : hueOf(r, g, b, max, range), s, v: max / 255 };
}

function hueOf(r: number, g: number, b: number, max: number, range: number): number {
  if (max === r) return (60 * ((g - b) / range) + 360) % 360;
  return max === g ? 60 * ((b - r) / range + 2) : 60 * ((r - g) / range + 4);
}

export function hsvToHex({ h, s, v }: Hsv): string {
  const channel = (n: number) => {
    const k = (n + h / 60) % 6;
    return Math.round(255 * (v - v * s * Math.max(0, Math.min(k, 4 - k, 1))))
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(5)}${channel(3)}${channel(1)}`;
}

/** Relative luminances from which on a nearly black ink reads well, and up to which white does; between them only black. */
const [DARK_INK_FROM, WHITE_INK_TO] = [0.217, 0.183];

/** An ink of which WCAG 2.2 AA says that it can be read on a colour, whatever the colour. */
export function inkOn(hex: string): '#ffffff' | '#17181a' | '#000000' {
  const luminance = luminanceOf(hex);
  if (luminance >= DARK_INK_FROM) return '#17181a';
  return luminance <= WHITE_INK_TO ? '#ffffff' : '#000000';
}

/** As WCAG defines it: 0 for black, 1 for white. */
export function luminanceOf(hex: string): number {
  const [r, g, b] = channels(hex).map((channel) => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
