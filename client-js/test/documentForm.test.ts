import { describe, expect, it } from 'vitest';
import { DocumentDraft } from '../src/document/document.js';
import { documentForm, documentHash } from '../src/document/documentForm.js';
import type { Snapshot } from '../src/protocol/frame.js';
import { Branch } from './support/branch.js';
import { create, element, set } from './support/frames.js';

describe('the canonical form of a document', () => {
  const conflict: Snapshot['document']['conflicts'][number] = {
    id: '3-0',
    element: 'a',
    path: ['x', 'k'],
    candidates: [{ at: '2025-01-01T00:00:00Z', clientId: 'c', revision: 3, userId: 'u', value: null }],
    status: 'OPEN',
  };
  const content = {
    props: { b: 1, a: [0.1, { z: null, y: 'é' }] },
    texts: { t: 'x' },
    lists: { l: [{ id: 'i', value: 1, retracted: true }] },
    sets: { s: { m: true } },
  } as const;
  const elements = [element('b', 'a1', { parent: 'a', deleted: true, refs: ['a'] }), element('a', 'a0', content)];
  const document = DocumentDraft.of({ revision: 3, document: { elements, conflicts: [conflict] } }).finish();
  const texts = [
    '{"elementType":"box","id":"a","lists":{"l":[{"id":"i","retracted":true,"value":1}]},"order":"a0","parent":null,' +
      '"props":{"a":[0.1,{"y":"é","z":null}],"b":1},"sets":{"s":{"m":true}},"texts":{"t":"x"}}',
    '{"deleted":true,"elementType":"box","id":"b","order":"a1","parent":"a","props":{},"refs":["a"]}',
    '{"candidates":[{"at":"2025-01-01T00:00:00Z","clientId":"c","revision":3,"userId":"u","value":null}],' +
      '"element":"a","id":"3-0","path":["x","k"],"status":"OPEN"}',
  ];

  it('[DOC-10] has elements by id and keys by code unit, and leaves out what is empty', () => {
    expect(documentForm(document)).toBe(`{"conflicts":[${texts[2]}],"elements":[${texts[0]},${texts[1]}]}`);
  });

  it('[DOC-10] is told apart by the sum of the SHA-256 of its parts', async () => {
    let sum = 0n;
    for (const each of texts) {
      sum += new DataView(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(each))).getBigUint64(0);
    }
    expect(documentHash(document)).toBe(BigInt.asUintN(64, sum).toString(16).padStart(16, '0'));
  });

  it('[DOC-10] is that of a document that came there another way', () => {
    const [one, other] = [new Branch(), new Branch()];
    one.edit('ann', [create('e'), create('f'), set('e', 'x', 1)]);
    other.edit('bob', [create('e', { props: { x: 2 } })]);
    other.edit('bob', [create('f'), set('e', 'x', 1)]);
    expect(documentHash(other.document)).toBe(documentHash(one.document));
    other.edit('bob', [set('e', 'x', 2)]);
    expect(documentHash(other.document)).not.toBe(documentHash(one.document));
  });
});
