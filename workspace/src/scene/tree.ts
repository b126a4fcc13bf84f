import type { DocumentView } from '@chorale/client';
import { localMatrix, placementOf, within, type Lookup, type Matrix } from './frames';
import { childElements, isConstraint, liveElements, sceneElement, visibleElements, type SceneElement } from './sceneElement';

/** The live elements of a document by id. */
export function lookupIn(document: DocumentView): Lookup {
  return (id) => {
    const view = document.live(id) ? document.elements.get(id) : undefined;
    return view && sceneElement(view);
  };
}

/** What an element hangs from, the nearest first. */
export function ancestorsOf(document: DocumentView, id: string): readonly string[] {
  const found = new Set<string>();
  let at = document.elements.get(id)?.parent;
  while (typeof at === 'string' && at !== id && !found.has(at)) {
    found.add(at);
    at = document.elements.get(at)?.parent;
  }
  return [...found];
}

/** Those of several that hang from none of the others: what is done to them is done once. */
export function topmost(document: DocumentView, ids: readonly string[]): readonly string[] {
  if (ids.length < 2) return ids;
  const all = new Set(ids);
  return ids.filter((id) => !ancestorsOf(document, id).some((above) => all.has(above)));
}

/** The same ids in the order in which a tree shows them; what is not live falls out. */
export function inTreeOrder(document: DocumentView, ids: readonly string[]): readonly string[] {
  const wanted = new Set(ids);
  return liveElements(document).flatMap(({ id }) => (wanted.has(id) ? [id] : []));
}

/** The deepest element that all of these hang from; null is the top of the scene. */
export function commonParent(document: DocumentView, ids: readonly string[]): string | null {
  const [first, ...others] = ids.map((id) => ancestorsOf(document, id));
  return first?.find((each) => others.every((ancestors) => ancestors.includes(each))) ?? null;
}

/** An element and everything below it, parents before children. */
export function subtree(document: DocumentView, id: string): readonly SceneElement[] {
  const top = lookupIn(document)(id);
  const found: SceneElement[] = [];
  const waiting = top ? [top] : [];
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    found.push(element);
    waiting.push(...[...childElements(document, element.id)].reverse());
  }
  return found;
}

/** What is seen of these: themselves, and in the place of groups what these hold. Each comes once. */
export function bodiesOf(document: DocumentView, ids: readonly string[]): readonly SceneElement[] {
  const found = new Map<string, SceneElement>();
  for (const id of ids) {
    const element = lookupIn(document)(id);
    const bodies = element?.kind === 'group' ? subtree(document, id).filter(({ kind }) => kind !== 'group') : [];
    for (const each of element && element.kind !== 'group' ? [element] : bodies) found.set(each.id, each);
  }
  return [...found.values()];
}

/** Whether elements may hang from a parent: it has to be there, carry children, and hang from none of them. */
export function canHang(document: DocumentView, ids: readonly string[], parent: string | null): boolean {
  if (parent === null) return true;
  const view = document.live(parent) ? document.elements.get(parent) : undefined;
  if (view === undefined || isConstraint(view)) return false;
  const above = new Set([parent, ...ancestorsOf(document, parent)]);
  return !ids.some((id) => above.has(id));
}

/** The nearest group around an element. */
export function groupAround(document: DocumentView, id: string): string | undefined {
  return ancestorsOf(document, id).find((each) => document.elements.get(each)?.elementType === 'group');
}

const standing = new WeakMap<DocumentView, readonly SceneElement[]>();

/** What the scene shows, each placed as it is in the world; without groups, of which nothing is seen. */
export function standingElements(document: DocumentView): readonly SceneElement[] {
  const known = standing.get(document);
  if (known) return known;
  const elements = inWorld(document, visibleElements(document).filter(({ kind }) => kind !== 'group'));
  standing.set(document, elements);
  return elements;
}

/** The same elements, placed as they are in the world. */
export function inWorld(document: DocumentView, elements: readonly SceneElement[]): readonly SceneElement[] {
  const worlds = new WorldMatrices(lookupIn(document));
  return elements.map((element) => (element.parent === null ? element : { ...element, ...placementOf(worlds.of(element.id)) }));
}

/** World matrices of many elements: what several hang from is computed once. */
export class WorldMatrices {
  private readonly known = new Map<string, Matrix>();

  constructor(private readonly lookup: Lookup) {}

  of(id: string): Matrix {
    const known = this.known.get(id);
    if (known) return known;
    const passed: SceneElement[] = [];
    const seen = new Set<string>();
    let at: string | null = id;
    while (at !== null && !this.known.has(at) && !seen.has(at)) {
      const element = this.lookup(at);
      if (element === undefined) break;
      seen.add(at);
      passed.push(element);
      at = element.parent;
    }
    let world = at === null ? undefined : this.known.get(at);
    for (const element of passed.reverse()) {
      world = world ? within(world, localMatrix(element)) : localMatrix(element);
      this.known.set(element.id, world);
    }
    return world ?? [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  }
}
