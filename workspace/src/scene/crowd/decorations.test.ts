import type { JsonObject } from '@chorale/client';
import { describe, expect, it } from 'vitest';
import { testDocument } from '../../session/testDocument';
import { Poses } from '../poses';
import { CrowdKeeper } from './crowdKeeper';
import { decorations, differing } from './decorations';

interface Given {
  readonly id: string;
  readonly elementType?: string;
  readonly parent?: string | null;
  readonly props?: JsonObject;
}

const NOTHING = { selection: [], selections: new Map(), triedColor: undefined };
const by = (...colors: readonly string[]) => colors.map((color, index) => ({ participantId: `${index}`, name: '', color }));

describe('decorations', () => {
  it("given oneself and others selected something then one's own ring is the innermost of three at most", () => {
    const selections = new Map([['a', by('#111111', '#222222', '#333333')], ['b', by('#111111')]]);
    const found = decorations({ ...NOTHING, selection: ['a'], selections }, '#000000');
    expect(found.get('a')?.rings).toEqual(['#000000', '#111111', '#222222']);
    expect(found.get('b')?.rings).toEqual(['#111111']);
  });

  it('given little changed then only that differs', () => {
    const before = decorations({ ...NOTHING, selection: ['a', 'b'] }, '#000000');
    const now = decorations({ ...NOTHING, selection: ['a', 'c'], triedColor: { ids: ['a'], color: '#123456' } }, '#000000');
    expect([...differing(before, now)].sort()).toEqual(['a', 'b', 'c']);
    expect(differing(now, now)).toEqual([]);
  });
});

describe('CrowdKeeper', () => {
  function kept(...given: readonly Given[]) {
    const session = { document: testDocument(...given) };
    const poses = new Poses({ session, dragging: { held: new Map() }, remote: { drags: new Map() }, drawn: new Map() });
    const keeper = new CrowdKeeper(poses);
    return {
      keeper,
      crowd: keeper.crowd,
      become: (...next: readonly Given[]) => {
        session.document = testDocument(...next);
        poses.step(0, 1);
        keeper.follow();
      },
    };
  }

  it('given elements then the bodies among them are in the crowd, and leave it with their element', () => {
    const { crowd, become } = kept({ id: 'box' }, { id: 'sign', elementType: 'label' }, { id: 'odd', elementType: 'teapot' });
    expect(['box', 'sign', 'odd'].map((id) => crowd.slotOf(id) !== undefined)).toEqual([true, false, true]);
    become({ id: 'odd', elementType: 'teapot' });
    expect(crowd.size).toBe(1);
  });

  it('given a body becomes something else then it leaves the crowd', () => {
    const { crowd, become } = kept({ id: 'thing' });
    become({ id: 'thing', elementType: 'light' });
    expect(crowd.size).toBe(0);
  });

  it('given what a body hangs from moves then the body does', () => {
    const { crowd, become } = kept({ id: 'stand', elementType: 'group', props: { position: [0, 0, 0] } }, { id: 'box', parent: 'stand', props: { position: [1, 0, 0] } });
    for (let frame = 0; frame < 40; frame++) {
      become({ id: 'stand', elementType: 'group', props: { position: [5, 0, 0] } }, { id: 'box', parent: 'stand', props: { position: [1, 0, 0] } });
    }
    expect(crowd.matrices[(crowd.slotOf('box') ?? 0) * 16 + 12]).toBe(6);
  });

  it('given somebody tries a colour or selects then it shows, and is gone when they stop', () => {
    const { keeper, crowd } = kept({ id: 'box', props: { color: '#ff0000' } });
    const slot = crowd.slotOf('box') ?? -1;
    expect(keeper.decorate({ ...NOTHING, selection: ['box'], triedColor: { ids: ['box'], color: '#0000ff' } }, '#00ff00')).toBe(true);
    expect([...crowd.colors.subarray(slot * 3, slot * 3 + 3)]).toEqual([0, 0, 1]);
    expect(crowd.rings.get(slot)).toEqual(['#00ff00']);
    expect(keeper.decorate(NOTHING, '#00ff00')).toBe(true);
    expect([...crowd.colors.subarray(slot * 3, slot * 3 + 3)]).toEqual([1, 0, 0]);
    expect(crowd.rings.has(slot)).toBe(false);
    expect(keeper.decorate(NOTHING, '#00ff00')).toBe(false);
  });
});
