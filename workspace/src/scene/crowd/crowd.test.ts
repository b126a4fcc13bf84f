import { Matrix4, Quaternion, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { CASTING, CLEAR, Crowd, GROUNDED, SHOWN, type Look } from './crowd';

const MATERIAL = { roughness: 0.5, metalness: 0, opacity: 1 };
const BOX: Look = { kind: 'box', color: '#ff0000', material: MATERIAL };

const at = (x: number, y: number, z: number, scale = 1) => new Matrix4().compose(new Vector3(x, y, z), new Quaternion(), new Vector3(scale, scale, scale));

function crowdOf(...ids: readonly string[]): Crowd {
  const crowd = new Crowd();
  ids.forEach((id, index) => {
    crowd.put(id, BOX);
    crowd.place(id, at(index * 2, 0.5, 0), true);
  });
  return crowd;
}

const flagsOf = (crowd: Crowd, id: string) => crowd.flags[crowd.slotOf(id) ?? -1] ?? 0;

describe('Crowd', () => {
  it('given bodies then each has a slot that leads back to it', () => {
    const crowd = crowdOf('a', 'b', 'c');
    for (const id of ['a', 'b', 'c']) expect(crowd.idAt(crowd.slotOf(id) ?? -1)).toBe(id);
    expect(crowd.size).toBe(3);
  });

  it('given a body goes then its slot belongs to nobody, and to the next one that comes', () => {
    const crowd = crowdOf('a', 'b', 'c');
    const slot = crowd.slotOf('b') ?? -1;
    crowd.outline('b', ['#123456']);
    crowd.remove('b');
    expect(crowd.idAt(slot)).toBeUndefined();
    expect(flagsOf(crowd, 'b')).toBe(0);
    expect(crowd.flags[slot]).toBe(0);
    crowd.put('d', BOX);
    expect(crowd.slotOf('d')).toBe(slot);
    expect(crowd.rings.has(slot)).toBe(false);
    expect(crowd.length).toBe(3);
  });

  it('given many bodies then their numbers are kept while it grows', () => {
    const ids = Array.from({ length: 1000 }, (_, index) => `body ${index}`);
    const crowd = crowdOf(...ids);
    expect(crowd.bounds[(crowd.slotOf('body 3') ?? 0) * 4]).toBe(6);
    expect(crowd.matrices[(crowd.slotOf('body 999') ?? 0) * 16 + 12]).toBe(1998);
  });

  it('given a body is put again then it keeps its slot and looks as told', () => {
    const crowd = crowdOf('a');
    const slot = crowd.slotOf('a') ?? -1;
    const before = crowd.version;
    crowd.put('a', { kind: 'sphere', color: '#0000ff', material: { roughness: 0.25, metalness: 1, opacity: 0.5 } });
    expect(crowd.slotOf('a')).toBe(slot);
    expect([...crowd.colors.subarray(slot * 3, slot * 3 + 3)]).toEqual([0, 0, 1]);
    expect([...crowd.surfaces.subarray(slot * 3, slot * 3 + 3)]).toEqual([0.25, 1, 0.5]);
    expect(flagsOf(crowd, 'a') & CLEAR).toBe(CLEAR);
    expect(crowd.stamps[slot]).toBeGreaterThan(before);
  });

  it('given one body changes then no other is marked as changed', () => {
    const crowd = crowdOf('a', 'b');
    const before = crowd.version;
    crowd.place('b', at(9, 0.5, 0), true);
    expect(crowd.stamps[crowd.slotOf('a') ?? -1]).toBeLessThanOrEqual(before);
    expect(crowd.stamps[crowd.slotOf('b') ?? -1]).toBeGreaterThan(before);
  });

  it('given a body is a thin glass then it throws no shadow', () => {
    const crowd = crowdOf('a');
    expect(flagsOf(crowd, 'a') & CASTING).toBe(CASTING);
    crowd.put('a', { ...BOX, material: { ...MATERIAL, opacity: 0.2 } });
    expect(flagsOf(crowd, 'a') & CASTING).toBe(0);
  });

  it('given a body is hidden or high above the ground then it does not darken it', () => {
    const crowd = crowdOf('a');
    expect(flagsOf(crowd, 'a') & (SHOWN | GROUNDED)).toBe(SHOWN | GROUNDED);
    crowd.place('a', at(0, 20, 0), true);
    expect(flagsOf(crowd, 'a') & GROUNDED).toBe(0);
    crowd.place('a', at(0, 0.5, 0), false);
    expect(flagsOf(crowd, 'a') & SHOWN).toBe(0);
  });

  it('given a body is sheared then the sphere around it reaches its farthest corner', () => {
    const crowd = crowdOf('a');
    const sheared = new Matrix4().makeScale(4, 1, 1).multiply(new Matrix4().makeRotationZ(Math.PI / 4));
    crowd.place('a', sheared, true);
    const corners = [-0.5, 0.5].flatMap((x) => [-0.5, 0.5].flatMap((y) => [-0.5, 0.5].map((z) => new Vector3(x, y, z).applyMatrix4(sheared).length())));
    expect(crowd.bounds[(crowd.slotOf('a') ?? 0) * 4 + 3]).toBeCloseTo(Math.max(...corners));
  });

  it('given outlines for what is not there then nothing happens', () => {
    const crowd = crowdOf('a');
    const before = crowd.version;
    crowd.outline('nobody', ['#123456']);
    crowd.outline('a', []);
    crowd.remove('nobody');
    crowd.place('nobody', at(0, 0, 0), true);
    expect(crowd.version).toBe(before);
  });
});
