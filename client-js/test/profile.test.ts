import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  addContact,
  listContacts,
  listRecentPeople,
  pictureUrl,
  putPicture,
  removeContact,
  removePicture,
  updateMe,
} from '../src/rest/accounts.js';
import { problem } from '../src/protocol/problem.js';
import { readParticipant } from '../src/protocol/read.js';

const LOOK = { shape: 'gem', visor: 'ocean', accent: 'amber', accessories: ['crown'] };
const PICTURE = '/api/v1/users/u-2/picture?v=3';
const BEN = { userId: 'u-2', name: 'Ben', color: '#996633', look: LOOK, picture: PICTURE };
const ME = 'http://host/api/v1/users/me';

function answering(status: number, body?: unknown): ReturnType<typeof vi.fn<typeof fetch>> {
  const fake = vi.fn<typeof fetch>(() => Promise.resolve(new Response(body === undefined ? null : JSON.stringify(body), { status })));
  vi.stubGlobal('fetch', fake);
  return fake;
}

function called(fetched: ReturnType<typeof answering>): readonly unknown[] {
  const [url, request] = fetched.mock.calls[0] ?? [];
  expect(request?.headers).toMatchObject({ Authorization: 'Bearer t' });
  return [request?.method ?? 'GET', url, request?.body];
}

afterEach(() => vi.unstubAllGlobals());

describe('profiles over REST', () => {
  it('[ACC-15] changes the look, and reads what one looks like', async () => {
    const me = { ...BEN, preferences: {}, administrator: false };
    const changed = answering(200, { ...me, disabled: false });
    expect(await updateMe('http://host/', 't', { look: LOOK })).toEqual(me);
    expect(called(changed)).toEqual(['PATCH', ME, JSON.stringify({ look: LOOK })]);
  });

  it('[ACC-16] puts a picture under its own type, and takes it away', async () => {
    const picture = new Blob(['x'], { type: 'image/webp' });
    const put = answering(200, { picture: PICTURE });
    expect(await putPicture('http://host', 't', picture)).toBe(PICTURE);
    expect(called(put)).toEqual(['PUT', `${ME}/picture`, picture]);
    expect(put.mock.calls[0]?.[1]?.headers).toMatchObject({ 'Content-Type': 'image/webp' });
    const removed = answering(204);
    await removePicture('http://host', 't');
    expect(called(removed)).toEqual(['DELETE', `${ME}/picture`, undefined]);
    expect(pictureUrl('http://host/', PICTURE)).toBe(`http://host${PICTURE}`);
  });

  it('[ACC-17] lists, adds and removes contacts', async () => {
    const since = '2026-01-01T09:00:00Z';
    answering(200, { contacts: [{ ...BEN, since, more: 1 }] });
    expect(await listContacts('http://host', 't')).toEqual([{ ...BEN, since }]);
    const added = answering(201, { userId: 'u-3', name: 'Eve', color: '#112233', since });
    expect(await addContact('http://host', 't', { login: 'eve' })).toEqual({ userId: 'u-3', name: 'Eve', color: '#112233', since });
    expect(called(added)).toEqual(['POST', `${ME}/contacts`, '{"login":"eve"}']);
    const removed = answering(204);
    await removeContact('http://host', 't', 'u-3');
    expect(called(removed)).toEqual(['DELETE', `${ME}/contacts/u-3`, undefined]);
    answering(404, problem('user-not-found', 'No', 404, 'login'));
    await expect(addContact('http://host', 't', { login: 'nobody' })).rejects.toMatchObject({ problem: { status: 404 } });
  });

  it('[ACC-18] lists with whom one was in a session', async () => {
    const met = { ...BEN, sessionId: 'abc', metAt: '2026-01-01T09:00:00Z' };
    const fetched = answering(200, { people: [met] });
    expect(await listRecentPeople('http://host', 't')).toEqual([met]);
    expect(called(fetched)).toEqual(['GET', `${ME}/recent-people`, undefined]);
    answering(200, { people: [{ userId: 'u-2' }] });
    await expect(listRecentPeople('http://host', 't')).rejects.toMatchObject({ problem: { status: 502 } });
  });
});

it('[PRE-1] [ACC-15] participants have the look and the picture that they are told with', () => {
  const ben = { participantId: 'p-2', ...BEN, role: 'VIEWER', status: 'ONLINE' };
  expect(readParticipant({ ...ben, look: { ...LOOK, hat: true } }, 'ben')).toEqual(ben);
  const { look: _look, picture: _picture, ...plain } = ben;
  expect(readParticipant(plain, 'ben')).toEqual(plain);
  expect(() => readParticipant({ ...ben, look: { shape: 'gem' } }, 'ben')).toThrow(/visor/);
});
