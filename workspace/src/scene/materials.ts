import { BackSide, CanvasTexture, Color, MeshBasicMaterial, MeshStandardMaterial, ShaderMaterial, Vector2 } from 'three';
import { SharedPool } from './sharedPool';

export const surfaces = new SharedPool((color) => new MeshStandardMaterial({ color, roughness: 0.52, metalness: 0 }));

export const flats = new SharedPool((color) => new MeshBasicMaterial({ color, toneMapped: false }));

/** Canvas size in device pixels and pixels for each CSS pixel, shared by all outlines. */
export const outlineScreen = { viewport: { value: new Vector2(1, 1) }, pixelRatio: { value: 1 } };

/** Keys are `color|width|rank`: width in pixels; a higher rank lies behind the lower ones. */
export const outlines = new SharedPool((key) => {
  const [color = '#888888', width = '3', rank = '1'] = key.split('|');
  return new ShaderMaterial({
    side: BackSide,
    toneMapped: false,
    uniforms: {
      ...outlineScreen,
      color: { value: new Color(color) },
      width: { value: Number(width) },
      rank: { value: Number(rank) },
    },
    vertexShader: /* glsl */ `
      uniform vec2 viewport;
      uniform float pixelRatio, width, rank;
      void main() {
        vec4 clip = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
        // The rotation alone, so that a stretched object keeps an even outline.
        mat3 turn = mat3(normalize(modelViewMatrix[0].xyz), normalize(modelViewMatrix[1].xyz), normalize(modelViewMatrix[2].xyz));
        vec2 outwards = (projectionMatrix * vec4(turn * normal, 0.0)).xy * viewport;
        float size = length(outwards);
        if (size > 1e-6) clip.xy += outwards / size / viewport * 2.0 * width * pixelRatio * clip.w;
        clip.z += rank * 0.0004 * clip.w;
        gl_Position = clip;
      }`,
    fragmentShader: /* glsl */ `
      uniform vec3 color;
      void main() {
        gl_FragColor = vec4(color, 1.0);
        #include <colorspace_fragment>
      }`,
  });
});

/** The dark patch where an object touches the ground. */
export const contact = new MeshBasicMaterial({ map: softSpot(), color: '#000000', transparent: true, depthWrite: false, toneMapped: false, opacity: 0.4 });

function softSpot(): CanvasTexture {
  const size = 128;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  const context = canvas.getContext('2d');
  if (context) {
    const gradient = context.createRadialGradient(size / 2, size / 2, 0, size / 2, size / 2, size / 2);
    gradient.addColorStop(0, 'rgba(255,255,255,1)');
    gradient.addColorStop(0.45, 'rgba(255,255,255,0.72)');
    gradient.addColorStop(0.75, 'rgba(255,255,255,0.2)');
    gradient.addColorStop(1, 'rgba(255,255,255,0)');
    context.fillStyle = gradient;
    context.fillRect(0, 0, size, size);
  }
  return new CanvasTexture(canvas);
}
