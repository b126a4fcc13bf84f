/// <reference types="vite/client" />
import { describe, expect, it } from 'vitest';
import histories from '../../../protocol-vectors/merge-histories.json?raw';
import { Document } from '../../src/document/document.js';
import { documentHash } from '../../src/document/documentForm.js';
import { Frame } from '../../src/document/frame.js';
import { merge, type MergeResolution } from '../../src/merge/merge.js';
import { readChange } from '../../src/protocol/checked.js';
import { ProblemError } from '../../src/protocol/problem.js';

interface Point {
  readonly branch: string;
  readonly revision: number;
}

type Step = { readonly revision: number; readonly hash: string } & (
  | { readonly step: 'edit'; readonly branch: string; readonly changes: readonly unknown[] }
  | { readonly step: 'fork'; readonly branch: string; readonly from: string }
  | {
      readonly step: 'merge';
      readonly source: string;
      readonly target: string;
      readonly choices: readonly MergeResolution[];
      readonly base: Point;
      readonly asked: number;
    }
);

interface History {
  readonly name: string;
  readonly steps: readonly Step[];
}

const { cases } = JSON.parse(histories) as { readonly cases: readonly History[] };

describe('histories of branches and merges: what the server finds as well', () => {
  it.each(cases.map((history) => [history.name, history] as const))('%s', (_, { steps }) => {
    const branches = new Branches();
    for (const step of steps) {
      const written = branches.play(step);
      expect(branches.head(written)).toMatchObject({ revision: step.revision });
      expect(documentHash(branches.head(written))).toBe(step.hash);
    }
  });
});

class Branches {
  /** Each branch's document at each of its revisions, those before its fork included. */
  readonly #lines = new Map<string, Document[]>([['main', [Document.empty()]]]);

  head(branch: string): Document {
    const line = this.#line(branch);
    return this.#at({ branch, revision: line.length - 1 });
  }

  /** Returns the branch that the step wrote to. */
  play(step: Step): string {
    switch (step.step) {
      case 'fork':
        this.#lines.set(step.branch, [...this.#line(step.from)]);
        return step.branch;
      case 'edit':
        for (const operations of step.changes) this.#commit(step.branch, operations, 'edit');
        return step.branch;
      case 'merge': {
        const sides = [this.#at(step.base), this.head(step.target), this.head(step.source)] as const;
        expect(merge(...sides).conflicts).toHaveLength(step.asked);
        const { operations, conflicts } = merge(...sides, step.choices);
        expect(conflicts).toEqual([]);
        if (operations.length > 0) this.#commit(step.target, operations, 'merge');
        return step.target;
      }
    }
  }

  #commit(branch: string, operations: unknown, kind: 'edit' | 'merge'): void {
    const document = this.head(branch);
    const { revision } = document;
    const change = { changeId: `c:${revision}`, baseRevision: revision, seenRevision: revision, operations };
    const frame = new Frame(document, 'u', '2026-01-01T00:00:00Z');
    const decision = frame.decide(readChange(change), kind);
    if (decision.status === 'refused') throw new ProblemError(decision.problem);
    this.#line(branch).push(frame.document);
  }

  #at({ branch, revision }: Point): Document {
    const document = this.#line(branch)[revision];
    if (!document) throw new Error(`no revision ${branch}@${revision}`);
    return document;
  }

  #line(branch: string): Document[] {
    const line = this.#lines.get(branch);
    if (!line) throw new Error(`no branch ${branch}`);
    return line;
  }
}
