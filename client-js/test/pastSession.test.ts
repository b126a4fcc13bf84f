import { describe, expect, it, vi } from 'vitest';
import { Document, DocumentDraft } from '../src/document/document.js';
import { pastSession } from '../src/history/pastSession.js';
import { Replay } from '../src/history/replay.js';
import { connect, ProblemError, type Session } from '../src/index.js';
import { committed, created } from './support/frames.js';

/** Somebody at a session that never comes up, and its past of two changes. */
function looking(): { readonly live: Session; readonly past: Session; readonly replay: Replay } {
  const nowhere = { send: () => undefined, close: () => undefined, addEventListener: () => undefined };
  const live = connect({ url: 'http://host', sessionId: 'S', guest: { name: 'Ada', color: '#336699' }, webSocket: () => nowhere, storage: 'memory' });
  const changes = [committed(1, 'c:1', created('a', 'V')), committed(2, 'c:2', { op: 'delete', id: 'a' })];
  const source = { document: () => Promise.resolve(DocumentDraft.of({ revision: 2, document: { elements: [], conflicts: [] } }).finish()), changes: () => Promise.resolve(changes) };
  const replay = new Replay(source, Document.empty(), 2);
  return { live, past: pastSession(live, replay), replay };
}

describe('a session as it was', () => {
  it('has the document of the replay, and tells when that is another one', async () => {
    const { live, past, replay } = looking();
    const seen = vi.fn();
    past.on('document', seen);
    await replay.seek(1);
    expect(past.document).toBe(replay.document);
    expect(past.document.live('a')).toBe(true);
    expect(seen).toHaveBeenCalledTimes(1);
    await replay.seek(2);
    expect(past.document.live('a')).toBe(false);
    live.close();
  });

  it('can be changed by nobody, whatever one may do now', () => {
    const { live, past } = looking();
    expect(() => past.edit([{ op: 'delete', id: 'a' }])).toThrow(ProblemError);
    expect(() => past.undo()).toThrow(ProblemError);
    expect(() => past.beginGesture()).toThrow(ProblemError);
    past.setAwareness({ pointer: { position: [1, 2, 3] } });
    expect(past.canUndo).toBe(false);
    live.edit([{ op: 'create', id: 'b', elementType: 'box', parent: null }]);
    expect(live.document.live('b')).toBe(true);
    expect(past.document.live('b')).toBe(false);
    live.close();
  });

  it('given it is closed then it tells nothing more, and the live session goes on', async () => {
    const { live, past, replay } = looking();
    const seen = vi.fn();
    past.on('document', seen);
    past.on('state', seen);
    past.close();
    await replay.seek(1);
    expect(seen).not.toHaveBeenCalled();
    expect(live.state).not.toBe('closed');
    live.close();
    expect(seen).not.toHaveBeenCalled();
    expect(past.state).toBe('closed');
  });
});
