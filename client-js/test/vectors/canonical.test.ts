/// <reference types="vite/client" />
import { describe, expect, it } from 'vitest';
import file from '../../../protocol-vectors/canonical.json?raw';
import { canonicalForm } from '../../src/protocol/canonicalForm.js';
import { MalformedError } from '../../src/protocol/read.js';
import { value } from '../../src/protocol/readOperation.js';

type Vector = { readonly name: string; readonly json: string } & (
  | { readonly canonical: string }
  | { readonly problem: string }
);

const VECTORS = (JSON.parse(file) as { cases: readonly Vector[] }).cases;

describe('the canonical form of values (RFC 8785): what the server finds as well', () => {
  it.each(VECTORS.map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
    const formOrProblem = formOf(vector.json);
    expect(formOrProblem).toEqual('canonical' in vector ? vector.canonical : { problem: vector.problem });
    if ('canonical' in vector) expect(formOf(vector.canonical)).toBe(vector.canonical);
  });
});

function formOf(json: string): string | { readonly problem: string | undefined } {
  try {
    return canonicalForm(value(JSON.parse(json), 'value'));
  } catch (refused) {
    if (refused instanceof MalformedError) return { problem: refused.slug };
    throw refused;
  }
}
