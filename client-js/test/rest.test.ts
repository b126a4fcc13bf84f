import { afterEach, describe, expect, it, vi } from 'vitest';
import { closeSession, createSession, listSessions, readSession } from '../src/index.js';
import { SESSION } from './support/frames.js';

const DETAILS = { ...SESSION, closed: false, visibility: 'link', participants: 2 };

function answering(status: number, body: unknown): ReturnType<typeof vi.fn<typeof fetch>> {
  const text = body === undefined ? null : JSON.stringify(body);
  const fake = vi.fn<typeof fetch>(() => Promise.resolve(new Response(text, { status, statusText: 'Nope' })));
  vi.stubGlobal('fetch', fake);
  return fake;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('REST', () => {
  it('creates a session', async () => {
    const created = { sessionId: 'S1', joinUrl: '/s/S1', createdAt: '2025-01-01T00:00:00Z', ownerKey: 'key' };
    const fetched = answering(201, { ...created, more: true });
    expect(await createSession('http://host/', { name: 'Bridge', kind: 'scene' })).toEqual(created);
    expect(fetched).toHaveBeenCalledWith(
      'http://host/api/v1/sessions',
      expect.objectContaining({ method: 'POST', body: '{"name":"Bridge","kind":"scene"}' }),
    );
  });

  it('reads, lists and closes sessions', async () => {
    answering(200, DETAILS);
    expect(await readSession('http://host', 'S1')).toEqual(DETAILS);
    const listed = answering(200, { sessions: [SESSION], nextCursor: 'c2' });
    expect(await listSessions('http://host', { limit: 1, cursor: 'c1' })).toEqual({
      sessions: [SESSION],
      nextCursor: 'c2',
    });
    expect(listed.mock.calls[0]?.[0]).toBe('http://host/api/v1/sessions?limit=1&cursor=c1');
    answering(200, { sessions: [] });
    expect(await listSessions('http://host')).toEqual({ sessions: [] });
    const closed = answering(204, undefined);
    await closeSession('http://host', 'S1', 'key');
    expect(closed).toHaveBeenCalledWith('http://host/api/v1/sessions/S1', {
      method: 'DELETE',
      headers: { 'Chorale-Owner-Key': 'key' },
    });
  });

  it('[ERR-1] rejects with the problem of the answer', async () => {
    const problem = { type: 'urn:chorale:problem:session-not-found', title: 'None', status: 404, detail: 'S1' };
    answering(404, problem);
    await expect(readSession('http://host', 'S1')).rejects.toMatchObject({ name: 'ProblemError', problem });
  });

  it.each([
    ['a proxy answers', 502, 'Bad gateway'],
    ['the answer is not understood', 200, { sessionId: 7 }],
  ])('rejects with a problem where %s', async (_what, status, body) => {
    answering(status, body);
    await expect(readSession('http://host', 'S1')).rejects.toMatchObject({ problem: { status: 502 } });
  });

  it('rejects with a problem where there is no network', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
    await expect(closeSession('http://host', 'S1', 'key')).rejects.toMatchObject({ problem: { status: 503 } });
  });
});
