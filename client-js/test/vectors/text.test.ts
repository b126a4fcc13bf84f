/// <reference types="vite/client" />
import { describe, expect, it } from 'vitest';
import generated from '../../../protocol-vectors/text-generated.json?raw';
import handWritten from '../../../protocol-vectors/text.json?raw';
import type { JsonValue } from '../../src/protocol/json.js';
import { ProblemError } from '../../src/protocol/problem.js';
import { diffTexts } from '../../src/text/textDiff.js';
import {
  applyEdit,
  composeEdits,
  invertEdit,
  lengthChange,
  normalized,
  readTextEdit,
  requiredLength,
  transformEdit,
} from '../../src/text/textEdit.js';

type Vector = Readonly<Record<string, JsonValue>>;

// As raw text: Vite itself reads no JSON with lone surrogates.
const VECTORS = [handWritten, generated].flatMap((file) => (JSON.parse(file) as { cases: readonly Vector[] }).cases);

describe('text edits: what the server finds as well', () => {
  it.each(VECTORS.map((vector) => [text(vector, 'name'), vector] as const))('%s', (_, vector) => {
    expect(JSON.stringify(outcomeOrProblem(vector))).toBe(JSON.stringify(vector['expected'] ?? vector['problem']));
  });
});

function outcomeOrProblem(vector: Vector): JsonValue {
  try {
    return outcome(vector);
  } catch (refused) {
    if (refused instanceof ProblemError) return refused.problem.type.replace('urn:chorale:problem:', '');
    throw refused;
  }
}

function outcome(vector: Vector): JsonValue {
  const edit = (name: string) => readTextEdit(vector[name] ?? null);
  switch (vector['kind']) {
    case 'normalize':
      return normalized(edit('steps'));
    case 'measure':
      return { requiredLength: requiredLength(edit('edit')), lengthChange: lengthChange(edit('edit')) };
    case 'apply':
      return applyEdit(text(vector, 'text'), edit('edit'));
    case 'transform':
      return transformEdit(edit('mine'), edit('over'), vector['side'] === 'earlier' ? 'earlier' : 'later');
    case 'converge': {
      const [before, earlier, later] = [text(vector, 'text'), edit('earlier'), edit('later')];
      const converged = applyEdit(applyEdit(before, earlier), transformEdit(later, earlier, 'later'));
      expect(applyEdit(applyEdit(before, later), transformEdit(earlier, later, 'earlier'))).toBe(converged);
      return converged;
    }
    case 'compose':
      return composeEdits(edit('first'), edit('second'));
    case 'invert':
      return invertEdit(edit('edit'), text(vector, 'before'));
    case 'diff':
      return diffTexts(text(vector, 'before'), text(vector, 'after'));
    default:
      throw new Error(`kind of vector: ${JSON.stringify(vector)}`);
  }
}

function text(vector: Vector, name: string): string {
  const value = vector[name];
  if (typeof value !== 'string') throw new Error(`${name}: ${JSON.stringify(value)} (expected: a string)`);
  return value;
}
