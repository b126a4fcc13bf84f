import { CanvasTexture, LinearFilter, SRGBColorSpace } from 'three';
import { inkOn } from '../../app/colors';
import type { LightType } from '../sceneElement';
import { SharedPool } from '../sharedPool';

const SIZE = 160;
const DISC = 46;
const GAP = 5;
const RING = 7;

/** Keys are JSON: `[kind, color, ...outline colours]`, the innermost first. */
export const lampTextures = new SharedPool((key) => {
  const [type = 'point', color = '#ffffff', ...rings] = JSON.parse(key) as [LightType, string, ...string[]];
  return lampTexture(type, color, rings);
});

export const lampKey = (type: LightType, color: string, rings: readonly string[]) => JSON.stringify([type, color, ...rings.slice(0, 3)]);

/** A light as a sign: a disc in its colour with a picture of its kind. */
function lampTexture(type: LightType, color: string, rings: readonly string[]): CanvasTexture {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIZE;
  const context = canvas.getContext('2d');
  if (context) {
    context.translate(SIZE / 2, SIZE / 2);
    [...rings].reverse().forEach((ring, index) => disc(context, DISC + GAP + RING * (rings.length - index), ring));
    disc(context, DISC + (rings.length > 0 ? GAP : 3), rings.length > 0 ? '#ffffff' : '#3d4543');
    disc(context, DISC, color);
    context.strokeStyle = inkOn(color);
    context.lineWidth = 5;
    context.lineCap = context.lineJoin = 'round';
    SIGNS[type](context);
  }
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  texture.minFilter = LinearFilter;
  texture.generateMipmaps = false;
  return texture;
}

const SIGNS: Readonly<Record<LightType, (context: CanvasRenderingContext2D) => void>> = {
  point: (context) => {
    context.beginPath();
    context.arc(0, -5, 17, 0.75 * Math.PI, 2.25 * Math.PI);
    context.lineTo(9, 16);
    context.lineTo(-9, 16);
    context.closePath();
    context.stroke();
    line(context, -7, 25, 7, 25);
  },
  spot: (context) => {
    context.beginPath();
    context.moveTo(-9, -24);
    context.lineTo(9, -24);
    context.lineTo(19, 2);
    context.lineTo(-19, 2);
    context.closePath();
    context.stroke();
    line(context, 0, 12, 0, 26);
    line(context, -14, 11, -20, 23);
    line(context, 14, 11, 20, 23);
  },
  sun: (context) => {
    context.beginPath();
    context.arc(0, 0, 11, 0, 2 * Math.PI);
    context.stroke();
    for (let ray = 0; ray < 8; ray++) {
      const [x, y] = [Math.cos((ray * Math.PI) / 4), Math.sin((ray * Math.PI) / 4)];
      line(context, 20 * x, 20 * y, 27 * x, 27 * y);
    }
  },
};

function disc(context: CanvasRenderingContext2D, radius: number, color: string): void {
  context.fillStyle = color;
  context.beginPath();
  context.arc(0, 0, radius, 0, 2 * Math.PI);
  context.fill();
}

function line(context: CanvasRenderingContext2D, fromX: number, fromY: number, toX: number, toY: number): void {
  context.beginPath();
  context.moveTo(fromX, fromY);
  context.lineTo(toX, toY);
  context.stroke();
}
