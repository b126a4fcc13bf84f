import type { DocumentView, JsonObject } from '@chorale/client';
import { Vector3, type Matrix4 } from 'three';
import { describe, expect, it } from 'vitest';
import type { Held } from '../presence/drag';
import { testDocument } from '../session/testDocument';
import type { Placement } from './handling';
import { HOLD_MS, type MutableVector } from './motion';
import { Poses } from './poses';

const FRAME = 1 / 60;

interface Given {
  readonly id: string;
  readonly elementType?: string;
  readonly parent?: string | null;
  readonly props?: JsonObject;
}

/** A scene that a test changes, drags in and steps. */
function scene(...given: readonly Given[]) {
  const held = new Map<string, Placement>();
  const drags = new Map<string, Held>();
  const drawn = new Map<string, { readonly position: MutableVector }>();
  const session = { document: testDocument(...given) };
  const poses = new Poses({ session, dragging: { held }, remote: { drags }, drawn });
  let now = 0;
  const step = (times = 1) => {
    let moving = false;
    for (let frame = 0; frame < times; frame++) moving = poses.step((now += 1000 * FRAME), FRAME);
    return moving;
  };
  const become = (...next: readonly Given[]) => {
    session.document = testDocument(...next);
  };
  const at = (id: string) => new Vector3().setFromMatrixPosition(poses.world(id)).toArray().map((each) => Math.round(each * 1e6) / 1e6 + 0);
  return { poses, session, held, drags, drawn, step, become, at };
}

const at = (...position: readonly number[]) => ({ position: [...position] });
const placed = (id: string, parent: string | null, ...position: readonly number[]): Given => ({ id, parent, props: at(...position) });

describe('where things are', () => {
  it('given an element hangs from others then it is where these lead to', () => {
    const { at: where } = scene(
      { id: 'stand', elementType: 'group', props: { position: [10, 0, 0], rotation: [0, Math.PI / 2, 0], scale: [2, 2, 2] } },
      placed('table', 'stand', 1, 0, 0),
      placed('lamp', 'table', 0, 1, 0),
    );
    expect(where('table')).toEqual([10, 0, -2]);
    expect(where('lamp')).toEqual([10, 2, -2]);
  });

  it('given what something hangs from is stretched along one axis then it is stretched along the same, sheared where it is turned', () => {
    const { poses } = scene(
      { id: 'stand', props: { position: [0, 0, 0], scale: [3, 1, 1] } },
      { id: 'box', parent: 'stand', props: { position: [0, 0, 0], rotation: [0, 0, Math.PI / 4] } },
    );
    const corner = new Vector3(1, 0, 0).applyMatrix4(poses.world('box'));
    expect(corner.x).toBeCloseTo(3 * Math.SQRT1_2);
    expect(corner.y).toBeCloseTo(Math.SQRT1_2);
  });

  it('given an element is moved then it glides there and ends exactly where it is committed', () => {
    const { step, become, at: where, poses } = scene(placed('box', null, 0, 0, 0));
    become(placed('box', null, 4, 0.5, -1));
    expect(step()).toBe(true);
    expect(where('box')[0]).toBeGreaterThan(0);
    expect(where('box')[0]).toBeLessThan(4);
    step(120);
    expect(step()).toBe(false);
    expect(new Vector3().setFromMatrixPosition(poses.world('box')).toArray()).toEqual([4, 0.5, -1]);
  });

  it('given others drag something in a group then it follows their hand, waits for the commit and ends exactly there', () => {
    const group: Given = { id: 'stand', elementType: 'group', props: at(10, 0, 0) };
    const { step, become, drags, at: where } = scene(group, placed('box', 'stand', 0, 0.5, 0));
    drags.set('box', { position: [2, 0.5, 0] });
    step(120);
    expect(where('box')).toEqual([12, 0.5, 0]);
    drags.clear();
    step(3);
    expect(where('box')).toEqual([12, 0.5, 0]);
    become(group, placed('box', 'stand', 2.001, 0.5, 0));
    step(120);
    expect(where('box')).toEqual([12.001, 0.5, 0]);
    expect(step()).toBe(false);
  });

  it('given a drag of theirs is never committed then it goes back after a while', () => {
    const { step, drags, at: where } = scene(placed('box', null, 0, 0, 0));
    drags.set('box', { position: [3, 0, 0] });
    step(60);
    drags.clear();
    step(Math.ceil((HOLD_MS / 1000) * 60) + 120);
    expect(where('box')).toEqual([0, 0, 0]);
  });

  it("given one's own hand then things are at once where it is, and what hangs from them, too", () => {
    const { step, held, at: where } = scene(placed('stand', null, 0, 0, 0), placed('box', 'stand', 1, 0, 0));
    held.set('stand', { position: [0, 0, 5], rotation: [0, Math.PI, 0], scale: [1, 1, 1] });
    step();
    expect(where('stand')).toEqual([0, 0, 5]);
    expect(where('box')).toEqual([-1, 0, 5]);
  });

  it('given an element is hung elsewhere and stays where it is in the world then nothing is seen of it', () => {
    const group: Given = { id: 'stand', elementType: 'group', props: { position: [10, 0, 0], rotation: [0, Math.PI / 2, 0] } };
    const { step, become, at: where } = scene(placed('box', null, 10, 0, -2));
    become(group, placed('box', 'stand', 2, 0, 0));
    for (let frame = 0; frame < 20; frame++) {
      step();
      expect(where('box')).toEqual([10, 0, -2]);
    }
  });

  it('given an element is hung elsewhere and comes to be elsewhere then it glides from where it was', () => {
    const group: Given = { id: 'stand', elementType: 'group', props: at(10, 0, 0) };
    const { step, become, at: where } = scene(group, placed('box', null, 0, 0, 0));
    become(group, placed('box', 'stand', 0, 0, 0));
    step();
    expect(where('box')[0]).toBeLessThan(5);
    step(120);
    expect(where('box')).toEqual([10, 0, 0]);
  });

  it('given tags ask where things are then they are told places in the world, of what is there only', () => {
    const { step, become, drawn } = scene(placed('stand', null, 1, 0, 0), placed('box', 'stand', 1, 0, 0));
    expect(drawn.get('box')?.position).toMatchObject({ x: 2, y: 0, z: 0 });
    become(placed('stand', null, 1, 0, 0));
    step();
    expect([...drawn.keys()]).toEqual(['stand']);
  });
});

describe('what is seen', () => {
  it('given something is hidden then what hangs from it is, too, and comes back with it', () => {
    const { step, become, poses } = scene(placed('stand', null, 0, 0, 0), placed('box', 'stand', 1, 0, 0), placed('lid', 'box', 0, 1, 0));
    become({ id: 'stand', props: { ...at(0, 0, 0), hidden: true } }, placed('box', 'stand', 1, 0, 0), placed('lid', 'box', 0, 1, 0));
    step();
    expect(['stand', 'box', 'lid'].map((id) => poses.isShown(id))).toEqual([false, false, false]);
    become(placed('stand', null, 0, 0, 0), placed('box', 'stand', 1, 0, 0), placed('lid', 'box', 0, 1, 0));
    step();
    expect(['stand', 'box', 'lid'].map((id) => poses.isShown(id))).toEqual([true, true, true]);
  });

  it('given sizes that multiply beyond all numbers then what cannot be drawn is not shown', () => {
    const chain = Array.from({ length: 200 }, (_, level): Given => {
      return { id: `${level}`, parent: level === 0 ? null : `${level - 1}`, props: { position: [1000, 1000, 1000], scale: [200, 200, 200] } };
    });
    const { poses } = scene(...chain);
    expect(poses.isShown('0')).toBe(true);
    expect(poses.isShown('199')).toBe(false);
  });

  it('given hands of strangers that are nowhere then things stay within the scene', () => {
    const { step, drags, at: where } = scene(placed('box', null, 0, 0, 0));
    drags.set('box', { position: [1e300, -1e300, 0], scale: [1e300, 1, 1], rotation: [1e300, 0, 0] });
    step(200);
    expect(where('box')).toEqual([1000, -1000, 0]);
  });

  it('given a tree that bites its own tail then nobody goes around in it', () => {
    const given = testDocument(placed('a', 'b', 0, 0, 0), placed('b', 'a', 0, 0, 0), placed('c', null, 0, 0, 0));
    const views = [...given.elements.values()];
    const [a, b, c] = views;
    if (!a || !b || !c) throw new Error('three elements');
    const broken: DocumentView = { ...given, children: (parent) => (parent === 'a' ? [b] : parent === 'b' ? [a] : parent === null ? [a, c] : []) };
    const poses = new Poses({ session: { document: broken }, dragging: { held: new Map() }, remote: { drags: new Map() }, drawn: new Map() });
    expect([...poses.all()].map(({ element }) => element.id).sort()).toEqual(['a', 'b', 'c']);
  });
});

describe('what it costs', () => {
  const crowd = Array.from({ length: 500 }, (_, index) => placed(`box ${index}`, index % 10 === 0 || index === 0 ? null : `box ${index - (index % 10)}`, index, 0, 0));

  it('given nothing moves then nothing is placed', () => {
    const { step, poses } = scene(...crowd);
    expect(step()).toBe(false);
    expect(poses.moved).toEqual([]);
    expect(poses.changed.size).toBe(0);
  });

  it('given one element is in a hand then it and what hangs from it are placed, and nothing else', () => {
    const { step, held, poses } = scene(...crowd);
    held.set('box 20', { position: [0, 1, 0], rotation: [0, 0, 0], scale: [1, 1, 1] });
    step();
    expect(poses.moved.map(({ element }) => element.id).sort()).toEqual(Array.from({ length: 10 }, (_, index) => `box ${20 + index}`));
    step();
    expect(poses.moved).toEqual([]);
    held.set('box 21', { position: [0, 1, 0], rotation: [0, 0, 0], scale: [1, 1, 1] });
    step();
    expect(poses.moved.map(({ element }) => element.id)).toEqual(['box 21']);
  });

  it('given an element and what it hangs from move together then each is placed once', () => {
    const { step, held, poses } = scene(...crowd);
    for (const id of ['box 21', 'box 20']) held.set(id, { position: [0, 2, 0], rotation: [0, 0, 0], scale: [1, 1, 1] });
    step();
    expect(poses.moved).toHaveLength(10);
    expect(poses.moved[0]?.element.id).toBe('box 20');
  });

  it('given one element changed its colour then it is told as changed, and nothing is placed', () => {
    const { step, become, poses, session } = scene(...crowd);
    const same = session.document;
    become(...crowd);
    const views = new Map([...session.document.elements].map(([id, view]) => [id, same.elements.get(id) ?? view]));
    const painted = { ...views.get('box 7'), props: { ...at(7, 0, 0), color: '#123456' } } as ReturnType<typeof views.get>;
    if (painted) views.set('box 7', painted);
    session.document = { ...session.document, elements: views, children: (parent) => [...views.values()].filter((view) => view.parent === parent) };
    step();
    expect([...poses.changed].map(({ element }) => element.id)).toEqual(['box 7']);
    expect(poses.moved).toEqual([]);
  });

  it('given something else than a body comes then the list of what is drawn on its own is another, else the same', () => {
    const { step, become, poses } = scene(placed('box', null, 0, 0, 0));
    let told = 0;
    poses.onBodies(() => (told += 1));
    const before = poses.bodies();
    become(placed('box', null, 3, 0, 0));
    step();
    expect(poses.bodies()).toBe(before);
    become(placed('box', null, 3, 0, 0), { id: 'sign', elementType: 'label', props: at(0, 0, 0) });
    step();
    expect(poses.bodies().map(({ id }) => id)).toEqual(['sign']);
    become(placed('box', null, 3, 0, 0));
    step();
    expect(poses.bodies()).toEqual([]);
    expect(told).toBe(2);
  });
});

describe('followers', () => {
  it('given somebody follows an element then they are told now and when it moves, until they stop', () => {
    const { step, become, poses } = scene(placed('box', null, 0, 0, 0), placed('other', null, 0, 0, 0));
    const told: Matrix4[] = [];
    const stop = poses.follow('box', ({ world }) => told.push(world.clone()));
    expect(told).toHaveLength(1);
    step();
    expect(told).toHaveLength(1);
    become(placed('box', null, 1, 0, 0), placed('other', null, 0, 0, 0));
    step();
    const soFar = told.length;
    expect(soFar).toBeGreaterThan(1);
    stop();
    step(5);
    expect(told).toHaveLength(soFar);
  });
});
