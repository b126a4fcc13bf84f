/// <reference types="vite/client" />
import { describe, expect, it } from 'vitest';
import { fold } from '../../src/document/apply.js';
import { Document } from '../../src/document/document.js';
import { documentForm, documentHash } from '../../src/document/documentForm.js';
import { Frame, type Decision } from '../../src/document/frame.js';
import type { Rules } from '../../src/document/outcome.js';
import { DEFAULT_POLICIES, policiesOf, type Policy } from '../../src/document/policies.js';
import { canonicalForm } from '../../src/protocol/canonicalForm.js';
import { readChange } from '../../src/protocol/checked.js';
import { decodeFrame } from '../../src/protocol/decode.js';
import type { CommittedChange, Limits } from '../../src/protocol/frame.js';
import type { JsonValue } from '../../src/protocol/json.js';
import { DEFAULT_LIMITS } from '../../src/protocol/limits.js';
import type { Inverse } from '../../src/protocol/operation.js';
import { ProblemError, type Problem } from '../../src/protocol/problem.js';

interface Sender {
  readonly userId: string;
  readonly participantId: string;
  readonly at: string;
}

type Step = (
  | { readonly submit: Sender & { readonly changes: readonly { readonly changeId: string }[] } }
  | { readonly undo: Sender & { readonly changeId: string; readonly undone: string } }
) & { readonly results: readonly JsonValue[] };

interface Vector {
  readonly name: string;
  readonly policies?: Readonly<Record<string, Partial<Policy>>>;
  readonly limits?: Partial<Limits>;
  readonly textMemory?: number;
  readonly steps: readonly Step[];
  readonly document: JsonValue;
  readonly hash: string;
}

/** Carries out the vectors of both files, and compares every result with what the server found. */
export function describeHistories(what: string, ...files: readonly string[]): void {
  const vectors = files.flatMap((file) => (JSON.parse(file) as { cases: readonly Vector[] }).cases);

  describe(`${what}: what the server finds as well`, () => {
    it.each(vectors.map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
      const branch = new Branch(vector);
      for (const step of vector.steps) {
        expect(branch.carryOut(step).map(canonicalForm)).toEqual(step.results.map(canonicalForm));
      }
      expect(documentForm(branch.document)).toBe(canonicalForm(vector.document));
      expect(documentHash(branch.document)).toBe(vector.hash);
      expect(documentForm(branch.replica)).toBe(canonicalForm(vector.document));
      expect(documentHash(branch.replica)).toBe(vector.hash);
    });
  });
}

/** A branch as the server keeps it, and a replica that gets no more than what travels. */
class Branch {
  document: Document;
  replica = Document.empty();
  readonly #rules: Rules;
  readonly #committed = new Map<string, { readonly change: CommittedChange; readonly inverse: readonly Inverse[] }>();

  constructor({ policies, limits, textMemory }: Vector) {
    this.document = Document.empty(textMemory === undefined ? {} : { textMemory });
    this.#rules = {
      limits: { ...DEFAULT_LIMITS, ...limits },
      policies: policies ? policiesOf(policies) : DEFAULT_POLICIES,
    };
  }

  carryOut(step: Step): readonly JsonValue[] {
    if ('undo' in step) return [this.#undo(step.undo)];
    const { submit } = step;
    const frame = this.#frame(submit);
    const results: JsonValue[] = [];
    for (const change of submit.changes) {
      const result = this.#submit(frame, change, submit);
      results.push(result);
      if ('problem' in result) break;
    }
    return results;
  }

  #submit(frame: Frame, json: unknown, by: Sender): Result {
    try {
      const change = readChange(json);
      const known = this.#committed.get(change.changeId);
      if (known) {
        frame.skip(change);
        return { duplicate: known.change.revision };
      }
      return this.#result(frame, () => frame.decide(change), change.changeId, by, 'edit');
    } catch (malformed) {
      if (malformed instanceof ProblemError) return { problem: slugOf(malformed.problem) };
      throw malformed;
    }
  }

  #undo({ changeId, undone, ...by }: Sender & { readonly changeId: string; readonly undone: string }): Result {
    const known = this.#committed.get(changeId);
    if (known) return { duplicate: known.change.revision };
    const target = this.#committed.get(undone);
    if (!target) return { problem: 'unknown-change' };
    const frame = this.#frame(by);
    const kind = target.change.kind === 'undo' ? 'redo' : 'undo';
    return this.#result(frame, () => frame.undo(changeId, target.inverse), changeId, by, kind);
  }

  #frame({ userId, at }: Sender): Frame {
    return new Frame(this.document, userId, at, this.#rules);
  }

  #result(frame: Frame, decide: () => Decision, changeId: string, by: Sender, kind: string): Result {
    const before = frame.document;
    const decision = decide();
    if (decision.status === 'refused') {
      expect(frame.document).toBe(before);
      return { problem: slugOf(decision.problem) };
    }
    const { revision, operations, notes, inverse } = decision;
    const { userId, participantId, at } = by;
    this.#fold({ revision, changeId, userId, participantId, at, kind, operations, notes }, inverse);
    const tidied = frame.tidy(decision);
    if (tidied) this.#fold(tidied, []);
    this.document = frame.document;
    expect(documentForm(this.replica)).toBe(documentForm(this.document));
    const system = tidied && { system: tidied.operations };
    return { ...(JSON.parse(JSON.stringify({ revision, operations, notes, inverse, ...system })) as Result) };
  }

  /** Lets the replica read the change as it travels. */
  #fold(change: CommittedChange, inverse: readonly Inverse[]): void {
    const frame = decodeFrame(JSON.stringify({ type: 'changes', changes: [change] }));
    if (frame?.type !== 'changes') throw new Error('expected changes');
    const draft = this.replica.draft();
    for (const each of frame.changes) {
      expect(canonical(each)).toBe(canonical(change));
      expect(canonical(fold(draft, each))).toBe(canonical(inverse));
    }
    this.replica = draft.finish();
    this.#committed.set(change.changeId, { change, inverse });
  }
}

type Result = Readonly<Record<string, JsonValue>>;

function slugOf({ type }: Problem): string {
  return type.replace('urn:chorale:problem:', '');
}

function canonical(value: unknown): string {
  return canonicalForm(JSON.parse(JSON.stringify(value)) as JsonValue);
}
