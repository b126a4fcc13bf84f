import type { JsonObject } from '@chorale/client';
import { describe, expect, it } from 'vitest';
import { testDocument } from '../session/testDocument';
import { GroupBox } from './groupBox';
import { Poses } from './poses';

interface Given {
  readonly id: string;
  readonly elementType?: string;
  readonly parent?: string | null;
  readonly props?: JsonObject;
}

function boxAround(id: string, ...given: readonly Given[]) {
  const session = { document: testDocument(...given) };
  const poses = new Poses({ session, dragging: { held: new Map() }, remote: { drags: new Map() }, drawn: new Map() });
  return { box: new GroupBox(poses, id), poses, session };
}

const group = (id: string, parent: string | null = null): Given => ({ id, elementType: 'group', parent, props: { position: [5, 0, 0], rotation: [0, Math.PI / 2, 0] } });
const body = (id: string, parent: string, x: number, hidden = false): Given => ({ id, parent, props: { position: [x, 0, 0], hidden } });

describe('GroupBox', () => {
  it('given members then the box is around them in the group’s own space, those of groups in it included', () => {
    const { box } = boxAround('stand', group('stand'), body('a', 'stand', 1), { id: 'inner', elementType: 'group', parent: 'stand', props: { position: [0, 3, 0] } }, body('b', 'inner', 0));
    const around = box.around();
    expect(around?.middle.toArray().map((each) => Math.round(each * 1000) / 1000)).toEqual([0.5, 1.5, 0]);
    expect(around?.size.toArray().map((each) => Math.round(each * 1000) / 1000)).toEqual([2, 4, 1]);
  });

  it('given a member moves then the box is another', () => {
    const { box, poses, session } = boxAround('stand', group('stand'), body('a', 'stand', 0), body('b', 'stand', 2));
    expect(box.around()?.size.x).toBeCloseTo(3);
    session.document = testDocument(group('stand'), body('a', 'stand', 0), body('b', 'stand', 4));
    for (let frame = 0; frame < 120; frame++) poses.step(frame * 16, 0.016);
    expect(box.around()?.size.x).toBeCloseTo(5);
    expect(box.around()?.turn.elements[12]).toBe(5);
  });

  it('given nothing to be seen hangs from it then there is no box', () => {
    expect(boxAround('stand', group('stand'), body('a', 'stand', 0, true)).box.around()).toBeUndefined();
    expect(boxAround('nobody', group('stand')).box.around()).toBeUndefined();
  });
});
