import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect, ProblemError, type Session } from '../src/index.js';
import {
  branchIn,
  cherryPick,
  commentMergeRequest,
  conflictsIn,
  createBranch,
  createMergeRequest,
  decideMergeConflicts,
  deleteBranch,
  listBranches,
  listMergeComments,
  listMergeRequests,
  mergeMergeRequest,
  mergeRequestIn,
  readBranch,
  readMergeConflicts,
  readMergeDiff,
  readMergeRequest,
  reviewMergeRequest,
  updateBranch,
  updateMergeRequest,
  versionIn,
} from '../src/rest/history.js';
import { Disk, type Tab } from './support/disk.js';
import { FakeSocket } from './support/fakeSocket.js';
import { create, element, welcomeWith, wireWelcome } from './support/frames.js';

const GUEST = { name: 'Ada', color: '#336699', secret: 'ada-0123456789abcdef' };
const ADA = { userId: 'g-ada', name: 'Ada' };
const AT = '2026-01-31T12:00:00Z';
const BRANCH = {
  name: 'Glass roof',
  parent: 'main',
  forkRevision: 12,
  head: 15,
  createdBy: ADA,
  createdAt: AT,
  people: [{ participantId: 'p1', userId: 'g-ada', name: 'Ada', color: '#336699' }],
  ahead: 3,
  behind: 1,
};
const REQUEST = {
  id: 'm4',
  source: 'Glass roof',
  target: 'main',
  title: 'A roof of glass',
  author: ADA,
  status: 'open',
  createdAt: AT,
  head: { source: 15, target: 14 },
  base: { branch: 'main', revision: 12 },
  reviewers: [{ userId: 'g-ben', name: 'Ben', verdict: 'APPROVED', at: AT, stale: true }, { userId: 'g-cy', name: 'Cy' }],
  approvals: 0,
  requiredApprovals: 1,
  openConflicts: 1,
  differences: 3,
  mergeable: false,
  blockers: ['merge-conflicts', 'approvals-missing'],
};
const CONFLICT = {
  element: 'e',
  elementType: 'box',
  cell: 'property',
  name: 'color',
  reason: 'BOTH_CHANGED',
  base: '#000000',
  ours: '#ff0000',
  theirs: null,
  choices: ['OURS', 'THEIRS', 'VALUE'],
};

function answering(status: number, body: unknown): ReturnType<typeof vi.fn<typeof fetch>> {
  const text = status === 204 ? null : JSON.stringify(body);
  const fake = vi.fn<typeof fetch>(() => Promise.resolve(new Response(text, { status })));
  vi.stubGlobal('fetch', fake);
  return fake;
}

function sent(fake: ReturnType<typeof answering>): { readonly method: string | undefined; readonly path: string; readonly body: unknown } {
  const [url, request] = fake.mock.calls[0] ?? [];
  const text = typeof url === 'string' ? url : '';
  const body = request?.body;
  return {
    method: request?.method,
    path: text.replace('http://host/api/v1/sessions/S1', ''),
    body: typeof body === 'string' ? JSON.parse(body) : undefined,
  };
}

afterEach(() => vi.unstubAllGlobals());

describe('branches', () => {
  it('are made from now, or from a version of another branch', async () => {
    const fake = answering(201, BRANCH);
    const made = await createBranch('http://host', 'S1', { guest: GUEST }, { name: 'Glass roof', from: 'main', revision: 'v3' });
    expect(made).toEqual(BRANCH);
    const body = { guest: GUEST, name: 'Glass roof', from: 'main', revision: 'v3' };
    expect(sent(fake)).toEqual({ method: 'POST', path: '/branches', body });
  });

  it('are listed in pages, with those that are archived where asked for, and read', async () => {
    const archived = { ...BRANCH, archivedAt: AT, protection: { approvals: 2 }, description: 'Too dear' };
    const fake = answering(200, { branches: [BRANCH, archived], nextCursor: 'b2' });
    const page = await listBranches('http://host', 'S1', {}, { archived: true, limit: 2, cursor: 'b0' });
    expect(page).toEqual({ branches: [BRANCH, archived], nextCursor: 'b2' });
    expect(sent(fake).path).toBe('/branches?archived=true&limit=2&cursor=b0');
    const all = answering(200, { branches: [] });
    expect(await listBranches('http://host', 'S1', {})).toEqual({ branches: [] });
    expect(sent(all).path).toBe('/branches');
    const one = answering(200, BRANCH);
    expect(await readBranch('http://host', 'S1', {}, 'Glass roof')).toEqual(BRANCH);
    expect(sent(one).path).toBe('/branches/Glass%20roof');
  });

  it('are protected, set free and archived', async () => {
    const fake = answering(200, { ...BRANCH, protection: { approvals: 1 } });
    const changed = await updateBranch('http://host', 'S1', { guest: GUEST }, 'Glass roof', { protection: { approvals: 1 } });
    expect(changed.protection).toEqual({ approvals: 1 });
    const path = '/branches/Glass%20roof';
    expect(sent(fake)).toEqual({ method: 'PATCH', path, body: { guest: GUEST, protection: { approvals: 1 } } });
    const free = answering(200, BRANCH);
    await updateBranch('http://host', 'S1', { guest: GUEST }, 'Glass roof', { protection: null, archived: true });
    expect(sent(free).body).toEqual({ guest: GUEST, protection: null, archived: true });
  });

  it('are deleted; a refusal is told', async () => {
    const fake = answering(204, undefined);
    await deleteBranch('http://host', 'S1', { guest: GUEST }, 'x');
    expect(sent(fake)).toEqual({ method: 'DELETE', path: '/branches/x', body: undefined });
    answering(409, { type: 'urn:chorale:problem:branch-in-use', title: 'In use', status: 409 });
    await expect(deleteBranch('http://host', 'S1', { guest: GUEST }, 'x')).rejects.toThrow(ProblemError);
  });

  it.each([
    ['a head that is no number', { ...BRANCH, head: 'x' }],
    ['nobody knows who', { ...BRANCH, people: 7 }],
    ['nonsense', []],
  ])('given an answer with %s then it is not believed', async (_case, body) => {
    answering(200, body);
    await expect(readBranch('http://host', 'S1', {}, 'x')).rejects.toMatchObject({ problem: { status: 502 } });
  });
});

describe('merge requests', () => {
  const caller = { guest: GUEST };

  it('are made, listed, read and changed', async () => {
    const wanted = { source: 'Glass roof', title: 'A roof of glass', reviewers: ['g-ben'] };
    const made = answering(201, REQUEST);
    expect(await createMergeRequest('http://host', 'S1', caller, wanted)).toEqual(REQUEST);
    expect(sent(made)).toEqual({ method: 'POST', path: '/merge-requests', body: { guest: GUEST, ...wanted } });
    const listed = answering(200, { mergeRequests: [REQUEST], nextCursor: 'm3' });
    const page = await listMergeRequests('http://host', 'S1', {}, { status: 'open', limit: 1 });
    expect(page).toEqual({ mergeRequests: [REQUEST], nextCursor: 'm3' });
    expect(sent(listed).path).toBe('/merge-requests?status=open&limit=1');
    const merged = { ...REQUEST, status: 'merged', merged: { revision: 16, by: ADA, at: AT } };
    answering(200, merged);
    expect(await readMergeRequest('http://host', 'S1', {}, 'm4')).toEqual(merged);
    const closed = answering(200, { ...REQUEST, status: 'closed' });
    expect((await updateMergeRequest('http://host', 'S1', caller, 'm4', { status: 'closed' })).status).toBe('closed');
    expect(sent(closed)).toEqual({ method: 'PATCH', path: '/merge-requests/m4', body: { guest: GUEST, status: 'closed' } });
  });

  it('tell what differs and where both changed the same', async () => {
    const differences = [{ element: 'e', elementType: 'box', cell: 'property', name: 'n', after: null }];
    const diff = answering(200, { differences, nextCursor: 'c' });
    expect(await readMergeDiff('http://host', 'S1', {}, 'm4', { limit: 5 })).toEqual({ differences, nextCursor: 'c' });
    expect(sent(diff).path).toBe('/merge-requests/m4/diff?limit=5');
    const decided = { ...CONFLICT, choice: { choice: 'VALUE', value: null, by: ADA, at: AT } };
    answering(200, { conflicts: [CONFLICT, decided] });
    expect(await readMergeConflicts('http://host', 'S1', {}, 'm4')).toEqual([CONFLICT, decided]);
  });

  it('conflicts are decided with the values that were looked at', async () => {
    const choices = [{ element: 'e', cell: 'property', name: 'color', choice: 'OURS' as const, ours: '#ff0000', theirs: null }];
    const fake = answering(200, { conflicts: [CONFLICT] });
    expect(await decideMergeConflicts('http://host', 'S1', caller, 'm4', choices)).toEqual([CONFLICT]);
    expect(sent(fake)).toEqual({ method: 'PUT', path: '/merge-requests/m4/choices', body: { guest: GUEST, choices } });
  });

  it('a choice of a newer server is not offered', async () => {
    answering(200, { conflicts: [{ ...CONFLICT, choices: ['OURS', 'NEWEST'] }] });
    expect((await readMergeConflicts('http://host', 'S1', {}, 'm4'))[0]?.choices).toEqual(['OURS']);
  });

  it('are talked about and reviewed', async () => {
    const comment = { commentId: 'n1', author: ADA, text: 'Why?', at: AT };
    const said = answering(201, comment);
    expect(await commentMergeRequest('http://host', 'S1', caller, 'm4', 'Why?')).toEqual(comment);
    expect(sent(said)).toEqual({ method: 'POST', path: '/merge-requests/m4/comments', body: { guest: GUEST, text: 'Why?' } });
    answering(200, { comments: [comment] });
    expect(await listMergeComments('http://host', 'S1', {}, 'm4')).toEqual({ comments: [comment] });
    const reviewed = answering(200, REQUEST);
    await reviewMergeRequest('http://host', 'S1', caller, 'm4', { verdict: 'CHANGES_REQUESTED', text: 'Wider' });
    const body = { guest: GUEST, verdict: 'CHANGES_REQUESTED', text: 'Wider' };
    expect(sent(reviewed)).toEqual({ method: 'POST', path: '/merge-requests/m4/reviews', body });
  });

  it('are merged as one change', async () => {
    const fake = answering(200, { changeId: 'c:1', revision: 16, notes: [] });
    expect(await mergeMergeRequest('http://host', 'S1', caller, 'm4')).toEqual({ changeId: 'c:1', revision: 16 });
    expect(sent(fake)).toEqual({ method: 'POST', path: '/merge-requests/m4/merge', body: { guest: GUEST } });
  });

  it('a change is taken over; the refusal names what it meets', async () => {
    const fake = answering(200, { changeId: 'c:2', revision: 17, notes: [] });
    const pick = { changeId: 'a:1', from: 'Glass roof', branch: 'main' };
    expect(await cherryPick('http://host', 'S1', caller, pick)).toEqual({ changeId: 'c:2', revision: 17 });
    expect(sent(fake)).toEqual({ method: 'POST', path: '/cherry-picks', body: { guest: GUEST, ...pick } });
    answering(409, { type: 'urn:chorale:problem:merge-conflicts', title: 'Conflicts', status: 409, conflicts: [CONFLICT] });
    const failure = await cherryPick('http://host', 'S1', caller, pick).catch((reason: unknown) => reason);
    expect(failure instanceof ProblemError && conflictsIn(failure)).toEqual([CONFLICT]);
    answering(403, { type: 'urn:chorale:problem:forbidden', title: 'No', status: 403 });
    const other = await cherryPick('http://host', 'S1', caller, pick).catch((reason: unknown) => reason);
    expect(other instanceof ProblemError && conflictsIn(other)).toEqual([]);
  });
});

describe('a session on a branch', () => {
  const sessions: Session[] = [];
  let disk: Disk;

  beforeEach(() => {
    vi.useFakeTimers();
    disk = new Disk();
  });

  afterEach(() => {
    for (const session of sessions.splice(0)) session.close();
    vi.useRealTimers();
  });

  async function join(clientId: string, branch?: string, tab: Tab = disk.tab()): Promise<{ session: Session; socket: FakeSocket; tab: Tab }> {
    const sockets: FakeSocket[] = [];
    const session = connect({
      url: 'http://localhost',
      sessionId: 'S1',
      ...(branch !== undefined && { branch }),
      guest: GUEST,
      clientId,
      storage: tab,
      webSocket: (url, protocols) => {
        const socket = new FakeSocket(url, protocols);
        sockets.push(socket);
        return socket;
      },
    });
    sessions.push(session);
    await vi.advanceTimersByTimeAsync(50);
    const [socket] = sockets;
    if (!socket) throw new Error('no socket');
    socket.opened();
    return { session, socket, tab };
  }

  it('[HEL-1] says so, and one on main says nothing', async () => {
    const { session, socket } = await join('a', 'Glass roof');
    expect([session.branch, socket.frames('hello')[0]?.['branch']]).toEqual(['Glass roof', 'Glass roof']);
    const { session: onMain, socket: other } = await join('b');
    expect(onMain.branch).toBe('main');
    expect(other.frames('hello')[0]).not.toHaveProperty('branch');
  });

  it('edits that wait are those of the branch', async () => {
    const first = await join('a', 'Glass roof');
    first.socket.receives(wireWelcome(welcomeWith(10, element('e', 'a0'))));
    first.socket.ends(1006);
    first.session.edit([create('roof')]);
    await vi.advanceTimersByTimeAsync(600);
    first.tab.kill();
    const onMain = await join('b');
    const elsewhere = await join('c', 'Glass');
    const again = await join('d', 'Glass roof');
    expect([onMain, elsewhere, again].map(({ session }) => session.pendingChanges)).toEqual([0, 0, 1]);
    expect(again.session.document.live('roof')).toBe(true);
  });

  it('what waits on main is where it was before there were branches', async () => {
    const first = await join('a');
    first.socket.receives(wireWelcome(welcomeWith(10, element('e', 'a0'))));
    first.session.edit([create('roof')]);
    await vi.advanceTimersByTimeAsync(600);
    const [bucket = ''] = disk.buckets.keys();
    expect(JSON.parse(bucket.slice(0, bucket.indexOf('] ') + 1))).toEqual(['http://localhost', 'S1', expect.any(String)]);
  });

  it('hears of branches, merge requests and versions', async () => {
    const { session, socket } = await join('a');
    socket.receives(wireWelcome(welcomeWith(10)));
    const heard: unknown[] = [];
    session.on('branch', (news) => heard.push(branchIn(news)));
    session.on('mergeRequest', (news) => heard.push(mergeRequestIn(news)));
    session.on('version', (news) => heard.push(versionIn(news)));
    const version = { versionId: 'v1', branch: 'main', revision: 3, name: 'Draft', author: ADA, createdAt: AT };
    socket.receives({ type: 'branch', branch: BRANCH });
    socket.receives({ type: 'branch', branch: BRANCH, deleted: true });
    socket.receives({ type: 'mergeRequest', mergeRequest: REQUEST });
    socket.receives({ type: 'version', version });
    const { id, source, target, title, status } = REQUEST;
    expect(heard).toEqual([
      { branch: BRANCH, deleted: false },
      { branch: BRANCH, deleted: true },
      { id, source, target, title, status },
      version,
    ]);
  });
});
