import { ShaderMaterial, Vector4, type Camera, type Mesh, type Object3D, type Scene, type WebGLRenderer } from 'three';
import { outlineScreen } from '../materials';
import { OVERLAY } from './Outlines';

const WIDTH = 320;
const HEIGHT = 200;
const LARGEST = 64 * 1024;
/** The first that a browser can write and that is small enough. */
const FORMATS = [['image/webp', 0.82], ['image/webp', 0.5], ['image/jpeg', 0.7], ['image/jpeg', 0.4]] as const;

/**
 * The scene as one sees it, without what belongs to working in it. It is drawn into a corner of the canvas and copied in
 * one go, since a browser keeps a drawing only until it has shown it; whoever calls has the whole drawn anew for the next frame.
 */
export function photograph(gl: WebGLRenderer, scene: Scene, camera: Camera): HTMLCanvasElement | undefined {
  const { width, height } = gl.domElement;
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext('2d');
  if (!context || width === 0 || height === 0 || gl.getContext().isContextLost()) return undefined;
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--stage-near').trim() || '#fbfaf7';
  context.fillRect(0, 0, WIDTH, HEIGHT);
  // Twice as fine as the picture, so that edges become smooth.
  const share = Math.min(1, 2 * Math.max(WIDTH / width, HEIGHT / height));
  const [drawnWidth, drawnHeight] = [Math.round(width * share), Math.round(height * share)];
  drawCorner(gl, scene, camera, drawnWidth, drawnHeight);
  const cut = Math.min(drawnWidth / WIDTH, drawnHeight / HEIGHT);
  const [cutWidth, cutHeight] = [WIDTH * cut, HEIGHT * cut];
  context.imageSmoothingQuality = 'high';
  context.drawImage(gl.domElement, (drawnWidth - cutWidth) / 2, height - (drawnHeight + cutHeight) / 2, cutWidth, cutHeight, 0, 0, WIDTH, HEIGHT);
  return canvas;
}

/** Draws the scene at the bottom left, so large in pixels of the canvas. */
function drawCorner(gl: WebGLRenderer, scene: Scene, camera: Camera, width: number, height: number): void {
  const whole = gl.getViewport(new Vector4());
  const ratio = gl.getPixelRatio();
  const hidden = withoutOverlay(scene);
  gl.setViewport(0, 0, width / ratio, height / ratio);
  gl.render(scene, camera);
  gl.setViewport(whole);
  for (const each of hidden) each.visible = true;
}

/** As a file; undefined where none is small enough. */
export async function small(canvas: HTMLCanvasElement | undefined): Promise<Blob | undefined> {
  if (canvas === undefined) return undefined;
  for (const [type, quality] of FORMATS) {
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality));
    if (blob?.type === type && blob.size <= LARGEST) return blob;
  }
  return undefined;
}

function withoutOverlay(scene: Scene): readonly Object3D[] {
  const hidden: Object3D[] = [];
  scene.traverseVisible((object) => {
    if (object.name === OVERLAY || isOutline(object)) hidden.push(object);
  });
  for (const each of hidden) each.visible = false;
  return hidden;
}

/** All outlines of bodies share what they know of the screen. */
function isOutline(object: Object3D): boolean {
  const { material } = object as Partial<Mesh>;
  return material instanceof ShaderMaterial && material.uniforms['pixelRatio'] === outlineScreen.pixelRatio;
}
