import { describe, expect, it } from 'vitest';
import { Document, DocumentDraft, type DocumentView } from '../src/document/document.js';
import { documentForm } from '../src/document/documentForm.js';
import { LONGEST_PAUSE_MS, Playback } from '../src/history/playback.js';
import { Replay, type Past } from '../src/history/replay.js';
import type { CommittedChange } from '../src/protocol/frame.js';
import { problem, ProblemError } from '../src/protocol/problem.js';
import { Branch } from './support/branch.js';
import { Random } from './support/random.js';
import { randomOperations } from './support/randomEdits.js';

interface Recorded {
  readonly changes: readonly CommittedChange[];
  /** By revision. */
  readonly documents: readonly Document[];
}

/** What several people did; one change every so many seconds. */
function recorded(revisions: number, seed = 1, seconds = 1): Recorded {
  const branch = new Branch();
  const random = new Random(seed);
  const changes: CommittedChange[] = [];
  const documents = [branch.document];
  while (branch.head < revisions) {
    const userId = random.pick(['ada', 'ben', 'cem']);
    const second = branch.head * seconds;
    const decision = branch.decide(userId, randomOperations(branch.document, random), { second });
    if (decision.status === 'refused') continue;
    const { revision, operations } = decision;
    const at = new Date(second * 1000).toISOString();
    changes.push({ revision, changeId: `${userId}:${revision}`, userId, participantId: 'p', at, kind: 'edit', operations, notes: [] });
    documents.push(branch.document);
  }
  return { changes, documents };
}

/** A history that is read, and what was read of it. */
function pastOf({ changes, documents }: Recorded): Past & { readonly read: string[] } {
  const read: string[] = [];
  return {
    read,
    document(revision) {
      read.push(`document ${revision}`);
      return Promise.resolve(fromServer(documents[revision] ?? Document.empty()));
    },
    changes(from, to) {
      read.push(`changes ${from}-${to}`);
      return Promise.resolve(changes.slice(from - 1, to));
    },
  };
}

/** As it comes over the wire: nothing is known of what was written before. */
function fromServer({ revision, elements, conflicts }: Document): Document {
  const document = { elements: [...elements.values()], conflicts: [...conflicts.values()] };
  return DocumentDraft.of({ revision, document }).finish();
}

function endOf({ documents }: Recorded): Document {
  return documents.at(-1) ?? Document.empty();
}

function requireSame(shown: DocumentView, expected: DocumentView | undefined): void {
  if (!expected) throw new Error('no such revision');
  expect(shown.revision).toBe(expected.revision);
  expect(documentForm(shown)).toBe(documentForm(expected));
  for (const parent of [null, ...expected.elements.keys()]) {
    expect(shown.children(parent).map(({ id }) => id)).toEqual(expected.children(parent).map(({ id }) => id));
    if (parent !== null) expect(shown.live(parent)).toBe(expected.live(parent));
  }
}

describe('a replay', () => {
  const LONG = recorded(1400);

  it.each([11, 12, 13])('shows the document as it was, wherever one goes and from wherever (seed %i)', async (seed) => {
    const random = new Random(seed);
    const replay = new Replay(pastOf(LONG), endOf(LONG));
    requireSame(replay.document, endOf(LONG));
    for (let jump = 0; jump < 60; jump++) {
      const to = random.chance(0.5) ? random.below(1401) : replay.revision + random.below(9) - 4;
      expect(await replay.seek(to)).toBe(true);
      requireSame(replay.document, LONG.documents[Math.min(1400, Math.max(0, to))]);
    }
  });

  it('stays right where something is made and deleted again and again', async () => {
    const branch = new Branch();
    const documents = [branch.document];
    const changes: CommittedChange[] = [];
    const edit = (operation: Parameters<Branch['edit']>[1][number]): void => {
      const { revision, operations } = branch.edit('ada', [operation]);
      changes.push({ revision, changeId: `ada:${revision}`, userId: 'ada', participantId: 'p', at: new Date(0).toISOString(), kind: 'edit', operations, notes: [] });
      documents.push(branch.document);
    };
    edit({ op: 'create', id: 'a', elementType: 'box', parent: null });
    for (let turn = 0; turn < 40; turn++) {
      edit({ op: 'create', id: `b${turn}`, elementType: 'box', parent: 'a' });
      edit({ op: 'delete', id: turn % 2 === 0 ? `b${turn}` : 'a' });
      edit({ op: 'restore', id: turn % 2 === 0 ? `b${turn}` : 'a' });
    }
    const history = { changes, documents };
    const replay = new Replay(pastOf(history), endOf(history));
    for (const to of [66, 64, 67, 65, 1, 3, 2, 121, 64, 70, 68, 69]) {
      await replay.seek(to);
      requireSame(replay.document, documents[to]);
    }
  });

  it('asks the server once for what it shows again', async () => {
    const past = pastOf(LONG);
    const replay = new Replay(past, endOf(LONG));
    await replay.seek(1300);
    expect(past.read).toEqual(['document 1024', 'changes 1025-1400']);
    await replay.seek(1390);
    await replay.seek(1025);
    await replay.step(-1);
    expect(past.read.slice(2)).toEqual(['document 512', 'changes 513-1024']);
    for (let step = 0; step < 300; step++) await replay.step(1);
    expect(past.read).toHaveLength(4);
    expect(replay.isReading).toBe(false);
  });

  it('answers at once where everything is known', async () => {
    const replay = new Replay(pastOf(LONG), endOf(LONG));
    await replay.seek(1300);
    const moved: number[] = [];
    replay.on('document', ({ revision }) => moved.push(revision));
    void replay.seek(1210);
    expect(replay.revision).toBe(1210);
    expect(moved).toEqual([1210]);
    expect(replay.changeAt(1210)).toBe(LONG.changes[1209]);
    expect(replay.changeAt(0)).toBeUndefined();
  });

  it('given a later wish then the late answer is dropped', async () => {
    const replay = new Replay(pastOf(LONG), endOf(LONG));
    const [early, late] = [replay.seek(10), replay.seek(600)];
    expect(await early).toBe(false);
    expect(await late).toBe(true);
    expect(replay.revision).toBe(600);
  });

  it('tells why it could not read, and shows what it showed', async () => {
    const past = pastOf(LONG);
    let down = true;
    const replay = new Replay(
      { ...past, changes: (from, to) => (down ? Promise.reject(new ProblemError(problem('unreachable', 'Away', 503))) : past.changes(from, to)) },
      endOf(LONG),
    );
    await expect(replay.seek(700)).rejects.toThrow(ProblemError);
    expect(replay.revision).toBe(1400);
    expect(replay.isReading).toBe(false);
    down = false;
    expect(await replay.seek(700)).toBe(true);
    const gaps = new Replay({ ...past, changes: () => Promise.resolve(LONG.changes.slice(0, 3)) }, endOf(LONG));
    await expect(gaps.seek(700)).rejects.toThrow(ProblemError);
  });

  it('goes on to what is committed meanwhile', async () => {
    const replay = new Replay(pastOf(LONG), LONG.documents[900] ?? Document.empty());
    await replay.seek(890);
    const heads: number[] = [];
    replay.on('head', (head) => heads.push(head));
    replay.follow(1100);
    replay.follow(1000);
    expect(heads).toEqual([1100]);
    expect(replay.revision).toBe(890);
    for (const to of [899, 901, 1024, 1025, 1100]) {
      await replay.seek(to);
      requireSame(replay.document, LONG.documents[to]);
    }
    await replay.seek(5000);
    expect(replay.revision).toBe(1100);
  });
});

describe('a playback', () => {
  it('shows what happened as fast as one likes, and shortens pauses', async () => {
    const history = recorded(20, 3, 10);
    const replay = new Replay(pastOf(history), endOf(history));
    const playback = new Playback(replay);
    playback.speed = 16;
    await playback.play();
    expect(replay.revision).toBe(0);
    await playback.pass(0);
    await playback.pass(0);
    expect(replay.revision).toBe(1);
    await playback.pass(624);
    expect(replay.revision).toBe(1);
    await playback.pass(2);
    expect(replay.revision).toBe(2);
    await playback.pass(1250);
    expect(replay.revision).toBe(4);
    playback.speed = 1;
    await playback.pass(LONGEST_PAUSE_MS);
    expect(replay.revision).toBe(5);
    playback.pause();
    await playback.pass(60_000);
    expect(replay.revision).toBe(5);
  });

  it('ends at the newest revision, and begins anew from there', async () => {
    const history = recorded(1100, 4);
    const past = pastOf(history);
    const replay = new Replay(past, endOf(history));
    const playback = new Playback(replay);
    playback.speed = 64;
    await replay.seek(500);
    await playback.play();
    for (let frame = 0; playback.isPlaying && frame < 2000; frame++) await playback.pass(16);
    expect(replay.revision).toBe(1100);
    expect(playback.isPlaying).toBe(false);
    requireSame(replay.document, endOf(history));
    expect(past.read).toEqual(['changes 1-512', 'changes 513-1024', 'changes 1025-1100']);
    await playback.play();
    expect(replay.revision).toBe(0);
  });

  it('goes on from where others went on meanwhile', async () => {
    const history = recorded(600, 5);
    const replay = new Replay(pastOf(history), history.documents[512] ?? Document.empty());
    replay.follow(600);
    const playback = new Playback(replay);
    playback.speed = 64;
    await playback.play();
    for (let frame = 0; playback.isPlaying && frame < 2000; frame++) await playback.pass(16);
    expect(replay.revision).toBe(600);
  });
});
