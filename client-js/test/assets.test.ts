import { afterEach, describe, expect, it, vi } from 'vitest';
import { listSessions, readSession } from '../src/index.js';
import { assetUrl, putThumbnail, uploadAsset } from '../src/rest/assets.js';
import { SESSION } from './support/frames.js';

const GUEST = { name: 'Bj\u00f6rn \ud83d\ude42', color: '#336699', secret: 'kept-by-this-page-alone' };
const ASSET = { assetId: 'A1', name: 'Plan.png', mediaType: 'image/png', size: 3, sha256: 'ab' };
const BYTES = new Uint8Array([1, 2, 3]);

function answering(status: number, body: unknown): ReturnType<typeof vi.fn<typeof fetch>> {
  const text = body === undefined ? null : JSON.stringify(body);
  const fake = vi.fn<typeof fetch>(() => Promise.resolve(new Response(text, { status })));
  vi.stubGlobal('fetch', fake);
  return fake;
}

/** The headers of the one call that was made. */
function headersOf(fake: ReturnType<typeof answering>): Headers {
  return new Headers(fake.mock.calls[0]?.[1]?.headers);
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('assets', () => {
  it('[AST-1] go to the server as they are, under their name', async () => {
    const fetched = answering(201, { ...ASSET, more: true });
    const details = await uploadAsset('http://host/', 'S 1', GUEST, { name: 'Pl\u00e4ne & mehr.png', mediaType: 'image/png', data: BYTES });
    expect(details).toEqual(ASSET);
    const [url, request] = fetched.mock.calls[0] ?? [];
    expect(url).toBe('http://host/api/v1/sessions/S%201/assets?name=Pl%C3%A4ne+%26+mehr.png');
    expect(request).toMatchObject({ method: 'POST', body: BYTES });
    expect(headersOf(fetched).get('Content-Type')).toBe('image/png');
  });

  it('[AST-1] say who sends them, in a header that is ASCII whatever their name', async () => {
    const fetched = answering(200, ASSET);
    await uploadAsset('http://host', 'S1', { ...GUEST, more: 'ignored' } as typeof GUEST, { name: '', mediaType: 'image/png', data: BYTES });
    const header = headersOf(fetched).get('Chorale-Guest') ?? '';
    expect(header).toMatch(/^[\x20-\x7e]+$/);
    expect(JSON.parse(header)).toEqual(GUEST);
  });

  it('[AST-1] without a secret there is none in the header', async () => {
    const fetched = answering(200, ASSET);
    await uploadAsset('http://host', 'S1', { name: 'Ana', color: '#336699' }, { name: 'x', mediaType: 'image/png', data: BYTES });
    expect(headersOf(fetched).get('Chorale-Guest')).toBe('{"name":"Ana","color":"#336699"}');
  });

  it.each([
    [413, 'payload-too-large'],
    [409, 'quota-exceeded'],
    [422, 'invalid-content'],
    [415, 'unsupported-media-type'],
  ])('[AST-5] a refusal with %i is the problem %s', async (status, slug) => {
    const problem = { type: `urn:chorale:problem:${slug}`, title: 'No', status, detail: 'd' };
    answering(status, problem);
    const upload = uploadAsset('http://host', 'S1', GUEST, { name: 'x', mediaType: 'image/png', data: BYTES });
    await expect(upload).rejects.toMatchObject({ name: 'ProblemError', problem });
  });

  it.each([[{ ...ASSET, size: 'large' }], [{ ...ASSET, assetId: undefined }], [[]], [undefined]])(
    '[AST-1] an answer that is none is a problem: %j',
    async (answer) => {
      answering(200, answer);
      const upload = uploadAsset('http://host', 'S1', GUEST, { name: 'x', mediaType: 'image/png', data: BYTES });
      await expect(upload).rejects.toMatchObject({ name: 'ProblemError', problem: { status: 502 } });
    },
  );

  it('[AST-7] are found at their address, which no id leaves', () => {
    expect(assetUrl('http://host/', 'S1', 'A_1-x')).toBe('http://host/api/v1/sessions/S1/assets/A_1-x');
    expect(assetUrl('', 'S1', '../../x?y#z')).toBe('/api/v1/sessions/S1/assets/..%2F..%2Fx%3Fy%23z');
  });
});

describe('thumbnails', () => {
  it('[AST-9] are put as what they are', async () => {
    const fetched = answering(204, undefined);
    const picture = new Blob([BYTES], { type: 'image/webp' });
    expect(await putThumbnail('http://host', 'S1', GUEST, picture)).toBe(true);
    expect(fetched).toHaveBeenCalledWith(
      'http://host/api/v1/sessions/S1/thumbnail',
      expect.objectContaining({ method: 'PUT', body: picture }),
    );
    expect(headersOf(fetched).get('Content-Type')).toBe('image/webp');
    expect(JSON.parse(headersOf(fetched).get('Chorale-Guest') ?? '')).toEqual(GUEST);
  });

  it('[AST-9] are not taken, and no error, when there was one a moment ago', async () => {
    answering(202, { retryAfter: 4 });
    expect(await putThumbnail('http://host', 'S1', GUEST, new Blob())).toBe(false);
  });

  it('[AST-10] are told by a session and by the list of sessions, where there are any', async () => {
    const thumbnail = '/api/v1/sessions/S1/thumbnail?v=3';
    const details = { ...SESSION, closed: false, archived: false, visibility: 'public', participants: 2 };
    answering(200, { ...details, thumbnail });
    expect(await readSession('http://host', 'S1')).toEqual({ ...details, thumbnail });
    answering(200, details);
    expect(await readSession('http://host', 'S1')).not.toHaveProperty('thumbnail');
    answering(200, { sessions: [{ ...details, thumbnail }, details] });
    expect((await listSessions('http://host')).sessions.map((session) => session.thumbnail)).toEqual([thumbnail, undefined]);
    answering(200, { sessions: [{ ...details, thumbnail: 7 }] });
    await expect(listSessions('http://host')).rejects.toMatchObject({ problem: { status: 502 } });
  });
});
