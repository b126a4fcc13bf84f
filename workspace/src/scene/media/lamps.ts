import { Vector3, type Light, type Scene } from 'three';
import { shining, type Candidate } from '../../media/lightsThatShine';

interface Lamp extends Candidate {
  readonly light: Light;
  distance: number;
  shines: boolean;
}

const scratch = new Vector3();

/** All lights of a scene, of which only so many shine as the picture can bear. */
class Lamps {
  private readonly all = new Set<Lamp>();
  private chosenAt = -1;

  add(light: Light): () => void {
    const lamp: Lamp = { light, distance: 0, shines: false };
    this.all.add(lamp);
    light.visible = false;
    return () => {
      this.all.delete(lamp);
    };
  }

  /** Chooses anew, once in each frame. */
  choose(time: number, lookedAt: Vector3): void {
    if (time === this.chosenAt) return;
    this.chosenAt = time;
    for (const lamp of this.all) {
      const everywhere = 'isDirectionalLight' in lamp.light;
      lamp.distance = everywhere ? 0 : scratch.setFromMatrixPosition(lamp.light.matrixWorld).distanceTo(lookedAt);
    }
    const chosen = shining([...this.all]);
    for (const lamp of this.all) {
      lamp.shines = chosen.has(lamp);
      lamp.light.visible = lamp.shines;
    }
  }
}

const known = new WeakMap<Scene, Lamps>();

export function lampsOf(scene: Scene): Lamps {
  const lamps = known.get(scene) ?? new Lamps();
  known.set(scene, lamps);
  return lamps;
}
