import { CanvasTexture, LinearFilter, SRGBColorSpace } from 'three';
import { inkOn } from '../app/colors';
import { SharedPool } from './sharedPool';

const FONT = '600 44px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
const LINE = 56;
const PADDING_X = 30;
const PADDING_Y = 16;
const RING = 8;
/** Room for the outlines of oneself and of two others. */
const GAP = 4;
const MARGIN = RING * 3 + GAP + 2;
const MOST_LINES = 6;
const WIDEST = 720;
const PIXELS_PER_UNIT = 150;

/** A label as a picture: drawn with the system's fonts, so every script works and nothing is fetched. */
export class LabelTexture extends CanvasTexture {
  readonly worldWidth: number;
  readonly worldHeight: number;

  constructor(text: string, color: string, rings: readonly string[]) {
    const canvas = document.createElement('canvas');
    super(canvas);
    const context = canvas.getContext('2d');
    const lines = context ? wrapped(context, text || ' ') : [];
    const widest = Math.max(40, ...lines.map((line) => context?.measureText(line).width ?? 0));
    canvas.width = Math.ceil(widest + 2 * (PADDING_X + MARGIN));
    canvas.height = lines.length * LINE + 2 * (PADDING_Y + MARGIN);
    if (context) paint(context, lines, color, rings);
    this.colorSpace = SRGBColorSpace;
    this.minFilter = LinearFilter;
    this.generateMipmaps = false;
    this.anisotropy = 4;
    this.needsUpdate = true;
    this.worldWidth = canvas.width / PIXELS_PER_UNIT;
    this.worldHeight = canvas.height / PIXELS_PER_UNIT;
  }
}

/** Keys are JSON: `[text, color, ...outline colours]`, the innermost first. */
export const labelTextures = new SharedPool((key) => {
  const [text = '', color = '#888888', ...rings] = JSON.parse(key) as string[];
  return new LabelTexture(text, color, rings);
});

export const labelKey = (text: string, color: string, rings: readonly string[]) => JSON.stringify([text, color, ...rings.slice(0, 3)]);

function paint(context: CanvasRenderingContext2D, lines: readonly string[], color: string, rings: readonly string[]): void {
  const { width, height } = context.canvas;
  const pill = (inset: number) => {
    context.beginPath();
    context.roundRect(inset, inset, width - 2 * inset, height - 2 * inset, 24 + MARGIN - inset);
    context.fill();
  };
  rings.map((ring, index) => ({ ring, inset: MARGIN - GAP - RING * (index + 1) })).reverse().forEach(({ ring, inset }) => {
    context.fillStyle = ring;
    pill(inset);
  });
  if (rings.length > 0) {
    context.fillStyle = '#ffffff';
    pill(MARGIN - GAP);
  }
  context.fillStyle = color;
  pill(MARGIN);
  context.font = FONT;
  context.fillStyle = inkOn(color);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  lines.forEach((line, index) => context.fillText(line, width / 2, MARGIN + PADDING_Y + LINE * (index + 0.53)));
}

function wrapped(context: CanvasRenderingContext2D, text: string): readonly string[] {
  context.font = FONT;
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(/\s+/)) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line !== '' && context.measureText(longer).width > WIDEST) {
        lines.push(line);
        line = word;
      } else {
        line = longer;
      }
      while (context.measureText(line).width > WIDEST) {
        const characters = [...line];
        const fitting = Math.max(1, Math.floor((characters.length * WIDEST) / context.measureText(line).width));
        lines.push(characters.slice(0, fitting).join(''));
        line = characters.slice(fitting).join('');
      }
    }
    lines.push(line);
  }
  return lines.length <= MOST_LINES ? lines : [...lines.slice(0, MOST_LINES - 1), `${lines[MOST_LINES - 1] ?? ''}…`];
}
