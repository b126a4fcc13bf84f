import { afterEach, describe, expect, it, vi } from 'vitest';
import { ProblemError } from '../src/index.js';
import { createVersion, listVersions, pastOf, readBlame, readDiff, readTimeline, readVersion, revert, undoChange } from '../src/rest/history.js';

const GUEST = { name: 'Ada', color: '#336699', secret: 'ada-0123456789abcdef' };
const VERSION = {
  versionId: 'v7',
  branch: 'main',
  revision: 3,
  name: 'Draft',
  author: { userId: 'g-1', name: 'Ada' },
  createdAt: '2026-01-31T12:00:00Z',
};

function answering(status: number, body: unknown): ReturnType<typeof vi.fn<typeof fetch>> {
  const fake = vi.fn<typeof fetch>(() => Promise.resolve(new Response(JSON.stringify(body), { status })));
  vi.stubGlobal('fetch', fake);
  return fake;
}

function sent(fake: ReturnType<typeof answering>): { readonly url: string; readonly headers: Headers; readonly body: unknown } {
  const [url, request] = fake.mock.calls[0] ?? [];
  const body = request?.body;
  return { url: typeof url === 'string' ? url : '', headers: new Headers(request?.headers), body: typeof body === 'string' ? JSON.parse(body) : undefined };
}

afterEach(() => vi.unstubAllGlobals());

describe('versions', () => {
  it('[VER-1] are made by a guest in the body, or by whoever has a token', async () => {
    const fake = answering(201, { ...VERSION, description: 'One box' });
    const made = await createVersion('http://host', 'S 1', { guest: GUEST }, { name: 'Draft', revision: 3 });
    expect(made).toEqual({ ...VERSION, description: 'One box' });
    expect(sent(fake)).toMatchObject({
      url: 'http://host/api/v1/sessions/S%201/versions',
      body: { guest: GUEST, name: 'Draft', revision: 3 },
    });
    const again = answering(201, VERSION);
    expect(await createVersion('http://host', 'S1', { token: 't', guest: GUEST }, { name: 'Draft' })).toEqual(VERSION);
    expect(sent(again).headers.get('Authorization')).toBe('Bearer t');
    expect(sent(again).body).toEqual({ name: 'Draft' });
  });

  it('[VER-1] reject with the problem', async () => {
    answering(409, { type: 'urn:chorale:problem:version-name-taken', title: 'Taken', status: 409, detail: 'name' });
    await expect(createVersion('http://host', 'S1', { guest: GUEST }, { name: 'Draft' })).rejects.toThrow(ProblemError);
  });

  it('[VER-2] are listed in pages, and read', async () => {
    const fake = answering(200, { versions: [VERSION], nextCursor: 'v7' });
    expect(await listVersions('http://host', 'S1', {}, { limit: 1, cursor: 'v9' })).toEqual({ versions: [VERSION], nextCursor: 'v7' });
    expect(sent(fake).url).toBe('http://host/api/v1/sessions/S1/versions?limit=1&cursor=v9');
    answering(200, VERSION);
    expect(await readVersion('http://host', 'S1', {}, 'v7')).toEqual(VERSION);
  });

  it.each([
    ['no versions', {}],
    ['a version without an author', { versions: [{ ...VERSION, author: undefined }] }],
    ['a revision that is no number', { versions: [{ ...VERSION, revision: '3' }] }],
    ['nonsense', 7],
  ])('given an answer with %s then it is not believed', async (_case, body) => {
    answering(200, body);
    await expect(listVersions('http://host', 'S1', {})).rejects.toMatchObject({ problem: { status: 502 } });
  });
});

describe('differences', () => {
  it('[VER-3] are read cell by cell', async () => {
    const by = { userId: 'g-1', revision: 3, at: '2026-01-31T12:00:00Z' };
    const differences = [
      { element: 'a', elementType: 'box', cell: 'property', name: 'n', before: null, after: [1, 2], by },
      { element: 'a', elementType: 'box', cell: 'item', name: 'tags', item: 'x', after: { retracted: false, value: 1 } },
    ];
    const fake = answering(200, { from: 2, to: 3, differences });
    expect(await readDiff('http://host', 'S1', {}, { from: 'v7', to: 3 })).toEqual({ from: 2, to: 3, differences });
    expect(sent(fake).url).toBe('http://host/api/v1/sessions/S1/diff?from=v7&to=3');
    answering(200, { from: 2, to: 3, differences: [{ element: 'a' }] });
    await expect(readDiff('http://host', 'S1', {}, { from: 2 })).rejects.toMatchObject({ problem: { status: 502 } });
  });
});

describe('going back', () => {
  it('[VER-4] names a revision or a version, and the elements where only some are meant', async () => {
    const done = { changeId: 'api-x:0', revision: 9, notes: [] };
    const fake = answering(200, done);
    expect(await revert('http://host', 'S1', { guest: GUEST }, 'v7', ['a'])).toEqual({ changeId: 'api-x:0', revision: 9 });
    expect(sent(fake).body).toEqual({ guest: GUEST, to: 'v7', elements: ['a'] });
    const all = answering(200, done);
    await revert('http://host', 'S1', { guest: GUEST }, 4);
    expect(sent(all).body).toEqual({ guest: GUEST, to: 4 });
  });

  it('[REST-5] is undone by its change', async () => {
    const fake = answering(200, { changeId: 'api-y:0', revision: 10, notes: [] });
    await undoChange('http://host', 'S1', { guest: GUEST }, 'api-x:0');
    expect(sent(fake)).toMatchObject({ url: 'http://host/api/v1/sessions/S1/changes/api-x%3A0/undo', body: { guest: GUEST } });
  });
});

describe('the past', () => {
  const PART = { from: 1, to: 2, at: '2026-01-31T12:00:00Z', changes: 2, users: [{ userId: 'u', name: 'Ana', changes: 2 }] };
  const WRITER = { userId: 'u', name: 'Ana', changeId: 'c-1:2', revision: 3, at: '2026-01-31T12:00:00Z' };
  const CELL = { element: 'a', elementType: 'box', cell: 'property', name: 'color', by: WRITER };

  it('tells who did how much when', async () => {
    const timeline = { from: 1, to: 2, head: 2, startAt: PART.at, endAt: PART.at, buckets: [PART] };
    const fake = answering(200, timeline);
    expect(await readTimeline('http://host', 'S1', { guest: GUEST }, { buckets: 200, branch: 'a b' })).toEqual(timeline);
    expect(sent(fake).url).toBe('http://host/api/v1/sessions/S1/timeline?buckets=200&branch=a+b');
    expect(sent(fake).headers.get('Chorale-Guest')).toContain('Ada');
    const nothing = { from: 1, to: 0, head: 0, buckets: [] };
    answering(200, nothing);
    expect(await readTimeline('http://host', 'S1', {})).toEqual(nothing);
  });

  it('tells who wrote what last', async () => {
    const fake = answering(200, { revision: 3, cells: [CELL], nextCursor: '3.1' });
    expect(await readBlame('http://host', 'S1', {}, { element: 'a', revision: 3 })).toEqual({ revision: 3, cells: [CELL], nextCursor: '3.1' });
    expect(sent(fake).url).toBe('http://host/api/v1/sessions/S1/blame?element=a&revision=3');
    answering(200, { revision: 3, cells: [{ ...CELL, by: undefined }] });
    await expect(readBlame('http://host', 'S1', {})).rejects.toThrow(ProblemError);
  });

  it('is read in pages, by whoever asks then', async () => {
    const change = (revision: number) => ({
      revision,
      changeId: `c:${revision}`,
      userId: 'u',
      participantId: 'p',
      at: PART.at,
      kind: 'edit',
      operations: [],
      notes: [],
    });
    const answers = [
      { changes: [change(1)], nextCursor: '1' },
      { changes: [change(2)] },
    ];
    const fake = vi.fn<typeof fetch>(() => Promise.resolve(new Response(JSON.stringify(answers.shift()))));
    vi.stubGlobal('fetch', fake);
    const past = pastOf('http://host', 'S1', () => Promise.resolve({ token: 't' }), 'main');
    expect((await past.changes(1, 2)).map(({ revision }) => revision)).toEqual([1, 2]);
    expect(fake.mock.calls.map(([url]) => url)).toEqual([
      'http://host/api/v1/sessions/S1/changes?from=1&to=2&limit=1000&branch=main',
      'http://host/api/v1/sessions/S1/changes?from=1&to=2&limit=1000&cursor=1&branch=main',
    ]);
  });
});
