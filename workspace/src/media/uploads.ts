import type { Operation } from '@chorale/client';
import { uploadAsset, type AssetDetails } from '@chorale/client/assets';
import { callerFor } from '../account/caller';
import { createStore } from 'zustand/vanilla';
import { randomId } from '../app/ids';
import { messages } from '../app/messages';
import type { Workspace } from '../session/workspace';
import { freeSpot } from '../scene/placement';
import { liveElements } from '../scene/sceneElement';
import { inARow, standing, type Spot } from './insertion';
import { mediaMessages as text } from './messages';
import { prepared, type PreparedFile } from './preparedFile';
import { sceneLinkOf } from './sceneLink';
import { uploadFailure } from './uploadFailure';

/** A file on its way into the session. */
export interface Upload {
  readonly id: string;
  readonly file: PreparedFile;
  /** Where on the ground it will stand. */
  readonly spot: Spot;
  readonly state: 'waiting' | 'uploading';
  /** The element that gets the file; a new one where absent. */
  readonly replaces?: string;
}

/** Files that came together: they are selected together when they are there. */
type Batch = string[];

/** Keeps a file with the session. */
export type Keep = (file: PreparedFile) => Promise<AssetDetails>;

const AT_ONCE = 2;
export const MOST_FILES = 20;
/** What the notice that files wait is about. */
const OFFLINE = 'uploads offline';

/** Files on their way: two at a time, and none without a connection; what waits is kept for as long as the page is open. */
export class Uploads {
  readonly store = createStore<{ readonly uploads: readonly Upload[] }>(() => ({ uploads: [] }));
  private readonly batches = new Map<string, Batch>();

  constructor(
    private readonly workspace: Workspace,
    private readonly keep: Keep = keepIn(workspace),
    private readonly prepare: typeof prepared = prepared,
  ) {
    workspace.session.on('state', () => this.proceed());
  }

  /** Adds what was dropped at a place of the window, or chosen; says why where a file cannot be added. */
  async add(files: readonly File[], at?: { readonly x: number; readonly y: number }): Promise<void> {
    if (files.length > MOST_FILES) this.workspace.notify({ tone: 'neutral', about: 'files', ...text.takes.many(MOST_FILES) });
    const ready: PreparedFile[] = [];
    for (const file of files.slice(0, MOST_FILES)) {
      const preparation = await this.look(file);
      if (preparation) ready.push(preparation);
    }
    const spots = inARow(this.middle(at, ready), ready.map(({ width }) => width));
    const batch: Batch = [];
    const uploads = ready.flatMap((file, index): Upload[] => {
      const spot = spots[index];
      return spot ? [{ id: randomId(), file, spot, state: 'waiting' }] : [];
    });
    for (const { id } of uploads) this.batches.set(id, batch);
    this.enqueue(uploads);
  }

  /** Gives an image or a model another file. */
  async replace(elementId: string, file: File): Promise<void> {
    const ready = await this.look(file);
    const element = this.workspace.element(elementId);
    if (ready === undefined || element === undefined) return;
    if (ready.kind === element.kind) this.enqueue([{ id: randomId(), file: ready, spot: [element.position[0], element.position[2]], state: 'waiting', replaces: elementId }]);
    else this.workspace.notify({ tone: 'danger', title: text.refused(file.name), detail: text.reasons[element.kind === 'image' ? 'not-an-image' : 'broken'] });
  }

  cancel(id: string): void {
    this.batches.delete(id);
    this.store.setState(({ uploads }) => ({ uploads: uploads.filter((upload) => upload.id !== id) }));
  }

  private async look(file: File): Promise<PreparedFile | undefined> {
    const preparation = await this.prepare(file);
    if ('refusal' in preparation) {
      this.workspace.notify({ tone: 'danger', title: text.refused(file.name), detail: text.reasons[preparation.refusal] });
      return undefined;
    }
    const { manyTriangles } = preparation;
    if (manyTriangles !== undefined) this.workspace.notify({ tone: 'neutral', ...text.heavy(manyTriangles) });
    return preparation;
  }

  private middle(at: { readonly x: number; readonly y: number } | undefined, files: readonly PreparedFile[]): Spot {
    const dropped = at && sceneLinkOf(this.workspace)?.groundAt(at.x, at.y);
    if (dropped) return dropped;
    const lookedAt = this.workspace.view?.lookedAt() ?? [0, 0];
    const width = files.reduce((total, file) => total + file.width, 0);
    return freeSpot(lookedAt, Math.min(4, width / 2), liveElements(this.workspace.session.document));
  }

  private enqueue(added: readonly Upload[]): void {
    if (added.length === 0) return;
    this.store.setState(({ uploads }) => ({ uploads: [...uploads, ...added] }));
    if (this.workspace.session.state !== 'online') {
      this.workspace.notify({ tone: 'neutral', about: OFFLINE, title: text.upload.waitingTitle, detail: text.upload.waitingDetail });
    }
    this.proceed();
  }

  private proceed(): void {
    const { uploads } = this.store.getState();
    if (this.workspace.session.state !== 'online') return;
    this.workspace.withdraw(OFFLINE);
    const room = AT_ONCE - uploads.filter(({ state }) => state === 'uploading').length;
    const next = uploads.filter(({ state }) => state === 'waiting').slice(0, Math.max(0, room));
    for (const upload of next) void this.send(upload);
  }

  private async send(upload: Upload): Promise<void> {
    this.mark(upload.id, 'uploading');
    try {
      const { assetId } = await this.keep(upload.file);
      // Whoever cancelled it meanwhile does not want it any more.
      if (this.isWanted(upload.id)) this.finish(upload, assetId);
    } catch (failure) {
      if (this.isWanted(upload.id)) this.fail(upload, failure);
    }
    this.proceed();
  }

  private isWanted(id: string): boolean {
    return this.store.getState().uploads.some((upload) => upload.id === id);
  }

  private mark(id: string, state: Upload['state']): void {
    this.store.setState(({ uploads }) => ({ uploads: uploads.map((upload) => (upload.id === id ? { ...upload, state } : upload)) }));
  }

  private finish(upload: Upload, asset: string): void {
    const batch = this.batches.get(upload.id) ?? [];
    this.cancel(upload.id);
    if (upload.replaces !== undefined) {
      this.give(upload.replaces, upload.file, asset);
      return;
    }
    const { workspace } = this;
    const selectable = workspace.selection.ids.every((id) => batch.includes(id));
    const id = randomId();
    if (workspace.editTogether([creation(id, upload, asset)]).length === 0) return;
    batch.push(id);
    // Somebody who went on with something else meanwhile keeps that in the hand.
    if (selectable || batch.length === 1) workspace.selection.set(batch);
  }

  private give(id: string, { aspect }: PreparedFile, asset: string): void {
    const [editable] = this.workspace.locks.editable([id]);
    if (editable === undefined) return;
    const operations: Operation[] = [{ op: 'set', id, path: ['asset'], value: asset }];
    if (aspect !== undefined) operations.push({ op: 'set', id, path: ['aspect'], value: aspect });
    this.workspace.editTogether(operations);
  }

  private fail(upload: Upload, failure: unknown): void {
    const why = uploadFailure(failure);
    const { session } = this.workspace;
    if (why === 'unreachable' && session.state !== 'online' && session.state !== 'closed') {
      this.mark(upload.id, 'waiting');
      return;
    }
    const batch = this.batches.get(upload.id);
    this.cancel(upload.id);
    const again = () => {
      if (batch) this.batches.set(upload.id, batch);
      this.enqueue([{ ...upload, state: 'waiting' }]);
    };
    this.workspace.notify({
      tone: 'danger',
      title: text.upload.failed(upload.file.name),
      detail: text.failures[why],
      ...(why !== 'closed' && { action: { label: text.upload.again, run: again } }),
    });
  }
}

function creation(id: string, { file, spot }: Upload, asset: string): Operation {
  const { kind, scale, aspect } = file;
  const name = file.name || messages.kinds[kind];
  const props = { name, position: [...standing(spot, scale)], rotation: [0, 0, 0], scale: [...scale], asset, ...(aspect !== undefined && { aspect }) };
  return { op: 'create', id, elementType: kind, parent: null, props };
}

function keepIn({ session }: Workspace): Keep {
  return async ({ name, mediaType, data }) => uploadAsset(window.location.origin, session.sessionId, await callerFor(session.sessionId), { name, mediaType, data });
}

const known = new WeakMap<Workspace, Uploads>();

/** The uploads of somebody's seat. */
export function uploadsOf(workspace: Workspace): Uploads {
  const uploads = known.get(workspace) ?? new Uploads(workspace);
  known.set(workspace, uploads);
  return uploads;
}
