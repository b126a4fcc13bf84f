/** What draws the scene: a graphics card, the processor in its place, or nothing. */
export type Graphics = 'card' | 'software' | 'none';

/** What browsers call their own renderers and those of virtual machines and remote desktops. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|lavapipe|software|basic render/i;

let found: Graphics | undefined;

/** Asked once for each page. */
export function graphics(): Graphics {
  found ??= look();
  return found;
}

function look(): Graphics {
  const context = document.createElement('canvas').getContext('webgl2');
  if (context === null) return 'none';
  const info = context.getExtension('WEBGL_debug_renderer_info');
  const renderer: unknown = context.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : context.RENDERER);
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return graphicsNamed(renderer);
}

/** @param renderer what WebGL says draws; some browsers hide it, and then it counts as a card */
export function graphicsNamed(renderer: unknown): Exclude<Graphics, 'none'> {
  return typeof renderer === 'string' && SOFTWARE.test(renderer) ? 'software' : 'card';
}
