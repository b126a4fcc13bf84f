/** Who writes everything here. */
export const GUEST = { name: 'Bench', color: '#336699', secret: 'bench-0123456789abcdef' };

/** REST of one server, which has to succeed. */
export class Calls {
  /** @param {URL} url */
  constructor(url) {
    this.url = url;
  }

  /** @param {string} path */
  async get(path) {
    const answer = await fetch(new URL(`/api/v1${path}`, this.url));
    const text = await answer.text();
    if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${text}`);
    return text;
  }

  /** @param {string} path @param {unknown} body @param {string} [token] */
  async post(path, body, token) {
    const headers = { 'Content-Type': 'application/json', ...(token !== undefined && { Authorization: `Bearer ${token}` }) };
    const answer = await fetch(new URL(`/api/v1${path}`, this.url), { method: 'POST', headers, body: JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${text}`);
    return JSON.parse(text);
  }

  /** A new session with so many boxes: its path. @param {number} elements */
  async session(elements) {
    const { sessionId } = await this.post('/sessions', { name: 'history', kind: 'scene', guest: GUEST });
    const path = `/sessions/${sessionId}`;
    for (let from = 0; from < elements; from += 100) {
      const operations = Array.from({ length: Math.min(100, elements - from) }, (_, index) => ({
        op: 'create',
        id: `e${from + index}`,
        elementType: 'box',
        parent: null,
        props: { position: [from + index, 0, 0], color: '#336699' },
      }));
      await this.post(`${path}/changes`, { guest: GUEST, changes: [{ operations }] });
    }
    return path;
  }
}

/** The middle one, and the longest but the slowest in a hundred. @param {number[]} times */
export function told(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (/** @type {number} */ part) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0).toFixed(1);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms`;
}
