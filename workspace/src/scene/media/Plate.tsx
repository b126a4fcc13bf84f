import { CanvasTexture, SRGBColorSpace } from 'three';
import type { Vector } from '../sceneElement';
import { PICTURE } from './pictures';

/** Something for which there is no picture yet, or none at all. */
export function Plate({ size, opacity = 0.35 }: { readonly size: Vector; readonly opacity?: number }) {
  return (
    <mesh geometry={PICTURE} scale={size}>
      <meshBasicMaterial color="#8b938f" transparent opacity={opacity} depthWrite={false} toneMapped={false} />
    </mesh>
  );
}

let drawn: CanvasTexture | undefined;

/** The mark of a file that cannot be shown, facing whoever looks. */
export function BrokenMark({ size }: { readonly size: number }) {
  drawn ??= brokenMark();
  return (
    <sprite scale={[size, size, 1]}>
      <spriteMaterial map={drawn} transparent depthTest={false} toneMapped={false} />
    </sprite>
  );
}

function brokenMark(): CanvasTexture {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 128;
  const context = canvas.getContext('2d');
  if (context) {
    context.lineJoin = context.lineCap = 'round';
    context.fillStyle = context.strokeStyle = '#b42a1d';
    context.lineWidth = 14;
    context.beginPath();
    context.moveTo(64, 18);
    context.lineTo(116, 108);
    context.lineTo(12, 108);
    context.closePath();
    context.stroke();
    context.fillStyle = '#fae5e1';
    context.fill();
    context.lineWidth = 10;
    context.beginPath();
    context.moveTo(64, 50);
    context.lineTo(64, 74);
    context.moveTo(64, 92);
    context.lineTo(64, 92.5);
    context.stroke();
  }
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  return texture;
}
