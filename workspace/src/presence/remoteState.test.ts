import type { JsonObject, Participant } from '@chorale/client';
import { describe, expect, it } from 'vitest';
import { NOBODY, remoteState, selectionOf, selectionState, statusOf } from './remoteState';

function person(participantId: string, name: string, color: string): readonly [string, Participant] {
  return [participantId, { participantId, userId: participantId, name, color, role: 'editor', status: 'active' }];
}

const LOOK = { position: [1, 2, 3], target: [0, 0.5, 0] };
const PEOPLE = new Map([person('me', 'Me', '#000000'), person('ada', 'Ada', '#e4572e'), person('alan', 'Alan', 'not a colour')]);

describe('remoteState', () => {
  it('given what others do then it is decoded, and one’s own is left out', () => {
    const awareness = new Map<string, JsonObject>([
      ['me', { selection: ['x'] }],
      ['ada', { pointer: { position: [1, 0, 2] }, drag: { id: 'x', position: [3, 4, 5] }, selection: ['x'] }],
      ['gone', { pointer: { position: [0, 0, 0] } }],
    ]);
    const remote = remoteState(awareness, PEOPLE, 'me', NOBODY);
    expect([...remote.pointers]).toEqual([['ada', [1, 0, 2]]]);
    expect([...remote.drags]).toEqual([['x', { position: [3, 4, 5] }]]);
    expect([...remote.selections]).toEqual([['x', [{ participantId: 'ada', name: 'Ada', color: '#e4572e' }]]]);
  });

  it('given somebody holds several then each is where they hold it', () => {
    const drag = { id: 'x', position: [3, 4, 5], others: [{ id: 'y', position: [6, 7, 8], rotation: [0, 1, 0] }] };
    const remote = remoteState(new Map<string, JsonObject>([['ada', { drag }]]), PEOPLE, 'me', NOBODY);
    expect([...remote.drags]).toEqual([['x', { position: [3, 4, 5] }], ['y', { position: [6, 7, 8], rotation: [0, 1, 0] }]]);
    expect(remote.doing.get('ada')).toEqual({ id: 'x' });
  });

  it('[AWA-1] given more is selected than awareness has room for then the last selected are told', () => {
    const ids = Array.from({ length: 500 }, (_, index) => `element-with-a-long-name-${index}`);
    const told = selectionState(ids);
    expect(JSON.stringify(told).length).toBeLessThan(1300);
    expect(told[0]).toBe('element-with-a-long-name-499');
    expect(selectionOf(told)).toEqual(told);
    expect(selectionState(['a', 'b'])).toEqual(['b', 'a']);
  });

  it('given nonsense then it is left out', () => {
    const awareness = new Map<string, JsonObject>([
      ['ada', { pointer: [1, 2, 3], drag: { id: 7, position: [0, 0, 0] }, selection: 'x', camera: null }],
      ['alan', { pointer: { position: [1, 'a', 2] }, drag: 'x', selection: [1, null, 'y', 'y'] }],
    ]);
    const remote = remoteState(awareness, PEOPLE, 'me', NOBODY);
    expect(remote.pointers.size + remote.drags.size + remote.looks.size).toBe(0);
    expect([...remote.selections.keys()]).toEqual(['y']);
    expect(remote.selections.get('y')?.[0]?.color).toMatch(/^#/);
  });

  it('given only a pointer moved then the selections are the same object', () => {
    const at = (x: number) => new Map<string, JsonObject>([['ada', { pointer: { position: [x, 0, 0] }, selection: ['x', 'y'] }]]);
    const before = remoteState(at(1), PEOPLE, 'me', NOBODY);
    expect(remoteState(at(2), PEOPLE, 'me', before).selections).toBe(before.selections);
  });

  it('given one selection changed then the other elements keep their list', () => {
    const awareness = (selection: readonly string[]) => new Map<string, JsonObject>([['ada', { selection: ['x'] }], ['alan', { selection }]]);
    const before = remoteState(awareness(['y']), PEOPLE, 'me', NOBODY);
    const after = remoteState(awareness(['z']), PEOPLE, 'me', before);
    expect(after.selections.get('x')).toBe(before.selections.get('x'));
    expect(after.selections.has('y')).toBe(false);
  });

  it('given what others edit then it is told by person, and is the same object until that changes', () => {
    const awareness = new Map<string, JsonObject>([
      ['me', { editing: { id: 'z' } }],
      ['ada', { editing: { id: 'x', property: 'mu' }, drag: { id: 'y', position: [0, 0, 0] } }],
      ['alan', { drag: { id: 'y', position: [0, 0, 0] } }],
    ]);
    const before = remoteState(awareness, PEOPLE, 'me', NOBODY);
    expect([...before.doing]).toEqual([['ada', { id: 'x', property: 'mu' }], ['alan', { id: 'y' }]]);
    expect(remoteState(new Map(awareness), PEOPLE, 'me', before).doing).toBe(before.doing);
    awareness.set('alan', { editing: null });
    expect([...remoteState(awareness, PEOPLE, 'me', before).doing.keys()]).toEqual(['ada']);
  });

  it('[HEL-8] given somebody’s connection is lost then no hand of theirs moves, but the seat and its selection stay', () => {
    const [id, ada] = person('ada', 'Ada', '#e4572e');
    const people = new Map([[id, { ...ada, status: 'OFFLINE' }]]);
    const awareness = new Map<string, JsonObject>([['ada', { pointer: { position: [1, 0, 2] }, drag: { id: 'x', position: [3, 4, 5] }, selection: ['x'] }]]);
    const remote = remoteState(awareness, people, 'me', NOBODY);
    expect([remote.pointers.size, remote.drags.size, remote.doing.size]).toEqual([0, 0, 0]);
    expect([...remote.selections.keys()]).toEqual(['x']);
  });

  it('given where others look, point and speak then it is decoded', () => {
    const awareness = new Map<string, JsonObject>([
      ['ada', { camera: LOOK, laser: { from: [1, 2, 3], to: [4, 0, 5] }, speaking: true, spotlight: { since: 7 } }],
      ['alan', { camera: LOOK, following: 'ada' }],
    ]);
    const remote = remoteState(awareness, PEOPLE, 'me', NOBODY);
    expect(remote.looks.get('ada')).toEqual(LOOK);
    expect([...remote.beams]).toEqual([['ada', { from: [1, 2, 3], to: [4, 0, 5] }]]);
    expect([[...remote.speaking], [...remote.following], [...remote.spotlights]]).toEqual([['ada'], [['alan', 'ada']], [['ada', 7]]]);
    const after = remoteState(new Map(awareness), PEOPLE, 'me', remote);
    expect([after.speaking === remote.speaking, after.following === remote.following, after.spotlights === remote.spotlights]).toEqual([true, true, true]);
  });

  it.each<JsonObject>([
    { camera: { position: [0, 0, 0], target: [0, 0, 0] }, laser: { from: [1, 1, 1], to: [1, 1, 1] }, speaking: 'yes', following: 'nobody', spotlight: 3 },
    { camera: { position: [0, 0], target: [1, 2, 3] }, laser: [1, 2, 3], speaking: 1, following: ['ada'], spotlight: { since: '1' } },
    { camera: 'x', laser: { from: [0, 0, 0] }, speaking: {}, following: { toString: 'ada' }, spotlight: { since: null } },
    { camera: [], laser: { from: [0, 0, 0], to: [null, 0, 0] }, speaking: null, following: 7, spotlight: [] },
  ])('given nonsense about looks, lasers and voices (%j) then it is left out', (state) => {
    const remote = remoteState(new Map([['ada', state]]), PEOPLE, 'me', NOBODY);
    expect(remote.looks.size + remote.beams.size + remote.speaking.size + remote.following.size + remote.spotlights.size).toBe(0);
  });

  it('given somebody looks from farther away than a scene reaches then they look from its end', () => {
    const remote = remoteState(new Map([['ada', { camera: { position: [1e300, 0, 0], target: [0, -1e9, 0] } }]]), PEOPLE, 'me', NOBODY);
    expect(remote.looks.get('ada')).toEqual({ position: [1000, 0, 0], target: [0, -1000, 0] });
  });

  it('[HEL-8] given somebody’s connection is lost then they neither point nor speak, but look where they looked', () => {
    const [id, ada] = person('ada', 'Ada', '#e4572e');
    const state: JsonObject = { camera: LOOK, laser: { from: [1, 2, 3], to: [4, 0, 5] }, speaking: true };
    const remote = remoteState(new Map([['ada', state]]), new Map([[id, { ...ada, status: 'OFFLINE' }]]), 'me', NOBODY);
    expect([remote.looks.size, remote.beams.size, remote.speaking.size]).toEqual([1, 0, 0]);
  });

  it.each([['ONLINE', 'ONLINE'], ['EDITING', 'EDITING'], ['AWAY', 'AWAY'], ['OFFLINE', 'OFFLINE'], ['DREAMING', 'ONLINE']])('[PRE-2] given the status %s then people see %s', (status, shown) => {
    expect(statusOf({ status })).toBe(shown);
  });
});
