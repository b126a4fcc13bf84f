import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  closeSession,
  connect,
  createSession,
  isProblem,
  ProblemError,
  readChanges,
  readChat,
  updateSession,
  type ConnectOptions,
  type Operation,
  type Self,
  type Session,
} from '../src/index.js';
import {
  acceptInvitation,
  archiveSession,
  ban,
  bringBackSession,
  createInvitation,
  kick,
  listInvitations,
  listMembers,
  listReports,
  mute,
  putGrants,
  putMember,
  readAudit,
  readGrants,
  readModeration,
  removeContent,
  removeMember,
  report,
  revokeInvitation,
  setFrozen,
  setSlowMode,
  unban,
  unmute,
} from '../src/rest/access.js';
import { committed, element, set, welcomeWith, wireWelcome } from './support/frames.js';
import { FakeSocket } from './support/fakeSocket.js';

const GUEST = { name: 'Ada', color: '#336699', secret: 'ada-0123456789abcdef' };
const EDITOR = ['CREATE', 'EDIT', 'MOVE_OUT', 'MOVE_IN', 'DELETE', 'CONSTRAIN', 'RESOLVE', 'LOCK', 'CHAT'];

let socket: FakeSocket;
let session: Session;

function open(options: Partial<ConnectOptions> = {}): void {
  session = connect({
    url: 'http://localhost',
    sessionId: 'S1',
    guest: GUEST,
    storage: 'memory',
    webSocket: (url, protocols) => (socket = new FakeSocket(url, protocols)),
    ...options,
  });
  socket.opened();
}

/** A welcome that tells what one may do. */
function welcomed(rights: object): void {
  const frame = JSON.parse(wireWelcome(welcomeWith(10, element('e', 'a0')))) as { readonly self: object };
  socket.receives({ ...frame, self: { ...frame.self, ...rights } });
}

function rights(role: string, permissions: readonly string[], more: object = {}): object {
  return { role, permissions, grants: [], frozen: false, slowModeSeconds: 0, ...more };
}

function problemOf(action: () => unknown): string {
  try {
    action();
  } catch (failure) {
    if (failure instanceof ProblemError) return failure.problem.type.replace('urn:chorale:problem:', '');
    throw failure;
  }
  return 'none';
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  session.close();
  vi.useRealTimers();
});

describe('rights', () => {
  it('[PRM-7] follow the welcome and each permissions frame', () => {
    open();
    const heard: Self[] = [];
    session.on('permissions', (self) => heard.push(self));
    welcomed(rights('COLLABORATOR', EDITOR));
    expect(session.self).toMatchObject({ role: 'COLLABORATOR', permissions: EDITOR, frozen: false });
    const grants = [{ role: 'VIEWER', element: 'e', actions: ['EDIT'], allow: true }];
    socket.receives({ type: 'permissions', ...rights('VIEWER', ['CHAT'], { grants, slowModeSeconds: 5 }) });
    expect(session.self).toMatchObject({ participantId: 'p1', role: 'VIEWER', permissions: ['CHAT'], grants, slowModeSeconds: 5 });
    expect(heard.map((self) => self.role)).toEqual(['COLLABORATOR', 'VIEWER']);
  });

  it('[PRE-1] news about oneself leave what one may do', () => {
    open();
    welcomed(rights('VIEWER', ['CHAT']));
    const { permissions: _1, grants: _2, frozen: _3, slowModeSeconds: _4, ...self } = session.self as Self;
    socket.receives({ type: 'presence', joined: [], left: [], updated: [{ ...self, status: 'AWAY' }] });
    expect(session.self).toMatchObject({ status: 'AWAY', permissions: ['CHAT'] });
  });

  const edits: readonly Operation[] = [
    { op: 'create', id: 'n', elementType: 'box', parent: null },
    set('e', 'x', 1),
    { op: 'unset', id: 'e', path: ['x'] },
    { op: 'add', id: 'e', path: ['x'], delta: 1 },
    { op: 'text', id: 'e', name: 't', edit: ['hello'] },
    { op: 'append', id: 'e', list: 'l', items: [{ id: 'i', value: 1 }] },
    { op: 'item', id: 'e', list: 'l', item: 'i', retracted: true },
    { op: 'member', id: 'e', set: 's', member: 'm', on: true },
    { op: 'move', id: 'e', parent: null },
    { op: 'delete', id: 'e' },
    { op: 'restore', id: 'e' },
  ];

  it.each(edits)('[PRM-2] a viewer does not even predict $op', (operation) => {
    open();
    welcomed(rights('VIEWER', ['CHAT']));
    expect(problemOf(() => session.edit([operation]))).toBe('forbidden');
    expect(session.pendingChanges).toBe(0);
    expect(socket.frames('submit')).toEqual([]);
  });

  it('[PRM-4] where a grant may allow it, the server decides, but not while the session is frozen', () => {
    open();
    const grants = [{ user: 'u-p1', element: 'e', actions: ['EDIT'], allow: true }];
    welcomed(rights('VIEWER', ['CHAT'], { grants }));
    expect(problemOf(() => session.edit([set('e', 'x', 1)]))).toBe('none');
    expect(problemOf(() => session.edit([{ op: 'delete', id: 'e' }]))).toBe('forbidden');
    socket.receives({ type: 'permissions', ...rights('VIEWER', ['CHAT'], { grants, frozen: true }) });
    expect(problemOf(() => session.edit([set('e', 'x', 2)]))).toBe('forbidden');
  });

  it('[PRM-3] who became a viewer does not undo', () => {
    open();
    welcomed(rights('COLLABORATOR', EDITOR));
    const changeId = session.edit([set('e', 'x', 1)]);
    socket.receives({ type: 'accepted', changeId, revision: 11, notes: [] });
    socket.receives({ type: 'changes', from: 11, to: 11, changes: [committed(11, changeId, set('e', 'x', 1))] });
    socket.receives({ type: 'permissions', ...rights('VIEWER', ['CHAT']) });
    expect(problemOf(() => session.undo())).toBe('forbidden');
    socket.receives({ type: 'permissions', ...rights('COLLABORATOR', EDITOR) });
    expect(session.undo()).toBeDefined();
  });

  it('[CON-7] a server that tells no permissions is not second-guessed', () => {
    open();
    welcomed({});
    expect(problemOf(() => session.edit([set('e', 'x', 1)]))).toBe('none');
  });

  it('[PRM-7] who is sent away does not come back by itself', () => {
    open();
    welcomed(rights('COLLABORATOR', EDITOR));
    socket.receives({ type: 'bye', reason: 'banned', reconnect: false });
    socket.ends(1000);
    expect(session.state).toBe('closed');
  });
});

describe('getting in', () => {
  it('[PRM-5][PRM-6] password and invitation are shown until one is in, and not again', () => {
    open({ password: 'open sesame', invitation: 'token', maxReconnectDelayMs: 1000 });
    expect(socket.frames('hello')).toMatchObject([{ password: 'open sesame', invitation: 'token' }]);
    welcomed(rights('VIEWER', ['CHAT']));
    socket.ends(1006);
    vi.advanceTimersByTime(1000);
    socket.opened();
    const [again] = socket.frames('hello');
    expect(again).toMatchObject({ clientId: session.clientId });
    expect(again).not.toHaveProperty('password');
    expect(again).not.toHaveProperty('invitation');
  });

  it('[PRM-5] a wrong password closes the session with its problem', () => {
    open({ password: 'guess' });
    const title = "This is not the session's password";
    socket.receives({ type: 'error', problem: { type: 'urn:chorale:problem:wrong-password', title, status: 403, detail: '' } });
    socket.ends(1008);
    expect(session.state).toBe('closed');
    expect(session.problem && isProblem(session.problem, 'wrong-password')).toBe(true);
  });
});

describe('REST', () => {
  const host = 'http://host';
  const owner = { ownerKey: 'key' };

  beforeEach(() => {
    open();
  });

  afterEach(() => {
    vi.unstubAllGlobals();
  });

  function answering(body: unknown, status = 200): () => { method: string; path: string; headers: Headers; body: unknown } {
    const text = body === undefined ? null : JSON.stringify(body);
    const fake = vi.fn<typeof fetch>(() => Promise.resolve(new Response(text, { status })));
    vi.stubGlobal('fetch', fake);
    return () => {
      const [url, request] = fake.mock.calls[0] ?? [];
      return {
        method: request?.method ?? 'GET',
        path: (url as string).replace('http://host/api/v1/sessions/S1', ''),
        headers: new Headers(request?.headers),
        body: typeof request?.body === 'string' ? (JSON.parse(request.body) as unknown) : undefined,
      };
    };
  }

  const member = { userId: 'g-1', role: 'VIEWER', name: 'Ben', since: '2026-01-01T00:00:00Z' };
  const invitation = { id: 'i', role: 'VIEWER', createdAt: 'c', expiresAt: 'e', uses: 2, used: 1 };
  const told = { id: 1, reporter: 'g-1', element: 'e', reason: 'rude', at: 'now' };
  const entry = { number: 3, at: 'now', actor: 'g-1', action: 'member.role', subject: 'g-2', detail: '', hash: 'ab' };
  const grant = { user: 'g-1', property: 'box.*', actions: ['EDIT'], allow: false };

  it.each<[string, () => Promise<unknown>, unknown, unknown, string, string, unknown?]>([
    ['members', () => listMembers(host, 'S1', owner), { members: [member] }, [member], 'GET', '/members'],
    ['a member', () => putMember(host, 'S1', owner, 'g 1', { role: 'VIEWER' }), member, member, 'PUT', '/members/g%201', { role: 'VIEWER' }],
    ['a removal', () => removeMember(host, 'S1', owner, 'g-1'), undefined, undefined, 'DELETE', '/members/g-1'],
    ['grants', () => readGrants(host, 'S1', owner), { grants: [grant] }, [grant], 'GET', '/grants'],
    ['new grants', () => putGrants(host, 'S1', owner, [grant]), { grants: [grant] }, [grant], 'PUT', '/grants', { grants: [grant] }],
    [
      'an invitation',
      () => createInvitation(host, 'S1', owner, { uses: 2 }),
      { ...invitation, token: 't', url: 'u' },
      { ...invitation, token: 't', url: 'u' },
      'POST',
      '/invitations',
      { uses: 2 },
    ],
    ['invitations', () => listInvitations(host, 'S1', owner), { invitations: [invitation] }, [invitation], 'GET', '/invitations'],
    ['a revocation', () => revokeInvitation(host, 'S1', owner, 'i'), undefined, undefined, 'DELETE', '/invitations/i'],
    ['a kick', () => kick(host, 'S1', owner, 'g-1'), undefined, undefined, 'POST', '/moderation/kick', { userId: 'g-1' }],
    [
      'a ban',
      () => ban(host, 'S1', owner, { userId: 'g-1', withAddress: true, seconds: 5 }),
      undefined,
      undefined,
      'POST',
      '/moderation/ban',
      { userId: 'g-1', withAddress: true, seconds: 5 },
    ],
    ['its end', () => unban(host, 'S1', owner, { userId: 'g-1' }), undefined, undefined, 'POST', '/moderation/unban', { userId: 'g-1' }],
    ['a mute', () => mute(host, 'S1', owner, 'g-1', 5), undefined, undefined, 'POST', '/moderation/mute', { userId: 'g-1', seconds: 5 }],
    ['its end', () => unmute(host, 'S1', owner, 'g-1'), undefined, undefined, 'POST', '/moderation/unmute', { userId: 'g-1' }],
    ['frost', () => setFrozen(host, 'S1', owner, true), undefined, undefined, 'POST', '/moderation/freeze', {}],
    ['thaw', () => setFrozen(host, 'S1', owner, false), undefined, undefined, 'POST', '/moderation/unfreeze', {}],
    ['slow mode', () => setSlowMode(host, 'S1', owner, 9), undefined, undefined, 'POST', '/moderation/slow-mode', { seconds: 9 }],
    [
      'moderation',
      () => readModeration(host, 'S1', owner),
      { frozen: true, slowModeSeconds: 1, sanctions: [{ id: 1, kind: 'BAN', address: false, reason: '', since: 's' }] },
      { frozen: true, slowModeSeconds: 1, sanctions: [{ id: 1, kind: 'BAN', address: false, reason: '', since: 's' }] },
      'GET',
      '/moderation',
    ],
    [
      'a removal of content',
      () => removeContent(host, 'S1', owner, 'g-1'),
      { elements: 2, changeIds: ['m:0'] },
      { elements: 2, changeIds: ['m:0'] },
      'POST',
      '/moderation/remove-content',
      { userId: 'g-1' },
    ],
    ['reports', () => listReports(host, 'S1', owner, { limit: 1 }), { reports: [told] }, { reports: [told] }, 'GET', '/reports?limit=1'],
    [
      'the audit log',
      () => readAudit(host, 'S1', owner, { cursor: '9' }),
      { entries: [entry], nextCursor: '3' },
      { entries: [entry], nextCursor: '3' },
      'GET',
      '/audit?cursor=9',
    ],
  ])('[ACS-3] %s', async (_what, act, answer, result, method, path, body) => {
    const asked = answering(answer, answer === undefined ? 204 : 200);
    expect(await act()).toEqual(result);
    expect(asked()).toMatchObject({ method, path });
    expect(asked().body).toEqual(body);
    expect(asked().headers.get('Chorale-Owner-Key')).toBe('key');
  });

  it('[ACS-5][ACS-8] a guest says who they are in the header', async () => {
    const reported = answering(told, 201);
    expect(await report(host, 'S1', GUEST, { element: 'e', reason: 'rude' })).toEqual(told);
    expect(JSON.parse(reported().headers.get('Chorale-Guest') ?? '')).toEqual(GUEST);
    const accepted = answering(undefined, 204);
    await acceptInvitation(host, 'S1', GUEST, 'token');
    expect(accepted()).toMatchObject({ method: 'POST', path: '/invitations/accept', body: { token: 'token' } });
    const closed = answering(undefined, 204);
    await closeSession(host, 'S1', { guest: GUEST });
    expect(closed().headers.has('Chorale-Guest')).toBe(true);
    expect(closed().headers.has('Chorale-Owner-Key')).toBe(false);
  });

  it('[ACC-4] an account shows its token, and nothing of a guest beside it', async () => {
    const reported = answering(told, 201);
    await report(host, 'S1', { token: 'good', guest: GUEST }, { element: 'e', reason: 'rude' });
    expect(reported().headers.get('Authorization')).toBe('Bearer good');
    expect(reported().headers.has('Chorale-Guest')).toBe(false);
    const created = answering({ sessionId: 'S1', joinUrl: '/s/S1', createdAt: 'now', ownerKey: 'key' }, 201);
    await createSession(host, { name: 'Bridge', kind: 'scene' }, { token: 'good' });
    expect(created().headers.get('Authorization')).toBe('Bearer good');
  });

  it('[ACS-2] what is for members only is read by those who say who they are', async () => {
    const chat = answering({ messages: [] });
    expect(await readChat(host, 'S1', {}, { guest: GUEST })).toEqual({ messages: [] });
    expect(chat().headers.has('Chorale-Guest')).toBe(true);
    const changes = answering({ changes: [] });
    await readChanges(host, 'S1', { from: 2 }, owner);
    expect(changes()).toMatchObject({ path: '/changes?from=2' });
    expect(changes().headers.get('Chorale-Owner-Key')).toBe('key');
  });

  it('[REST-13] archives a session and brings it back', async () => {
    const archived = answering(undefined, 204);
    await archiveSession(host, 'S1', { ownerKey: 'key' });
    expect([archived().method, archived().path]).toEqual(['PUT', '/archive']);
    expect(archived().headers.get('Chorale-Owner-Key')).toBe('key');
    const back = answering(undefined, 204);
    await bringBackSession(host, 'S1', { token: 't' });
    expect([back().method, back().path]).toEqual(['DELETE', '/archive']);
    expect(back().headers.get('Authorization')).toBe('Bearer t');
  });

  it('[ACS-1] who creates a session may say who they are, and who gets in', async () => {
    const created = answering({ sessionId: 'S1', joinUrl: '/s/S1', createdAt: 'now', ownerKey: 'key' }, 201);
    const request = { name: 'Bridge', kind: 'scene' as const, guest: GUEST, visibility: 'private' as const, password: 'open sesame' };
    await createSession(host, request);
    expect(created().body).toEqual(request);
    const changed = answering({ sessionId: 'S1', name: 'B', kind: 'scene', maxUsers: 1, createdAt: 'now' });
    await updateSession(host, 'S1', { guest: GUEST }, { password: null, permissions: { VIEWER: [] } });
    expect(changed().body).toEqual({ password: null, permissions: { VIEWER: [] } });
  });
});
