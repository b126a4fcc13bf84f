import { connect, ProblemError, type ConnectionState } from '@chorale/client';
import { afterEach, describe, expect, it } from 'vitest';
import { Workspace } from '../session/workspace';
import { liveElements } from '../scene/sceneElement';
import { mediaMessages as text } from './messages';
import type { Preparation, PreparedFile } from './preparedFile';
import { MOST_FILES, Uploads, type Keep } from './uploads';

/** A socket that never comes up: what is edited is there at once. */
const NOWHERE = { send: () => undefined, close: () => undefined, addEventListener: () => undefined };
const open: Workspace[] = [];

/** A seat whose connection is as the test says. */
function seat(state: ConnectionState) {
  const session = connect({ url: 'http://localhost', sessionId: 'scene', guest: { name: 'Ada', color: '#d98e04' }, webSocket: () => NOWHERE, storage: 'memory' });
  let now = state;
  const listeners = new Set<(state: ConnectionState) => void>();
  const { on } = session;
  Object.defineProperty(session, 'state', { get: () => now, set: () => undefined });
  session.on = (event, listener) => {
    if (event === 'state') listeners.add(listener as (state: ConnectionState) => void);
    return on.call(session, event, listener as never);
  };
  const workspace = new Workspace(session, false);
  open.push(workspace);
  return {
    workspace,
    become: (next: ConnectionState) => {
      now = next;
      for (const listener of listeners) listener(next);
    },
    elements: () => liveElements(session.document),
    notices: () => workspace.store.getState().notices,
  };
}

const image = (name: string): PreparedFile => ({ kind: 'image', name, mediaType: 'image/png', data: new Blob(['x']), scale: [1, 1, 1], width: 2, aspect: 2 });
const model = (name: string): PreparedFile => ({ kind: 'model', name, mediaType: 'model/gltf-binary', data: new Blob(['x']), scale: [2, 2, 2], width: 2 });
const asImages = (file: File): Promise<Preparation> => Promise.resolve(image(file.name));
const files = (...names: readonly string[]) => names.map((name) => new File(['x'], name));
const kept: Keep = ({ name, mediaType }) => Promise.resolve({ assetId: `asset-${name}`, name, mediaType, size: 1, sha256: '' });
const problem = (slug: string, status: number) => new ProblemError({ type: `urn:chorale:problem:${slug}`, title: slug, status });
const settled = () => new Promise((resolve) => setTimeout(resolve));

afterEach(() => {
  for (const workspace of open.splice(0)) workspace.dispose();
});

describe('files on their way', () => {
  it('become one element each, in a row on the ground, selected together', async () => {
    const { workspace, elements } = seat('online');
    await new Uploads(workspace, kept, asImages).add(files('a', 'b'));
    await settled();
    expect(elements()).toMatchObject([
      { kind: 'image', name: 'a', asset: 'asset-a', aspect: 2 },
      { kind: 'image', name: 'b', asset: 'asset-b', aspect: 2 },
    ]);
    const [a, b] = elements().map(({ position }) => position);
    expect((b?.[0] ?? 0) - (a?.[0] ?? 0)).toBeCloseTo(2.3);
    expect(a?.[1]).toBe(0.5);
    expect(workspace.selection.ids).toEqual(elements().map(({ id }) => id));
  });

  it('given somebody went on with something else then that stays selected', async () => {
    const { workspace, elements } = seat('online');
    const waiting: (() => void)[] = [];
    const slow: Keep = (file) => new Promise((resolve) => waiting.push(() => void kept(file).then(resolve)));
    await new Uploads(workspace, slow, asImages).add(files('a', 'b'));
    waiting.shift()?.();
    await settled();
    workspace.select(undefined);
    workspace.add('box');
    const [box] = workspace.selection.ids;
    waiting.shift()?.();
    await settled();
    expect(elements()).toHaveLength(3);
    expect(workspace.selection.ids).toEqual([box]);
  });

  it('are two at a time', async () => {
    const { workspace } = seat('online');
    const sent: string[] = [];
    const uploads = new Uploads(workspace, (file) => {
      sent.push(file.name);
      return new Promise(() => undefined);
    }, asImages);
    await uploads.add(files('a', 'b', 'c'));
    expect(sent).toEqual(['a', 'b']);
    expect(uploads.store.getState().uploads.map(({ state }) => state)).toEqual(['uploading', 'uploading', 'waiting']);
  });

  it('given there is no connection then they wait, say so, and go when it is back', async () => {
    const { workspace, become, elements, notices } = seat('offline');
    const uploads = new Uploads(workspace, kept, asImages);
    await uploads.add(files('a'));
    expect(notices()).toMatchObject([{ title: text.upload.waitingTitle, detail: text.upload.waitingDetail }]);
    expect(elements()).toHaveLength(0);
    become('online');
    await settled();
    expect(elements()).toHaveLength(1);
    expect(notices()).toEqual([]);
    expect(uploads.store.getState().uploads).toEqual([]);
  });

  it('given the connection is lost in the middle then the file waits as well', async () => {
    const { workspace, become, elements } = seat('online');
    let fail = (): void => undefined;
    const uploads = new Uploads(workspace, (file) => (workspace.session.state === 'online' && elements().length === 0 && !lost ? new Promise((_, reject) => { fail = () => reject(problem('unreachable', 503)); }) : kept(file)), asImages);
    let lost = false;
    await uploads.add(files('a'));
    lost = true;
    become('offline');
    fail();
    await settled();
    expect(uploads.store.getState().uploads).toMatchObject([{ state: 'waiting' }]);
    become('online');
    await settled();
    expect(elements()).toHaveLength(1);
  });

  it.each([
    ['quota-exceeded', 409, 'quota'],
    ['payload-too-large', 413, 'too-large'],
    ['unsupported-media-type', 415, 'content'],
    ['invalid-content', 422, 'content'],
    ['too-many-requests', 429, 'busy'],
    ['unreachable', 503, 'unreachable'],
    ['internal-error', 500, 'other'],
  ] as const)('given the server answers %s then one is told why, and can try again', async (slug, status, why) => {
    const { workspace, elements, notices } = seat('online');
    let refusals = 1;
    await new Uploads(workspace, (file) => (refusals-- > 0 ? Promise.reject(problem(slug, status)) : kept(file)), asImages).add(files('a'));
    await settled();
    const [notice] = notices();
    expect(notice).toMatchObject({ tone: 'danger', title: text.upload.failed('a'), detail: text.failures[why], action: { label: text.upload.again } });
    notice?.action?.run();
    await settled();
    expect(elements()).toHaveLength(1);
  });

  it('given one cancels then nothing is made of what arrives later', async () => {
    const { workspace, elements, notices } = seat('online');
    let arrive = (): void => undefined;
    const uploads = new Uploads(workspace, (file) => new Promise((resolve) => { arrive = () => void kept(file).then(resolve); }), asImages);
    await uploads.add(files('a'));
    uploads.cancel(uploads.store.getState().uploads[0]?.id ?? '');
    arrive();
    await settled();
    expect(elements()).toHaveLength(0);
    expect(notices()).toHaveLength(0);
  });

  it('given a file is refused then the others are added, and its reason is said', async () => {
    const { workspace, elements, notices } = seat('online');
    const prepare = (file: File): Promise<Preparation> => Promise.resolve(file.name === 'bad' ? { refusal: 'external' } : image(file.name));
    await new Uploads(workspace, kept, prepare).add(files('bad', 'good'));
    await settled();
    expect(elements()).toMatchObject([{ name: 'good' }]);
    expect(notices()).toMatchObject([{ title: text.refused('bad'), detail: text.reasons.external }]);
  });

  it('given very many then only the first ones are added, and that is said', async () => {
    const { workspace, elements, notices } = seat('online');
    await new Uploads(workspace, kept, asImages).add(files(...Array.from({ length: MOST_FILES + 5 }, (_, index) => `f${index}`)));
    await settled();
    expect(elements()).toHaveLength(MOST_FILES);
    expect(notices()).toMatchObject([{ title: text.takes.many(MOST_FILES).title }]);
  });

  it('given another file for an image then it keeps its place; given a model then it is refused', async () => {
    const { workspace, elements, notices } = seat('online');
    const prepare = (file: File): Promise<Preparation> => Promise.resolve(file.name === 'model' ? model('model') : image(file.name));
    const uploads = new Uploads(workspace, kept, prepare);
    await uploads.add(files('a'));
    await settled();
    const [before] = elements();
    await uploads.replace(before?.id ?? '', new File(['x'], 'b'));
    await settled();
    expect(elements()).toMatchObject([{ id: before?.id, name: 'a', asset: 'asset-b', position: before?.position }]);
    await uploads.replace(before?.id ?? '', new File(['x'], 'model'));
    expect(notices()).toMatchObject([{ title: text.refused('model'), detail: text.reasons['not-an-image'] }]);
  });
});
