import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  closeSession,
  createSession,
  documentHash,
  listSessions,
  readChanges,
  readChat,
  readDocument,
  readSession,
  updateSession,
} from '../src/index.js';
import { committed, element, SESSION, set } from './support/frames.js';

const DETAILS = { ...SESSION, closed: false, archived: false, visibility: 'link', participants: 2 };

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
    const archived = answering(200, { sessions: [] });
    await listSessions('http://host', { archived: true });
    expect(archived.mock.calls[0]?.[0]).toBe('http://host/api/v1/sessions?archived=true');
    const closed = answering(204, undefined);
    await closeSession('http://host', 'S1', 'key');
    expect(closed).toHaveBeenCalledWith('http://host/api/v1/sessions/S1', {
      method: 'DELETE',
      headers: { 'Chorale-Owner-Key': 'key' },
    });
  });

  it("[CNF-5] the owner changes a session's settings", async () => {
    const fetched = answering(200, { ...DETAILS, name: 'New', conflictPolicy: { '*.x': { strategy: 'MANUAL' } } });
    const settings = { name: 'New', conflictPolicy: { '*.x': { strategy: 'MANUAL' as const } } };
    expect(await updateSession('http://host', 'S1', 'key', settings)).toEqual({ ...SESSION, ...settings });
    expect(fetched).toHaveBeenCalledWith('http://host/api/v1/sessions/S1', {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json', 'Chorale-Owner-Key': 'key' },
      body: JSON.stringify(settings),
    });
  });

  it('[DOC-10] reads the document as it was', async () => {
    const { deleted: _deleted, refs: _refs, ...wire } = element('e', 'a0', { props: { x: 1 } });
    const fetched = answering(200, { revision: 7, document: { elements: [wire], conflicts: [] }, hash: '00' });
    const { document, hash } = await readDocument('http://host', 'S1', { at: new Date(0) });
    expect([document.revision, document.children(null)[0]?.props, hash]).toEqual([7, { x: 1 }, '00']);
    expect(documentHash(document)).toMatch(/^[0-9a-f]{16}$/);
    expect(fetched.mock.calls[0]?.[0]).toBe('http://host/api/v1/sessions/S1/document?at=1970-01-01T00%3A00%3A00.000Z');
  });

  it('[CHT-3] reads what was committed and what was said, page by page', async () => {
    const change = committed(3, 'o:1', set('e', 'x', 1));
    const changes = answering(200, { changes: [change], nextCursor: 'c' });
    expect(await readChanges('http://host', 'S1', { from: 3, element: 'e' })).toEqual({
      changes: [change],
      nextCursor: 'c',
    });
    expect(changes.mock.calls[0]?.[0]).toBe('http://host/api/v1/sessions/S1/changes?from=3&element=e');
    const message = { id: '2', userId: 'u', participantId: 'p', name: 'Ben', text: 'hi', at: '2025-01-01T00:00:00Z' };
    const chat = answering(200, { messages: [message] });
    expect(await readChat('http://host', 'S1', { limit: 10 })).toEqual({ messages: [message] });
    expect(chat.mock.calls[0]?.[0]).toBe('http://host/api/v1/sessions/S1/chat?limit=10');
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
