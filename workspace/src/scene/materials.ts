import { BackSide, CanvasTexture, Color, MeshBasicMaterial, MeshStandardMaterial, ShaderMaterial, Vector2 } from 'three';
import { SharedPool } from './sharedPool';

export const surfaces = new SharedPool((color) => new MeshStandardMaterial({ color, roughness: 0.52, metalness: 0 }));

export const flats = new SharedPool((color) => new MeshBasicMaterial({ color, toneMapped: false }));

/** Canvas size in device pixels and pixels for each CSS pixel, shared by all outlines. */
export const outlineScreen = { viewport: { value: new Vector2(1, 1) }, pixelRatio: { value: 1 } };

/** So much of the distance does an outline lie behind the one inside of it. */
const BEHIND = 0.006;

const OUTLINE_FRAGMENT = /* glsl */ `
  varying vec3 vOutline;
  void main() {
    gl_FragColor = vec4(vOutline, 1.0);
    #include <colorspace_fragment>
  }`;

/** `from` says where the colour, the width and the rank come from, and the matrix to the view. */
const outlineVertex = (declarations: string, from: { readonly matrix: string; readonly color: string; readonly width: string; readonly rank: string }) => /* glsl */ `
  ${declarations}
  uniform vec2 viewport;
  uniform float pixelRatio;
  varying vec3 vOutline;
  void main() {
    mat4 toView = ${from.matrix};
    vec4 seen = toView * vec4(position, 1.0);
    // Farther away along the line of sight, by a share of the distance: so it lies behind its body, and before what is behind that.
    vec4 clip = projectionMatrix * vec4(seen.xyz * (1.0 + ${from.rank} * ${BEHIND}), 1.0);
    // The rotation alone, so that a stretched object keeps an even outline.
    mat3 turn = mat3(normalize(toView[0].xyz), normalize(toView[1].xyz), normalize(toView[2].xyz));
    vec2 outwards = (projectionMatrix * vec4(turn * normal, 0.0)).xy * viewport;
    float size = length(outwards);
    if (size > 1e-6) clip.xy += outwards / size / viewport * 2.0 * ${from.width} * pixelRatio * clip.w;
    vOutline = ${from.color};
    gl_Position = clip;
  }`;

/** Keys are `color|width|rank`: width in pixels; a higher rank lies behind the lower ones. */
export const outlines = new SharedPool((key) => {
  const [color = '#888888', width = '3', rank = '1'] = key.split('|');
  return new ShaderMaterial({
    side: BackSide,
    toneMapped: false,
    uniforms: { ...outlineScreen, color: { value: new Color(color) }, width: { value: Number(width) }, rank: { value: Number(rank) } },
    vertexShader: outlineVertex('uniform vec3 color; uniform float width, rank;', {
      matrix: 'modelViewMatrix',
      color: 'color',
      width: 'width',
      rank: 'rank',
    }),
    fragmentShader: OUTLINE_FRAGMENT,
  });
});

/** The outlines of many things at once; each instance brings its colour, and in `outline` its width and rank. */
export function crowdOutline(): ShaderMaterial {
  return new ShaderMaterial({
    side: BackSide,
    toneMapped: false,
    uniforms: { ...outlineScreen },
    vertexShader: outlineVertex('attribute vec2 outline;', {
      matrix: 'modelViewMatrix * instanceMatrix',
      color: 'instanceColor',
      width: 'outline.x',
      rank: 'outline.y',
    }),
    fragmentShader: OUTLINE_FRAGMENT,
  });
}

/**
 * The surfaces of many bodies at once; each instance brings its colour, and in `surface` its roughness, metalness and
 * opacity. So there are as many drawings as shapes, however many materials strangers make up.
 *
 * @param clear for bodies that one sees through
 */
export function crowdSurface(clear: boolean): MeshStandardMaterial {
  const material = new MeshStandardMaterial({ transparent: clear, depthWrite: !clear });
  material.onBeforeCompile = (shader) => {
    shader.vertexShader = shader.vertexShader
      .replace('#include <common>', 'attribute vec3 surface;\nvarying vec3 vSurface;\n#include <common>')
      .replace('#include <begin_vertex>', '#include <begin_vertex>\nvSurface = surface;');
    shader.fragmentShader = shader.fragmentShader
      .replace('#include <common>', 'varying vec3 vSurface;\n#include <common>')
      .replace('vec4( diffuse, opacity )', 'vec4( diffuse, vSurface.z )')
      .replace('#include <roughnessmap_fragment>', 'float roughnessFactor = vSurface.x;')
      .replace('#include <metalnessmap_fragment>', 'float metalnessFactor = vSurface.y;');
  };
  material.customProgramCacheKey = () => 'crowd';
  return material;
}

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
