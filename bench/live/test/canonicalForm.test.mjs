import { expect, test } from 'vitest';
import { documentText } from '../protocol/canonicalForm.mjs';

test('[DOC-10] a document has one text: elements by id, names by code unit, conflicts in their order', () => {
  const element = { id: 'e1', props: { scale: [1, 1e21, -0], color: '#8899aa', ä: null } };
  const document = { elements: [{ id: 'e2' }, element, { id: 'e10' }], conflicts: [{ id: 'b' }, { id: 'a' }] };
  expect(documentText(document)).toBe(
    '{"conflicts":[{"id":"b"},{"id":"a"}],"elements":[' +
      '{"id":"e1","props":{"color":"#8899aa","scale":[1,1e+21,0],"ä":null}},{"id":"e10"},{"id":"e2"}]}',
  );
  expect(documentText({ elements: [] })).toBe('{"conflicts":[],"elements":[]}');
});
