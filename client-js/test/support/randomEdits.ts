import type { DocumentView, Operation } from '../../src/index.js';
import type { Random } from './random.js';

const SNIPPETS = ['a', 'bc', 'hello ', '😀', '\n', 'x😀y'];

/** Edits of few elements, so that they meet. */
export function randomOperations(view: DocumentView, random: Random): Operation[] {
  return Array.from({ length: random.pick([1, 1, 1, 2, 3]) }, () => operation(view, random));
}

function operation(view: DocumentView, random: Random): Operation {
  const known = [...view.elements.keys()];
  // Few ids, so that clients create the same one.
  if (known.length === 0 || random.chance(0.1)) {
    const [parent, after] = [place(known, random), place(known, random)];
    const refs = known.length > 0 && random.chance(0.2) ? [random.pick(known)] : [];
    const props = { x: random.below(100), at: [0, 0, 0], box: { a: 1 } };
    const id = `e${random.below(40)}`;
    const texts = random.chance(0.5) ? { t: 'start' } : {};
    return { op: 'create', id, elementType: 'box', parent, props, texts, refs, ...(random.chance(0.5) && { after }) };
  }
  // Most edits meet.
  const id = random.pick(random.chance(0.7) ? known.slice(0, 3) : known);
  switch (random.below(18)) {
    case 0:
      return { op: 'set', id, path: ['x'], value: random.pick([1, 2, 'text', null]) };
    case 1:
      return { op: 'set', id, path: ['at', random.below(4)], value: random.below(10) };
    case 2:
      return { op: 'set', id, path: ['box', random.pick(['a', 'b'])], value: random.below(10) };
    case 3:
      return { op: 'add', id, path: ['x'], delta: random.below(10) / 10 };
    case 4:
      return { op: 'add', id, path: ['at'], delta: [1, 2, 3] };
    case 5:
      return { op: 'move', id, parent: place(known, random), after: place(known, random) };
    case 6:
      return random.chance(0.5) ? { op: 'delete', id } : { op: 'unset', id, path: ['x'] };
    case 7:
      return { op: 'restore', id };
    case 8:
      return { op: 'set', id, path: [random.chance(0.3) ? 'poison' : 'y'], value: random.below(100) };
    case 9:
      return { op: 'append', id, list: 'l', items: [{ id: `i${random.below(1e6)}`, value: random.below(9) }] };
    case 10:
      return item(view, id, random) ?? { op: 'restore', id };
    case 11:
      return { op: 'member', id, set: 's', member: random.pick(['m', 'n']), on: random.chance(0.5) };
    case 12:
      return resolve(view, random) ?? { op: 'delete', id };
    default:
      return text(view, id, random);
  }
}

function text(view: DocumentView, id: string, random: Random): Operation {
  const text = Array.from(view.elements.get(id)?.texts['t'] ?? '');
  const at = random.below(text.length + 1);
  const before = text.slice(0, at).join('').length;
  const taken = text.slice(at, at + random.below(4)).join('').length;
  const put = taken > 0 && random.chance(0.4) ? [] : [random.pick(SNIPPETS)];
  const edit = [before, ...put, -taken].filter((step) => step !== 0);
  return { op: 'text', id, name: 't', edit };
}

function item(view: DocumentView, id: string, random: Random): Operation | undefined {
  const items = view.elements.get(id)?.lists['l'];
  return items && { op: 'item', id, list: 'l', item: random.pick(items).id, retracted: random.chance(0.6) };
}

function resolve(view: DocumentView, random: Random): Operation | undefined {
  const open = [...view.conflicts.values()].filter(({ status }) => status === 'OPEN');
  if (open.length === 0) return undefined;
  const choice = random.pick(['MINE', 'THEIRS', 'LAST_WRITE_WINS', 'MERGE', 'REJECT'] as const);
  return { op: 'resolve', conflict: random.pick(open).id, choice };
}

function place(known: readonly string[], random: Random): string | null {
  return known.length === 0 || random.chance(0.3) ? null : random.pick(known);
}
