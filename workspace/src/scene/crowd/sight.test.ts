import { Matrix4, OrthographicCamera, PerspectiveCamera, Quaternion, Raycaster, Vector3, type Intersection } from 'three';
import { describe, expect, it } from 'vitest';
import { SOLID_KINDS, type SolidKind } from '../geometries';
import { Crowd } from './crowd';
import { CrowdTarget } from './crowdTarget';
import { Eye, levelFor, ShadowSight, Sight } from './sight';
import type { SlotList } from './slotList';

const HEIGHT = 900;

interface Body {
  readonly id: string;
  readonly kind?: SolidKind;
  readonly at: readonly [number, number, number];
  readonly size?: number;
  readonly opacity?: number;
}

function crowdOf(...bodies: readonly Body[]): Crowd {
  const crowd = new Crowd();
  for (const { id, kind = 'box', at, size = 1, opacity = 1 } of bodies) {
    crowd.put(id, { kind, color: '#888888', material: { roughness: 0.5, metalness: 0, opacity } });
    crowd.place(id, new Matrix4().compose(new Vector3(...at), new Quaternion(), new Vector3(size, size, size)), true);
  }
  return crowd;
}

/** Looking from [0, 0, 10] along −z. */
function eyeAt(z = 10): Eye {
  const camera = new PerspectiveCamera(38, 1.6, 0.1, 600);
  camera.position.set(0, 0, z);
  camera.updateMatrixWorld();
  const eye = new Eye();
  eye.look(camera, HEIGHT);
  return eye;
}

function seen(crowd: Crowd, eye = eyeAt()): Sight {
  const sight = new Sight();
  sight.look(crowd, eye);
  return sight;
}

const ids = (crowd: Crowd, list: SlotList | undefined) => [...(list?.entries.subarray(0, list.count) ?? [])].map((slot) => crowd.idAt(slot));
const allIds = (crowd: Crowd, lists: readonly (readonly SlotList[])[]) => lists.flat().flatMap((list) => ids(crowd, list)).sort();
const BOX = SOLID_KINDS.indexOf('box');
const SPHERE = SOLID_KINDS.indexOf('sphere');

describe('levels of detail', () => {
  it('given a radius in pixels then the coarsest level is chosen that misses a circle by less than half a pixel', () => {
    expect([500, 41, 40, 11, 10, 0.2].map(levelFor)).toEqual([0, 0, 1, 1, 2, 2]);
    for (const [sides, radius] of [[20, 40], [10, 10]] as const) expect(radius * (1 - Math.cos(Math.PI / sides))).toBeLessThan(0.5);
  });

  it('given bodies near and far then the far ones are drawn coarser', () => {
    const crowd = crowdOf({ id: 'near', at: [0, 0, 0] }, { id: 'far', at: [0, 0, -50] }, { id: 'farthest', at: [0, 0, -300] });
    const { solid } = seen(crowd);
    expect(solid[BOX]?.map((list) => ids(crowd, list))).toEqual([['near'], ['far'], ['farthest']]);
  });

  it('given a large body far away then it is drawn as finely as a small one nearby', () => {
    const crowd = crowdOf({ id: 'tower', at: [0, 0, -90], size: 12 });
    expect(ids(crowd, seen(crowd).solid[BOX]?.[0])).toEqual(['tower']);
  });
});

describe('what is in view', () => {
  it('given bodies behind one or beside the view then they are not drawn', () => {
    const crowd = crowdOf({ id: 'before', at: [0, 0, 0] }, { id: 'behind', at: [0, 0, 20] }, { id: 'beside', at: [40, 0, 0] });
    expect(allIds(crowd, seen(crowd).solid)).toEqual(['before']);
  });

  it('given a body whose middle is out of view but whose edge is not then it is drawn', () => {
    const crowd = crowdOf({ id: 'wall', at: [12, 0, 0], size: 10 });
    expect(allIds(crowd, seen(crowd).solid)).toEqual(['wall']);
  });

  it('given shapes then each is in the list of its own', () => {
    const crowd = crowdOf({ id: 'ball', kind: 'sphere', at: [1, 0, 0] }, { id: 'box', at: [-1, 0, 0] });
    const { solid } = seen(crowd);
    expect(ids(crowd, solid[SPHERE]?.[0])).toEqual(['ball']);
    expect(ids(crowd, solid[BOX]?.[0])).toEqual(['box']);
  });

  it('given bodies that one sees through then they come from the back to the front, apart from the others', () => {
    const crowd = crowdOf(
      { id: 'front', at: [0, 0, 3], opacity: 0.5 },
      { id: 'back', at: [0, 0, -2], opacity: 0.5 },
      { id: 'middle', at: [0, 0, 1], opacity: 0.5 },
      { id: 'solid', at: [0, 0, 0] },
    );
    const sight = seen(crowd);
    expect(ids(crowd, sight.clear[BOX]?.[0])).toEqual(['back', 'middle', 'front']);
    expect(allIds(crowd, sight.solid)).toEqual(['solid']);
  });

  it('given outlines then each ring and the gap below them is one entry', () => {
    const crowd = crowdOf({ id: 'a', at: [0, 0, 0] }, { id: 'b', at: [1.5, 0, 0] });
    crowd.outline('b', ['#111111', '#222222']);
    const slot = crowd.slotOf('b') ?? -1;
    const list = seen(crowd).outlines[BOX]?.[0];
    expect([...(list?.entries.subarray(0, list.count) ?? [])]).toEqual([slot * 4, slot * 4 + 1, slot * 4 + 2]);
  });

  it('given bodies of few pixels then no patch is drawn below them', () => {
    const crowd = crowdOf({ id: 'near', at: [0, 0.5, 0] }, { id: 'far', at: [0, 0.5, -400] });
    expect(ids(crowd, seen(crowd).contacts)).toEqual(['near']);
  });
});

describe('shadows', () => {
  it('given a light then only what its map shows throws shadows, never finely, and what is glass or tiny none', () => {
    const camera = new OrthographicCamera(-16, 16, 16, -16, 1, 45);
    camera.position.set(0, 20, 0);
    camera.lookAt(0, 0, 0);
    camera.updateMatrixWorld();
    const eye = new Eye();
    eye.look(camera, 2048);
    const crowd = crowdOf(
      { id: 'in', at: [3, 0.5, 3] },
      { id: 'small', at: [4, 0.1, 4], size: 0.1 },
      { id: 'tiny', at: [5, 0, 5], size: 0.01 },
      { id: 'glass', at: [0, 0.5, 0], opacity: 0.2 },
      { id: 'out', at: [40, 0.5, 0] },
    );
    const sight = new ShadowSight();
    sight.look(crowd, eye);
    expect(sight.casting[BOX]?.map((list) => ids(crowd, list))).toEqual([[], ['in'], ['small']]);
  });
});

describe('picking', () => {
  const picked = (crowd: Crowd, from: Vector3, towards: Vector3) => {
    const hits: Intersection[] = [];
    new CrowdTarget(crowd).raycast(new Raycaster(from, towards.clone().sub(from).normalize()), hits);
    return hits.map(({ instanceId, distance }) => ({ id: crowd.idAt(instanceId ?? -1), distance: Math.round(distance * 1000) / 1000 }));
  };

  it('given bodies behind each other then the nearest one is met, where its surface is', () => {
    const crowd = crowdOf({ id: 'back', at: [0, 0, -5] }, { id: 'front', at: [0, 0, 2] }, { id: 'beside', at: [5, 0, 3] });
    expect(picked(crowd, new Vector3(0, 0, 10), new Vector3(0, 0, 0))).toEqual([{ id: 'front', distance: 7.5 }]);
  });

  it('given a ray past the corner of a sphere then what is behind it is met', () => {
    const crowd = crowdOf({ id: 'ball', kind: 'sphere', at: [0, 0, 2] }, { id: 'wall', at: [0, 0, -5], size: 4 });
    expect(picked(crowd, new Vector3(0.45, 0.45, 10), new Vector3(0.45, 0.45, 0)).map(({ id }) => id)).toEqual(['wall']);
  });

  it('given what is hidden or gone then it is not met', () => {
    const crowd = crowdOf({ id: 'hidden', at: [0, 0, 4] }, { id: 'gone', at: [0, 0, 2] }, { id: 'there', at: [0, 0, 0] });
    crowd.place('hidden', new Matrix4(), false);
    crowd.remove('gone');
    expect(picked(crowd, new Vector3(0, 0, 10), new Vector3()).map(({ id }) => id)).toEqual(['there']);
  });
});
