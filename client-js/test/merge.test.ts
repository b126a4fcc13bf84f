import { describe, expect, it } from 'vitest';
import { Document, DocumentDraft } from '../src/document/document.js';
import { documentForm } from '../src/document/documentForm.js';
import { Frame } from '../src/document/frame.js';
import { diff } from '../src/merge/diff.js';
import { merge, revert, type MergeConflict, type MergeResolution, type MergeResult } from '../src/merge/merge.js';
import type { Inverse, Operation } from '../src/protocol/operation.js';
import { create, set } from './support/frames.js';
import { Random } from './support/random.js';

// What each rule comes to, the vectors tell; here is what holds for all merges.

const move = (id: string, parent: string | null, after?: string | null): Operation => ({
  op: 'move',
  id,
  parent,
  ...(after !== undefined && { after }),
});
const text = (id: string, ...edit: (number | string)[]): Operation => ({ op: 'text', id, name: 't', edit });
const remove = (id: string): Operation => ({ op: 'delete', id });
const group = { parent: 'g', props: { n: 0 }, texts: { t: 'hello' } };

/** Two groups, three elements in the first. */
const SCENE = edited(
  Document.empty(),
  create('g'),
  create('h'),
  create('a', { ...group, props: { n: 0, v: [1, 2, 3] } }),
  create('b', group),
  create('c', group),
);

function frameOf(document: Document): Frame {
  return new Frame(document, 'u', '2026-01-01T00:00:00Z');
}

function committed(
  document: Document,
  operations: readonly Operation[],
  kind: 'edit' | 'merge' | 'revert',
): { readonly document: Document; readonly inverse: readonly Inverse[] } {
  if (operations.length === 0) return { document, inverse: [] };
  const { revision } = document;
  const frame = frameOf(document);
  const change = { changeId: `c:${revision}`, baseRevision: revision, seenRevision: revision, operations };
  const decision = frame.decide(change, kind);
  if (decision.status === 'refused') throw new Error(decision.problem.detail);
  return { document: frame.document, inverse: decision.inverse };
}

function edited(document: Document, ...operations: readonly Operation[]): Document {
  return committed(document, operations, 'edit').document;
}

function chosen({ cell, ours, theirs }: MergeConflict, choice: 'OURS' | 'THEIRS'): MergeResolution {
  return { cell, choice, ...(ours !== undefined && { ours }), ...(theirs !== undefined && { theirs }) };
}

/** Chooses until nothing is open: a choice may lead to another conflict. */
function settled(
  base: Document,
  ours: Document,
  theirs: Document,
  choose: () => 'OURS' | 'THEIRS',
): MergeResult & { readonly resolutions: readonly MergeResolution[] } {
  let resolutions: readonly MergeResolution[] = [];
  for (let round = 0; round < 10; round++) {
    const result = merge(base, ours, theirs, resolutions);
    if (result.conflicts.length === 0) return { ...result, resolutions };
    resolutions = [...resolutions, ...result.conflicts.map((conflict) => chosen(conflict, choose()))];
  }
  throw new Error('there always is another conflict');
}

describe('a diff', () => {
  it('[MRG-15] is empty between equal documents, however they were made', () => {
    const { revision, elements } = SCENE;
    const loaded = DocumentDraft.of({ revision, document: { elements: [...elements.values()], conflicts: [] } });
    const copies = [...elements.values()].map((element) => structuredClone(element));
    const copied = DocumentDraft.of({ revision, document: { elements: copies, conflicts: [] } });
    for (const same of [SCENE, loaded.finish(), copied.finish()]) expect(diff(SCENE, same)).toEqual([]);
  });

  it('[MRG-15] turned round tells the same with before and after exchanged', () => {
    const random = new Random(15);
    const other = randomlyEdited(SCENE, random, 'n', 20);
    const back = diff(other, SCENE).map(({ cell, before, after }) => ({
      cell,
      ...(after !== undefined && { before: after }),
      ...(before !== undefined && { after: before }),
    }));
    expect(back).toEqual(diff(SCENE, other));
  });
});

describe('a merge', () => {
  it('leaves the three documents as they are', () => {
    const ours = edited(SCENE, set('a', 'n', 1), move('b', 'a'));
    const theirs = edited(SCENE, set('a', 'n', 2), create('n', { parent: 'g', after: 'a' }), remove('c'));
    const before = [SCENE, ours, theirs].map(documentForm);
    merge(SCENE, ours, theirs);
    expect([SCENE, ours, theirs].map(documentForm)).toEqual(before);
  });

  it('[MRG-12] is undone like any edit', () => {
    const theirs = edited(SCENE, create('n', { parent: 'g' }), set('a', 'n', 4), remove('b'), text('c', 'x'));
    const { document, inverse } = committed(SCENE, merge(SCENE, SCENE, theirs).operations, 'merge');
    expect(documentForm(document)).toBe(documentForm(theirs));
    const frame = frameOf(document);
    expect(frame.undo('c:undo', inverse).status).toBe('accepted');
    expect(diff(SCENE, frame.document).map(({ cell }) => cell.element)).toEqual(['n', 'n', 'n']);
    expect(frame.document.live('n')).toBe(false);
  });

  it.each([...Array(60).keys()])('[MRG-1] [MRG-13] of one side alone makes both equal: seed %i', (seed) => {
    const random = new Random(seed);
    const base = randomlyEdited(SCENE, random, 'b', 8);
    const theirs = randomlyEdited(base, random, 't', 15);
    const { operations, conflicts } = merge(base, base, theirs);
    expect(conflicts).toEqual([]);
    const merged = committed(base, operations, 'merge').document;
    expect(structure(merged)).toEqual(structure(theirs));
    const reverted = committed(merged, revert(merged, base), 'revert').document;
    expect(live(reverted)).toEqual(live(base));
  });

  it.each([...Array(60).keys()])('[MRG-3] [MRG-4] is accepted once all is chosen: seed %i', (seed) => {
    const random = new Random(seed);
    const base = randomlyEdited(SCENE, random, 'b', 5);
    const ours = randomlyEdited(base, random, 'o', 12);
    const theirs = randomlyEdited(base, random, 't', 12);
    const result = settled(base, ours, theirs, () => random.pick(['OURS', 'THEIRS']));
    const merged = committed(ours, result.operations, 'merge').document;
    expect(merge(base, ours, theirs, result.resolutions)).toEqual({ operations: result.operations, conflicts: [] });
    // Their head is the next base, and from there nothing has changed.
    expect(merge(theirs, merged, theirs)).toEqual({ operations: [], conflicts: [] });
  });
});

// ---- random edits, all of which are accepted

function randomlyEdited(document: Document, random: Random, prefix: string, count: number): Document {
  let edit = document;
  for (let i = 0; i < count; i++) edit = edited(edit, randomEdit(edit, random, `${prefix}${i}`));
  return edit;
}

function randomEdit(document: Document, random: Random, fresh: string): Operation {
  const ids = [...document.elements.keys()].sort();
  const parents = ids.filter((id) => document.elements.get(id)?.refs.length === 0);
  const id = random.pick(ids);
  const parent = random.chance(0.3) ? null : random.pick(parents);
  switch (random.below(10)) {
    case 0:
      return create(fresh, { ...group, parent });
    case 1:
      return create(fresh, { parent, after: null, refs: [random.pick(parents)] });
    case 2:
      return set(id, 'v', [random.below(3), 2, random.below(3)]);
    case 3:
      return text(id, `x${random.below(10)}`);
    case 4:
      return move(id, parent);
    case 5:
      return move(id, parent, random.chance(0.5) ? null : random.pick(ids));
    case 6:
      return remove(id);
    case 7:
      return { op: 'restore', id };
    case 8:
      return { op: 'member', id, set: 's', member: random.pick(['x', 'y']), on: random.chance(0.6) };
    default:
      return set(id, 'n', random.below(5));
  }
}

/** All but order keys, which are each document's own. */
function structure(document: Document): readonly unknown[] {
  const tree = document.draft();
  return [...document.elements.values()]
    .map(({ id, parent, deleted, refs, props, texts, sets }) => {
      return { id, parent, deleted, refs, props, texts, sets: members(sets), siblings: tree.children(parent) };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What people see. */
function live(document: Document): readonly unknown[] {
  return [...document.elements.values()]
    .filter(({ id }) => document.live(id))
    .map(({ id, parent, props, texts, sets }) => {
      const siblings = document.children(parent).map((sibling) => sibling.id);
      return { id, parent, props, texts, sets: members(sets), siblings };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Those that are in: a set that all were taken out of is as one that nobody put any into. */
function members(sets: Readonly<Record<string, Readonly<Record<string, boolean>>>>): readonly string[] {
  const inIt = Object.entries(sets).flatMap(([set, members]) =>
    Object.entries(members).flatMap(([member, on]) => (on ? [`${set} ${member}`] : [])),
  );
  return inIt.sort();
}
