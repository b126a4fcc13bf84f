import { describe, expect, it } from 'vitest';
import { ProblemError } from '../src/index.js';
import type { SubmittedChange } from '../src/protocol/frame.js';
import type { JsonValue } from '../src/protocol/json.js';
import type { Operation, TextOperation } from '../src/protocol/operation.js';
import { problem } from '../src/protocol/problem.js';
import { DEFAULT_LIMITS } from '../src/protocol/limits.js';
import type { TextEdit } from '../src/text/textEdit.js';
import * as syncing from '../src/sync/sync.js';
import type { Effect, Step, Sync } from '../src/sync/sync.js';
import { committed, create, created, element, set, welcome, welcomeWith } from './support/frames.js';

const REFUSAL = problem('invalid-value', 'No', 400);

function textEdit(id: string, edit: TextEdit): TextOperation {
  return { op: 'text', id, name: 't', edit };
}

/** A client at work: feeds the state machine and keeps what came out of it. */
class Client {
  sync: Sync = syncing.start('me');
  effects: readonly Effect[] = [];

  static online(...elements: Parameters<typeof element>[]): Client {
    const client = new Client();
    client.take(syncing.onWelcome(client.sync, welcomeWith(10, ...elements.map((each) => element(...each)))));
    return client;
  }

  take(step: Step): void {
    this.sync = step.sync;
    this.effects = step.effects;
  }

  edit(...operations: Operation[]): string {
    return this.#made(syncing.edit(this.sync, operations));
  }

  goOn(gesture: string, ...operations: Operation[]): string {
    return this.#made(syncing.edit(this.sync, operations, { gesture }));
  }

  undo(changeId: string): string {
    return this.#made(syncing.undo(this.sync, changeId));
  }

  #made({ changeId, ...step }: Step & { readonly changeId: string }): string {
    this.take(step);
    return changeId;
  }

  accepted(changeId: string, revision: number): void {
    this.take(syncing.onAccepted(this.sync, { type: 'accepted', changeId, revision, notes: [] }));
  }

  refused(changeId: string, why = REFUSAL): void {
    this.take(syncing.onRefused(this.sync, { type: 'refused', changeId, problem: why }));
  }

  changes(...changes: ReturnType<typeof committed>[]): void {
    this.take(syncing.onChanges(this.sync, changes));
  }

  disconnect(): void {
    this.sync = syncing.onDisconnect(this.sync);
    this.effects = [];
  }

  resume(head: number): void {
    this.take(syncing.onWelcome(this.sync, welcome({ resumedFrom: this.sync.confirmed.revision }, head)));
  }

  x(id: string): unknown {
    return this.sync.view.elements.get(id)?.props['x'];
  }

  text(id: string): unknown {
    return this.sync.view.elements.get(id)?.texts['t'];
  }

  submitted(): readonly SubmittedChange[] {
    return this.effects.flatMap((effect) =>
      effect.type === 'send' && effect.frame.type === 'submit' ? effect.frame.changes : [],
    );
  }

  submittedIds(): string[] {
    return this.submitted().map((change) => change.changeId);
  }

  resyncs(): number[] {
    return this.effects.flatMap((effect) =>
      effect.type === 'send' && effect.frame.type === 'resync' ? [effect.frame.revision] : [],
    );
  }
}

describe('editing', () => {
  it('an edit is visible and sent at once; those behind it wait for the answer', () => {
    const client = Client.online(['e', 'a0']);
    expect(client.edit(set('e', 'x', 1))).toBe('me:1');
    expect(client.submittedIds()).toEqual(['me:1']);
    client.edit(set('e', 'y', 2));
    expect(client.submittedIds()).toEqual([]);
    expect(client.sync.pending.status).toBe('awaiting-ack-with-queue');
    expect(client.sync.view.elements.get('e')?.props).toEqual({ x: 1, y: 2 });
    expect(client.sync.confirmed.elements.get('e')?.props).toEqual({});
  });

  it('[SUB-8] the queue goes out when nothing of the frame is left', () => {
    const client = Client.online(['e', 'a0']);
    client.edit(set('e', 'x', 1));
    client.edit(set('e', 'y', 2));
    client.edit(set('e', 'z', 3));
    client.accepted('me:1', 11);
    expect(client.submittedIds()).toEqual([]);
    client.changes(committed(11, 'me:1', set('e', 'x', 1)));
    expect(client.submittedIds()).toEqual(['me:2', 'me:3']);
    client.changes(committed(12, 'me:2', set('e', 'y', 2)), committed(13, 'me:3', set('e', 'z', 3)));
    expect(client.sync.pending.status).toBe('synchronized');
    expect(client.sync.view).toBe(client.sync.confirmed);
  });

  it('[SUB-3] base is the revision when framed, seen the one when the edit was made', () => {
    const client = Client.online(['e', 'a0']);
    client.edit(set('e', 'x', 1));
    client.edit(set('e', 'y', 2));
    client.changes(committed(11, 'other:1', set('e', 'z', 1)));
    client.changes(committed(12, 'me:1', set('e', 'x', 1)));
    expect(client.submitted()).toMatchObject([{ changeId: 'me:2', seenRevision: 10, baseRevision: 12 }]);
  });

  it('[CHG-2] own edits stay on top of what others do meanwhile', () => {
    const client = Client.online(['e', 'a0', { props: { x: 0 } }]);
    client.edit(set('e', 'x', 1));
    client.changes(committed(11, 'other:1', set('e', 'x', 2), set('e', 'y', 3)));
    expect(client.sync.view.elements.get('e')?.props).toEqual({ x: 1, y: 3 });
    expect(client.sync.confirmed.elements.get('e')?.props).toEqual({ x: 2, y: 3 });
    client.changes(committed(12, 'me:1', set('e', 'x', 1)));
    expect(client.sync.view.elements.get('e')?.props).toEqual({ x: 1, y: 3 });
  });

  it('an element keeps its identity when its prediction comes true', () => {
    const client = Client.online();
    client.edit(create('e', { props: { v: [1, 2] } }));
    const predicted = client.sync.view.elements.get('e');
    client.changes(committed(11, 'me:1', created('e', 'a0', { v: [1, 2] })));
    expect(client.sync.view.elements.get('e')).toBe(predicted);
    client.changes(committed(12, 'other:1', { op: 'move', id: 'e', parent: null, order: 'a5' }));
    expect(client.sync.view.elements.get('e')).not.toBe(predicted);
    expect(client.sync.view.elements.get('e')?.props).toBe(predicted?.props);
  });

  it('an element that a change no longer touches keeps its identity while others are pending', () => {
    const client = Client.online(['e', 'a0'], ['f', 'a1']);
    client.edit(set('e', 'x', 1));
    client.edit(set('f', 'y', 1));
    client.changes(committed(11, 'me:1', set('e', 'x', 1), set('e', 'z', 1)));
    const settled = client.sync.view.elements.get('e');
    client.changes(committed(12, 'me:2', set('f', 'y', 1)));
    expect(client.sync.view.elements.get('e')).toBe(settled);
    expect(client.sync.view.children(null)[0]).toBe(settled);
  });

  it('[DOC-6] the predicted place is replaced by the one that the server assigned', () => {
    const client = Client.online(['a', 'a0'], ['b', 'a1']);
    client.edit(create('new', { after: 'a' }));
    expect(client.sync.view.children(null).map((each) => each.id)).toEqual(['a', 'new', 'b']);
    client.changes(committed(11, 'other:1', created('theirs', 'a0V')), committed(12, 'me:1', created('new', 'a0G')));
    expect(client.sync.view.children(null).map((each) => each.id)).toEqual(['a', 'new', 'theirs', 'b']);
  });

  it('what the caller does to its objects afterwards changes nothing', () => {
    const client = Client.online(['e', 'a0']);
    const position = [1, 2, 3];
    client.edit(set('e', 'x', position));
    position[0] = 99;
    expect(client.x('e')).toEqual([1, 2, 3]);
    expect(client.submitted()[0]?.operations).toEqual([set('e', 'x', [1, 2, 3])]);
  });
});

describe('gestures', () => {
  it('[CLI-7] the steps of a drag that wait become one change with the last value and the oldest seen revision', () => {
    const client = Client.online(['e', 'a0']);
    client.edit({ ...set('e', 'x', 0), previous: -1 });
    for (let i = 1; i <= 60; i++) {
      expect(client.goOn('drag', { ...set('e', 'x', i), previous: i - 1 })).toBe('me:2');
      if (i === 30) client.changes(committed(11, 'other:1', set('e', 'y', 1)));
    }
    expect(client.x('e')).toBe(60);
    client.changes(committed(12, 'me:1', set('e', 'x', 0)));
    expect(client.submitted()).toEqual([
      { changeId: 'me:2', baseRevision: 12, seenRevision: 10, operations: [{ ...set('e', 'x', 60), previous: 0 }] },
    ]);
  });

  it('[CLI-7] what continues nothing of the gesture is a change of its own', () => {
    const client = Client.online(['e', 'a0', { props: { x: 0 } }]);
    client.edit(set('e', 'x', 1));
    client.edit(set('e', 'x', 2));
    client.goOn('drag', set('e', 'x', 3));
    client.goOn('other', set('e', 'x', 4));
    client.goOn('other', { op: 'set', id: 'e', path: ['x', 0], value: 5 });
    client.goOn('other', { op: 'delete', id: 'e' });
    client.changes(committed(11, 'me:1', set('e', 'x', 1)));
    expect(client.submittedIds()).toEqual(['me:2', 'me:3', 'me:4', 'me:5', 'me:6']);
  });

  it('[CLI-7] a change does not grow beyond what the server takes', () => {
    const client = Client.online(['e', 'a0']);
    client.edit(set('e', 'x', 1));
    const limits = { ...DEFAULT_LIMITS, changeBytes: 1000 };
    client.sync = { ...client.sync, limits };
    for (let i = 0; i < 4; i++) client.goOn('typing', textEdit('e', ['x'.repeat(300)]));
    client.changes(committed(11, 'me:1', set('e', 'x', 1)));
    expect(client.submitted().map(({ operations }) => JSON.stringify(operations).length)).toEqual([647, 647]);
  });

  it('[CLI-7] an element that a drag does not touch keeps its identity, pending itself or not', () => {
    const client = Client.online(['e', 'a0'], ['f', 'a1']);
    client.edit(set('e', 'x', 1));
    client.goOn('drag', set('f', 'x', 1));
    const { elements } = client.sync.view;
    client.goOn('drag', set('f', 'x', 2));
    expect(client.sync.view.elements.get('e')).toBe(elements.get('e'));
    expect(client.x('f')).toBe(2);
  });
});

describe('texts', () => {
  it('[CLI-3] what is pending moves with what others write; what goes out stands on what is confirmed', () => {
    const client = Client.online(['e', 'a0', { texts: { t: 'hello' } }]);
    client.edit(textEdit('e', [5, '1']));
    client.edit(textEdit('e', [6, '2']));
    client.changes(committed(11, 'other:1', textEdit('e', ['> '])));
    expect(client.text('e')).toBe('> hello12');
    client.changes(committed(12, 'me:1', textEdit('e', [7, '1'])));
    expect(client.submitted()).toEqual([
      { changeId: 'me:2', baseRevision: 12, seenRevision: 10, operations: [textEdit('e', [8, '2'])] },
    ]);
  });

  it('[CLI-4] what stood on a refused edit is placed anew', () => {
    const client = Client.online(['e', 'a0', { texts: { t: 'hello' } }]);
    client.edit(textEdit('e', ['first ']));
    client.edit(textEdit('e', [6, 'second ']));
    client.refused('me:1');
    expect(client.submitted()[0]?.operations).toEqual([textEdit('e', ['second '])]);
    expect(client.text('e')).toBe('second hello');
  });
});

describe('undo', () => {
  const undone = { ...set('e', 'x', 0), origin: 10 };

  it('[CLI-8] of what is pending itself is predicted, and spares what was written over it', () => {
    const client = Client.online(['e', 'a0', { texts: { t: 'hello' } }]);
    client.edit(set('e', 'x', 1), textEdit('e', [5, ' world']));
    client.edit(set('e', 'x', 2), textEdit('e', [5, ',']));
    client.undo('me:1');
    expect([client.x('e'), client.text('e')]).toEqual([2, 'hello,']);
    client.undo('me:2');
    expect([client.x('e'), client.text('e')]).toEqual([1, 'hello']);
  });

  it('[CLI-8] goes alone; its answer sends what follows', () => {
    const client = Client.online(['e', 'a0']);
    client.changes(committed(11, 'o:1', set('e', 'x', 0)));
    client.edit(set('e', 'x', 1));
    client.changes(committed(12, 'me:1', set('e', 'x', 1)));
    expect(client.undo('me:1')).toBe('me:2');
    expect(client.effects).toEqual([{ type: 'send', frame: { type: 'undo', changeId: 'me:1', undoId: 'me:2' } }]);
    client.edit(set('e', 'y', 1));
    expect([client.x('e'), client.submittedIds()]).toEqual([0, []]);
    client.changes(committed(13, 'me:2', undone));
    expect([client.x('e'), client.submittedIds()]).toEqual([0, ['me:3']]);
  });

  it("[CLI-8] others' changes are not one's own to undo, nor are refused ones", () => {
    const client = Client.online(['e', 'a0']);
    client.changes(committed(11, 'o:1', set('e', 'x', 0)));
    client.edit(set('e', 'x', 1));
    client.refused('me:1');
    for (const id of ['o:1', 'me:1', 'me:7']) {
      expect(syncing.canUndo(client.sync, id)).toBe(false);
      expect(() => client.undo(id)).toThrow(ProblemError);
    }
  });

  it('[CLI-8] of so many own changes the way back is remembered', () => {
    const client = Client.online(['e', 'a0']);
    for (let i = 1; i <= 1100; i++) {
      client.edit(set('e', 'x', i));
      client.changes(committed(10 + i, `me:${i}`, set('e', 'x', i)));
    }
    expect([syncing.canUndo(client.sync, 'me:100'), syncing.canUndo(client.sync, 'me:101')]).toEqual([false, true]);
  });

  it('[CLI-8] a server that knows no undo refuses it by an error, and holds up nothing', () => {
    const client = Client.online(['e', 'a0']);
    client.edit(set('e', 'x', 1));
    client.changes(committed(11, 'me:1', set('e', 'x', 1)));
    client.take(syncing.onUnknownType(client.sync, REFUSAL));
    expect(client.effects).toEqual([]);
    client.undo('me:1');
    client.edit(set('e', 'y', 1));
    client.take(syncing.onUnknownType(client.sync, REFUSAL));
    expect(client.effects[0]).toMatchObject({ type: 'refused', changeId: 'me:2' });
    expect([client.x('e'), client.submittedIds()]).toEqual([1, ['me:3']]);
  });

  it('[CLI-8] an element keeps its identity when its undo comes true', () => {
    const client = Client.online(['e', 'a0'], ['f', 'a1']);
    client.changes(committed(11, 'o:1', set('e', 'x', [0])));
    client.edit(set('e', 'x', [1]));
    client.changes(committed(12, 'me:1', set('e', 'x', [1])));
    client.undo('me:1');
    const { elements } = client.sync.view;
    client.edit(set('f', 'y', 1));
    client.changes(committed(13, 'me:2', { ...set('e', 'x', [0]), origin: 11 }));
    expect(client.sync.view.elements.get('e')).toBe(elements.get('e'));
    expect(client.sync.view.children(null)[0]).toBe(elements.get('e'));
  });
});

describe('answers', () => {
  it('[SUB-5] a refusal in the middle of a frame drops that change and sends what followed it again', () => {
    const client = Client.online(['e', 'a0']);
    client.edit(set('e', 'a', 1));
    for (const property of ['b', 'c', 'd', 'e']) client.edit(set('e', property, 1));
    client.changes(committed(11, 'me:1', set('e', 'a', 1)));
    const framed = client.submitted();
    expect(framed.map((change) => change.changeId)).toEqual(['me:2', 'me:3', 'me:4', 'me:5']);

    client.accepted('me:2', 12);
    client.refused('me:3');
    expect(client.effects).toMatchObject([
      { type: 'refused', changeId: 'me:3', problem: REFUSAL, operations: [set('e', 'c', 1)] },
    ]);
    expect(client.sync.view.elements.get('e')?.props).toEqual({ a: 1, b: 1, d: 1, e: 1 });

    client.changes(committed(12, 'me:2', set('e', 'b', 1)));
    expect(client.submitted()).toEqual(framed.slice(2).map((change) => ({ ...change, baseRevision: 12 })));
  });

  it('[SUB-5] a refusal of the first change sends the rest at once', () => {
    const client = Client.online(['e', 'a0']);
    client.edit(set('e', 'x', 1));
    client.edit(set('e', 'y', 1));
    client.refused('me:1');
    expect(client.submittedIds()).toEqual(['me:2']);
    expect(client.sync.view.elements.get('e')?.props).toEqual({ y: 1 });
  });

  it.each(['storage-unavailable', 'too-many-requests'])('[SUB-9] [LIM-4] a change refused for now (%s) is kept and sent again with the same id', (slug) => {
    const client = Client.online(['e', 'a0']);
    client.edit(set('e', 'x', 1));
    client.refused('me:1', problem(slug, 'Later', 503));
    expect(client.effects.map((effect) => effect.type)).toEqual(['held']);
    client.edit(set('e', 'y', 1));
    expect([client.submittedIds(), client.x('e')]).toEqual([[], 1]);
    client.take(syncing.release(client.sync));
    expect(client.submittedIds()).toEqual(['me:1', 'me:2']);
  });

  it('[CHG-3] accepted resolves a change, folding it ends its being pending', () => {
    const client = Client.online(['e', 'a0']);
    client.edit(set('e', 'x', 1));
    client.accepted('me:1', 11);
    expect(client.effects).toEqual([{ type: 'accepted', changeId: 'me:1', revision: 11, notes: [] }]);
    expect(client.sync.pending.status).toBe('awaiting-ack');
    client.changes(committed(11, 'me:1', set('e', 'x', 1)));
    expect(client.effects.map((effect) => effect.type)).toEqual(['changes']);
    expect(client.sync.pending.status).toBe('synchronized');
  });

  it('[SUB-2] a duplicate accepted for what a snapshot already contained ends its being pending', () => {
    const client = Client.online(['e', 'a0', { props: { x: 1 } }]);
    client.edit({ op: 'add', id: 'e', path: ['x'], delta: 1 });
    client.disconnect();
    client.take(syncing.onWelcome(client.sync, welcomeWith(50, element('e', 'a0', { props: { x: 2 } }))));
    expect(client.submittedIds()).toEqual(['me:1']);
    client.accepted('me:1', 11);
    expect([client.x('e'), client.sync.pending.status]).toEqual([2, 'synchronized']);
  });

  it('answers to nothing that is in flight are ignored', () => {
    const client = Client.online(['e', 'a0']);
    const before = client.sync;
    client.accepted('me:9', 11);
    client.refused('other:1');
    expect(client.sync).toBe(before);
  });
});

describe('order', () => {
  it('[CHG-5] revisions that are known are ignored', () => {
    const client = Client.online(['e', 'a0']);
    client.changes(committed(11, 'o:1', set('e', 'x', 1)), committed(12, 'o:2', set('e', 'x', 2)));
    const before = client.sync;
    client.changes(committed(11, 'o:1', set('e', 'x', 1)), committed(12, 'o:2', set('e', 'x', 2)));
    expect(client.sync).toBe(before);
    client.changes(committed(12, 'o:2', set('e', 'x', 2)), committed(13, 'o:3', set('e', 'x', 3)));
    expect([client.sync.confirmed.revision, client.x('e')]).toEqual([13, 3]);
  });

  it('[CHG-5] at a gap the client asks once for what is missing, and folds nothing behind it', () => {
    const client = Client.online(['e', 'a0']);
    client.changes(committed(12, 'o:2', set('e', 'x', 2)));
    expect(client.resyncs()).toEqual([10]);
    client.changes(committed(13, 'o:3', set('e', 'x', 3)));
    expect([client.resyncs(), client.x('e')]).toEqual([[], undefined]);
    client.changes(
      committed(11, 'o:1'),
      committed(12, 'o:2', set('e', 'x', 2)),
      committed(13, 'o:3', set('e', 'x', 3)),
    );
    expect([client.sync.confirmed.revision, client.x('e')]).toEqual([13, 3]);
    client.changes(committed(15, 'o:5'));
    expect(client.resyncs()).toEqual([13]);
  });

  it('[RES-3] a resync may be answered by a snapshot', () => {
    const client = Client.online(['e', 'a0'], ['old', 'a1']);
    client.edit(set('e', 'mine', 1));
    client.changes(committed(99, 'o:2', set('e', 'x', 2)));
    client.take(
      syncing.onSnapshot(client.sync, {
        revision: 99,
        document: { elements: [element('e', 'a0', { props: { x: 2 } })], conflicts: [] },
      }),
    );
    expect(client.sync.view.elements.get('e')?.props).toEqual({ x: 2, mine: 1 });
    expect(client.sync.view.children(null).map((each) => each.id)).toEqual(['e']);
    client.changes(committed(100, 'me:1', set('e', 'mine', 1)));
    expect(client.sync.pending.status).toBe('synchronized');
  });

  it('[CON-5] whoever is still behind the head of a heartbeat ago asks for what is missing', () => {
    const client = Client.online(['e', 'a0']);
    client.take(syncing.onHead(client.sync, 12));
    expect(client.resyncs()).toEqual([]);
    client.take(syncing.onHead(client.sync, 12));
    expect(client.resyncs()).toEqual([10]);
    client.changes(committed(11, 'o:1'), committed(12, 'o:2'));
    client.take(syncing.onHead(client.sync, 12));
    expect(client.resyncs()).toEqual([]);
  });
});

describe('resuming', () => {
  it('[RES-4] nothing is sent before the missed changes are folded, and nothing that they contained', () => {
    const client = Client.online(['e', 'a0']);
    client.edit(set('e', 'a', 1));
    for (const property of ['b', 'c']) client.edit(set('e', property, 1));
    client.changes(committed(11, 'me:1', set('e', 'a', 1)));
    const framed = client.submitted();
    client.disconnect();
    client.edit(set('e', 'd', 1));

    client.resume(13);
    expect(client.submittedIds()).toEqual([]);
    client.changes(committed(12, 'o:1', set('e', 'z', 1)));
    expect(client.submittedIds()).toEqual([]);
    client.changes(committed(13, 'me:2', set('e', 'b', 1)));
    expect(client.submitted()).toMatchObject([
      { ...framed[1], baseRevision: 13 },
      { changeId: 'me:4', baseRevision: 13, seenRevision: 11 },
    ]);
    expect(client.effects[0]).toEqual({ type: 'accepted', changeId: 'me:2', revision: 13, notes: [] });
  });

  it('[RES-1] at the head everything unacknowledged goes at once', () => {
    const client = Client.online(['e', 'a0']);
    client.edit(set('e', 'x', 1));
    const framed = client.submitted();
    client.disconnect();
    client.resume(10);
    expect(client.submitted()).toEqual(framed);
  });

  it('[RES-2] with a snapshot instead, pending edits are replayed over it and sent', () => {
    const client = Client.online(['e', 'a0', { props: { x: 0 } }]);
    client.edit(set('e', 'x', 1));
    client.accepted('me:1', 11);
    client.disconnect();
    client.edit(set('e', 'y', 2));
    client.take(syncing.onWelcome(client.sync, welcomeWith(80, element('e', 'a0', { props: { x: 5 } }))));
    // The first one was accepted, so the snapshot has it; somebody else wrote over it since.
    expect(client.sync.view.elements.get('e')?.props).toEqual({ x: 5, y: 2 });
    expect(client.submitted()).toMatchObject([{ changeId: 'me:2', baseRevision: 80, seenRevision: 10 }]);
  });

  it('[SUB-3] after a server lost revisions, what was never framed builds on no revision that is gone', () => {
    const client = Client.online(['e', 'a0']);
    client.disconnect();
    client.edit(set('e', 'x', 1));
    client.take(syncing.onWelcome(client.sync, welcomeWith(4, element('e', 'a0'))));
    expect(client.submitted()).toMatchObject([{ baseRevision: 4, seenRevision: 4 }]);
  });

  it('edits before the first welcome are kept and sent after it', () => {
    const client = new Client();
    client.edit(create('mine'));
    expect(client.submittedIds()).toEqual([]);
    client.take(syncing.onWelcome(client.sync, welcomeWith(10, element('e', 'a0'))));
    expect(client.sync.view.children(null).map((each) => each.id)).toEqual(['e', 'mine']);
    expect(client.submitted()).toMatchObject([{ baseRevision: 10, seenRevision: 0 }]);
  });

  it('[HEL-7] a long queue goes in frames that the server takes', () => {
    const client = Client.online(['e', 'a0']);
    client.disconnect();
    for (let i = 0; i < 250; i++) client.edit(set('e', `p${i}`, i));
    client.resume(10);
    expect(client.submitted().length).toBe(100);
    client.disconnect();
    const limits = { ...DEFAULT_LIMITS, frameBytes: 1000 };
    client.take(syncing.onWelcome(client.sync, { ...welcome({ resumedFrom: 10 }, 10), limits }));
    expect(client.submitted().length).toBe(3);
    expect(JSON.stringify(client.submitted()).length).toBeLessThan(1000);
  });
});

describe('snapshots', () => {
  it('[CLI-6] what may be in it goes alone; that it was, ends its being pending', () => {
    const client = Client.online(['e', 'a0', { texts: { t: 'hello' } }]);
    client.edit(textEdit('e', [5, ' one']));
    client.edit(textEdit('e', [9, ' two']));
    client.disconnect();
    client.take(syncing.onWelcome(client.sync, welcomeWith(12, element('e', 'a0', { texts: { t: '>hello one' } }))));
    expect(client.submittedIds()).toEqual(['me:1']);
    client.accepted('me:1', 11);
    expect(client.text('e')).toBe('>hello one two');
    expect(client.submitted()).toMatchObject([{ changeId: 'me:2', operations: [textEdit('e', [10, ' two'])] }]);
  });
});

describe('a stale base', () => {
  it('[CLI-9] what is missing is asked for, and the edit goes again', () => {
    const client = Client.online(['e', 'a0', { texts: { t: 'hello' } }]);
    client.edit(textEdit('e', [5, '!']));
    client.refused('me:1', problem('stale-base', 'Old', 409));
    expect([client.resyncs(), client.effects.length]).toEqual([[10], 1]);
    client.changes(committed(11, 'o:1', textEdit('e', ['>'])));
    expect(client.submitted()).toMatchObject([{ changeId: 'me:1', baseRevision: 11, seenRevision: 10 }]);
  });

  it('[CLI-9] [CON-5] a heartbeat tells that nothing is missing', () => {
    const client = Client.online(['e', 'a0', { texts: { t: 'hello' } }]);
    client.edit(textEdit('e', [5, '!']));
    client.refused('me:1', problem('stale-base', 'Old', 409));
    client.take(syncing.onHead(client.sync, 10));
    expect(client.submittedIds()).toEqual(['me:1']);
  });
});

describe('edits that no server takes', () => {
  const big = 'x'.repeat(70_000);
  const deep = JSON.parse(`${'['.repeat(17)}${']'.repeat(17)}`) as JsonValue;

  it.each<[string, string, unknown[]]>([
    ['SUB-4', 'invalid-change', []],
    ['DOC-1', 'invalid-operation', [create('not an id')]],
    ['DOC-1', 'duplicate-id', [create('e')]],
    ['DOC-1', 'duplicate-id', [create('new'), create('new')]],
    ['DOC-4', 'invalid-value', [set('e', 'x', Number.NaN)]],
    ['DOC-4', 'invalid-value', [set('e', 'x', '\ud800')]],
    ['DOC-4', 'limit-exceeded', [set('e', 'x', big)]],
    ['DOC-4', 'limit-exceeded', [set('e', 'x', deep)]],
    ['DOC-4', 'invalid-value', [{ ...set('e', 'x', 1), value: () => 1 }]],
    ['DOC-5', 'invalid-value', [set('e', '__proto__', 1)]],
    ['DOC-5', 'invalid-value', [set('e', '', 1)]],
    ['DOC-5', 'invalid-value', [{ ...set('e', 'x', 1), value: { constructor: 1 } }]],
    ['DOC-5', 'invalid-operation', [{ ...set('e', 'x', 1), path: ['a', 'b', 'c'] }]],
    ['DOC-7', 'limit-exceeded', Array.from({ length: 1001 }, () => set('e', 'x', 1))],
    ['OPS-4', 'invalid-value', [{ op: 'add', id: 'e', path: ['x'], delta: '1' }]],
    ['OPS-8', 'unknown-element', [set('nobody', 'x', 1)]],
    ['OPS-8', 'unknown-element', [create('new', { parent: 'nobody' })]],
    ['OPS-8', 'unknown-element', [create('new', { refs: ['nobody'] })]],
    ['OPS-8', 'unknown-element', [{ op: 'move', id: 'e', parent: 'nobody' }]],
    ['OPS-11', 'invalid-operation', [textEdit('e', [5, '!'])]],
    ['CON-2', 'invalid-operation', [{ op: 'explode', id: 'e' }]],
  ])('[%s] %s: the edit throws and nothing happened', (_rule, slug, operations) => {
    const client = Client.online(['e', 'a0']);
    const before = client.sync;
    expect(() => client.edit(...(operations as Operation[]))).toThrow(ProblemError);
    try {
      client.edit(...(operations as Operation[]));
    } catch (refusal) {
      expect(refusal).toMatchObject({ problem: { type: `urn:chorale:problem:${slug}` } });
    }
    expect(client.sync).toBe(before);
  });

  it('[OPS-8] a change may edit what it creates', () => {
    const client = Client.online();
    client.edit(create('a'), create('b', { parent: 'a' }), set('b', 'x', 1));
    expect([client.x('b'), client.sync.view.children('a').length]).toEqual([1, 1]);
  });
});
