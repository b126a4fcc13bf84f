import type { DirectionalLight, OrthographicCamera, Vector3 } from 'three';

/** How far from the middle of the view shadows reach at the least, in metres. */
const REACH = 16;
/** The whole map of shadows is for this reach; from farther away one sees more, and less finely. */
const STEPS = [
  { within: 30, times: 1 },
  { within: 65, times: 2 },
  { within: Infinity, times: 4 },
] as const;
const BIAS = 0.03;

/**
 * The light that throws shadows. It travels with the view, so that shadows are sharp wherever one works, in steps, so that
 * they do not crawl while one goes; and it widens as one goes away, so that they do not end in the middle of a large scene.
 */
export class KeyLight {
  light: DirectionalLight | null = null;
  /** Grows whenever the light stands elsewhere. */
  version = 0;
  private at = '';

  /** @param distance from where one looks at `target` */
  follow(target: Vector3, distance: number): void {
    const { light } = this;
    if (light === null) return;
    const times = STEPS.find(({ within }) => distance <= within)?.times ?? 1;
    const [x, z] = [Math.round(target.x / times) * times, Math.round(target.z / times) * times];
    const at = `${x} ${z} ${times}`;
    if (at === this.at) return;
    this.at = at;
    this.version += 1;
    light.target.position.set(x, 0, z);
    light.position.set(x - 6 * times, 13 * times, z + 7 * times);
    light.target.updateMatrixWorld();
    light.updateMatrixWorld();
    light.shadow.normalBias = BIAS * times;
    frame(light.shadow.camera, times);
  }

  /** Another light takes its place. */
  use(light: DirectionalLight | null): void {
    this.light = light;
    this.at = '';
  }
}

function frame(camera: OrthographicCamera, times: number): void {
  camera.left = camera.bottom = -REACH * times;
  camera.right = camera.top = REACH * times;
  camera.near = 1;
  camera.far = 45 * times;
  camera.updateProjectionMatrix();
}
