/// <reference types="vite/client" />
import { describe, expect, it } from 'vitest';
import generated from '../../../protocol-vectors/merge-generated.json?raw';
import handWritten from '../../../protocol-vectors/merge.json?raw';
import { Document } from '../../src/document/document.js';
import { documentForm, documentHash } from '../../src/document/documentForm.js';
import { Frame } from '../../src/document/frame.js';
import { diff } from '../../src/merge/diff.js';
import { merge, revert, type MergeResolution, type MergeResult } from '../../src/merge/merge.js';
import { canonicalForm } from '../../src/protocol/canonicalForm.js';
import { readChange } from '../../src/protocol/checked.js';
import type { JsonValue } from '../../src/protocol/json.js';
import { isProblem, ProblemError } from '../../src/protocol/problem.js';

interface Vector {
  readonly name: string;
  readonly setup: readonly unknown[];
  readonly ours: readonly unknown[];
  readonly theirs: readonly unknown[];
  readonly from?: number;
  readonly to?: number;
  readonly revertTo?: number;
  readonly resolutions: readonly MergeResolution[];
  readonly diff: JsonValue;
  readonly operations: JsonValue;
  readonly conflicts: JsonValue;
  readonly merged?: JsonValue;
  readonly hash?: string;
  readonly problem?: string;
}

const vectors = [handWritten, generated].flatMap((file) => (JSON.parse(file) as { cases: readonly Vector[] }).cases);

describe('what a merge comes to: what the server finds as well', () => {
  it.each(vectors.map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
    const { base, ours, theirs } = sidesOf(vector);
    const { problem } = vector;
    if (problem !== undefined) {
      expect(() => merge(base, ours, theirs, vector.resolutions)).toThrow(
        expect.toSatisfy((error) => error instanceof ProblemError && isProblem(error.problem, problem)),
      );
      return;
    }
    const result = resultOf(vector, base, ours, theirs);
    expect(canonical(diff(base, theirs))).toBe(canonicalForm(vector.diff));
    expect(canonical(result.operations)).toBe(canonicalForm(vector.operations));
    expect(canonical(result.conflicts)).toBe(canonicalForm(vector.conflicts));
    expect(vector.merged !== undefined).toBe(result.conflicts.length === 0);
    if (vector.merged === undefined) return;
    const merged = result.operations.length === 0 ? ours : committed(ours, result.operations, 'merge');
    expect(documentForm(merged)).toBe(canonicalForm(vector.merged));
    expect(documentHash(merged)).toBe(vector.hash);
  });
});

function resultOf({ revertTo, resolutions }: Vector, base: Document, ours: Document, theirs: Document): MergeResult {
  return revertTo === undefined
    ? merge(base, ours, theirs, resolutions)
    : { operations: revert(ours, theirs), conflicts: [] };
}

/** The documents whose difference is brought into ours. */
function sidesOf(vector: Vector): { readonly base: Document; readonly ours: Document; readonly theirs: Document } {
  const { from = vector.setup.length, to, revertTo } = vector;
  const line = revisions([...vector.setup, ...vector.ours]);
  const other = revisions([...vector.setup, ...vector.theirs]);
  const ours = at(line, line.length - 1);
  return revertTo === undefined
    ? { base: at(other, from), ours, theirs: at(other, to ?? other.length - 1) }
    : { base: ours, ours, theirs: at(line, revertTo) };
}

/** The document at each revision. */
function revisions(changes: readonly unknown[]): readonly Document[] {
  let document = Document.empty();
  return [document, ...changes.map((operations) => (document = committed(document, operations, 'edit')))];
}

function at(revisions: readonly Document[], revision: number): Document {
  const document = revisions[revision];
  if (!document) throw new Error(`no revision ${revision}`);
  return document;
}

function committed(document: Document, operations: unknown, kind: 'edit' | 'merge'): Document {
  const { revision } = document;
  const change = { changeId: `c:${revision}`, baseRevision: revision, seenRevision: revision, operations };
  const frame = new Frame(document, 'u', '2026-01-01T00:00:00Z');
  const decision = frame.decide(readChange(change), kind);
  if (decision.status === 'refused') throw new ProblemError(decision.problem);
  return frame.document;
}

function canonical(value: unknown): string {
  return canonicalForm(JSON.parse(JSON.stringify(value)) as JsonValue);
}
