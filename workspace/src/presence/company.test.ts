import type { JsonObject, Participant } from '@chorale/client';
import { connect } from '@chorale/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Workspace } from '../session/workspace';

/** A socket that never comes up: what others do is put in by hand. */
const NOWHERE = { send: () => undefined, close: () => undefined, addEventListener: () => undefined };
const LOOK = { position: [1, 2, 3], target: [0, 0, 0] };

const open: Workspace[] = [];

function people(...ids: readonly string[]): ReadonlyMap<string, Participant> {
  return new Map(ids.map((id) => [id, { participantId: id, userId: id, name: id, color: '#e4572e', role: 'editor', status: 'ONLINE' }]));
}

/** A seat, what it shows the others, and a way to let them do something. */
function seat() {
  const session = connect({ url: 'http://localhost', sessionId: 'scene', guest: { name: 'Ada', color: '#d98e04' }, webSocket: () => NOWHERE, storage: 'memory' });
  const hearers: (() => void)[] = [];
  const on = session.on.bind(session);
  session.on = (event, listener) => {
    if (event === 'participants') hearers.push(listener as () => void);
    return on(event, listener);
  };
  const workspace = new Workspace(session, false);
  open.push(workspace);
  const told: JsonObject[] = [];
  session.setAwareness = (state) => void told.push(state);
  const { company } = workspace;
  const others = (states: Readonly<Record<string, JsonObject>>) => {
    const participants = people('me', ...Object.keys(states));
    Object.defineProperties(session, {
      awareness: { configurable: true, value: new Map(Object.entries(states)) },
      participants: { configurable: true, value: participants },
      self: { configurable: true, value: participants.get('me') },
    });
    for (const hear of hearers) hear();
  };
  return { workspace, company, told, others, state: () => company.store.getState() };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  for (const workspace of open.splice(0)) workspace.dispose();
  vi.useRealTimers();
});

describe('company', () => {
  it('given somebody asks and nobody declines then one follows after five seconds, and tells so', () => {
    const { company, others, told, state } = seat();
    others({ ben: { spotlight: { since: 1 }, camera: LOOK } });
    expect(state().invitation).toMatchObject({ participantId: 'ben', secondsLeft: 5 });
    vi.advanceTimersByTime(4999);
    expect(state().following).toBeUndefined();
    vi.advanceTimersByTime(1);
    expect(state()).toMatchObject({ following: 'ben', invitation: undefined });
    expect(told).toContainEqual({ following: 'ben' });
    expect(company.followedLook).toEqual(LOOK);
    others({ ben: { camera: LOOK } });
    expect(state().following).toBeUndefined();
  });

  it('given one has the invitation under the hand then the seconds rest', () => {
    const { company, others, state } = seat();
    others({ ben: { spotlight: { since: 1 } } });
    vi.advanceTimersByTime(1000);
    company.hold(true);
    vi.advanceTimersByTime(60_000);
    expect(state().invitation?.secondsLeft).toBe(4);
    company.hold(false);
    vi.advanceTimersByTime(4000);
    expect(state().following).toBe('ben');
  });

  it('given one moves one’s own view then one stays where one is', () => {
    const { company, others, told, state } = seat();
    others({ ben: { spotlight: { since: 1 } } });
    company.stay();
    vi.advanceTimersByTime(10_000);
    expect(state()).toMatchObject({ following: undefined, invitation: undefined });
    expect(told).toEqual([]);
  });

  it('given whom one follows leaves then one follows nobody', () => {
    const { company, others, told, state } = seat();
    others({ ben: { camera: LOOK } });
    company.follow('ben');
    others({});
    expect(state().following).toBeUndefined();
    expect(told).toEqual([{ following: 'ben' }, { following: null }]);
  });

  it('given one chose whom to follow then the end of somebody else’s asking changes nothing', () => {
    const { company, others, state } = seat();
    others({ ben: { spotlight: { since: 1 } }, cem: {} });
    company.accept();
    company.follow('cem');
    others({ ben: {}, cem: {} });
    expect(state().following).toBe('cem');
  });

  it('given one asks everybody then one sees who follows, and follows nobody oneself', () => {
    const { company, others, told, state } = seat();
    others({ ben: { camera: LOOK } });
    company.follow('ben');
    company.toggleLead();
    expect(state()).toMatchObject({ leading: true, following: undefined });
    expect(told.at(-1)).toEqual({ spotlight: { since: Date.now() } });
    others({ ben: { following: 'me', spotlight: { since: 3 } }, cem: { following: 'ben' }, dan: { following: 7 } });
    expect(state()).toMatchObject({ followers: ['ben'], invitation: undefined });
    company.toggleLead();
    expect(told.at(-1)).toEqual({ spotlight: null });
  });

  it.each([null, 7, 'x', [], {}, { since: 'now' }, { since: null }])('given the asking is %j then nobody is asked', (spotlight) => {
    const { others, state } = seat();
    others({ ben: { spotlight } });
    expect(state().invitation).toBeUndefined();
  });
});

describe('the laser', () => {
  it('given its key is held then it points until the key is let go, however often the key repeats', () => {
    const { company, told, state } = seat();
    const { laser } = company;
    laser.aim = (x, y) => ({ from: [0, 1, 0], to: [x, 0, y] });
    laser.pointerAt(3, 4);
    expect(told).toEqual([]);
    laser.key(true);
    laser.pull();
    laser.pull();
    expect(state().pointing).toBe('held');
    expect(told.at(-1)).toEqual({ laser: { from: [0, 1, 0], to: [3, 0, 4] } });
    laser.pointerAt(5, 6);
    expect(laser.spot).toEqual([5, 0, 6]);
    laser.key(false);
    expect(state().pointing).toBe('off');
    expect(told.at(-1)).toEqual({ laser: null });
    expect(laser.spot).toBeUndefined();
  });

  it('given it is switched on without its key then it stays on until it is switched off', () => {
    const { company, told, state } = seat();
    company.laser.pull();
    company.laser.key(false);
    expect(state().pointing).toBe('on');
    company.laser.pull();
    expect(state().pointing).toBe('off');
    company.laser.off();
    expect(told.filter(({ laser }) => laser === null)).toHaveLength(1);
  });
});
