/**
 * A snapshot's document as its one canonical text [DOC-10]: RFC 8785, elements by id. Written apart from the client, so that
 * comparing the two says something.
 *
 * @param {import('./lightClient.mjs').Content} document
 */
export function documentText({ elements, conflicts = [] }) {
  const sorted = [...elements].sort((a, b) => (String(a['id']) < String(b['id']) ? -1 : 1));
  return canonical({ conflicts, elements: sorted });
}

/** @param {unknown} value @returns {string} */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`;
}
