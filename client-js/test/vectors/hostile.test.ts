/// <reference types="vite/client" />
import { describe, expect, it } from 'vitest';
import file from '../../../protocol-vectors/hostile.json?raw';
import { Document } from '../../src/document/document.js';
import { documentForm } from '../../src/document/documentForm.js';
import { Frame } from '../../src/document/frame.js';
import { readChange } from '../../src/protocol/checked.js';
import { ProblemError } from '../../src/protocol/problem.js';

interface Vector {
  readonly name: string;
  /** The operations that set the document up. */
  readonly document: readonly unknown[];
  readonly change: string;
  readonly problem: string;
}

const VECTORS = (JSON.parse(file) as { cases: readonly Vector[] }).cases;

describe('what no sane client sends', () => {
  it.each(VECTORS.map((vector) => [vector.name, vector] as const))(
    '%s: is refused and leaves no trace',
    (_, { document: operations, change, problem }) => {
      const frame = new Frame(Document.empty(), 'u', '2026-01-01T00:00:00Z');
      if (operations.length > 0) {
        const setUp = readChange({ changeId: 'setup:0', baseRevision: 0, seenRevision: 0, operations });
        expect(frame.decide(setUp).status).toBe('accepted');
      }
      const before = frame.document;
      const form = documentForm(before);
      expect(outcome(frame, change)).toBe(`urn:chorale:problem:${problem}`);
      expect(frame.document).toBe(before);
      expect(documentForm(frame.document)).toBe(form);
      expect(Object.keys(Object.prototype)).toEqual([]);
    },
  );
});

/** The problem's type, or what else came of it. */
function outcome(frame: Frame, change: string): string {
  try {
    const decision = frame.decide(readChange(JSON.parse(change)));
    return decision.status === 'refused' ? decision.problem.type : decision.status;
  } catch (malformed) {
    if (malformed instanceof ProblemError) return malformed.problem.type;
    throw malformed;
  }
}
