import type { DocumentView, JsonObject } from '@chorale/client';
import { isHexColor } from '../app/colors';
import { placementOf } from '../scene/frames';
import { decode, type KnownKind, type SceneElement } from '../scene/sceneElement';
import { inTreeOrder, lookupIn, subtree, topmost, WorldMatrices } from '../scene/tree';
import { readConstraints, type CopiedConstraint } from './copiedConstraints';

/** Says in a clipboard's text whose it is. */
const TYPE = 'chorale/elements';
/** The second one knows what hangs from what. */
const VERSION = 2;
export const MOST_PASTED = 500;
const LONGEST = 2 * 1024 * 1024;

/** An element as it is copied: everything that is seen of it, and nothing of where it came from. */
export type Copied = Pick<SceneElement, 'name' | 'text' | 'color' | 'position' | 'rotation' | 'scale'> & {
  readonly kind: KnownKind;
  /** What else is stored of how it looks: material, file, light; absent where that is nothing. */
  readonly looks?: JsonObject;
  /** The place in the list of what it hangs from, which comes before it; absent where that is nothing: then it is placed in the world. */
  readonly parent?: number;
};

/** Elements that are copied together, and what is to hold between them. */
export interface Copies {
  readonly elements: readonly Copied[];
  readonly constraints: readonly CopiedConstraint[];
}

/** Something that is copied, and what of. */
export interface Original {
  readonly element: SceneElement;
  readonly copied: Copied;
}

/** Why a clipboard's text cannot be pasted. */
export type Unusable = 'foreign' | 'broken' | 'too-many';

export function isCopyable(element: SceneElement): element is SceneElement & { readonly kind: KnownKind } {
  return element.kind !== 'unknown';
}

export function copyOf(element: SceneElement & { readonly kind: KnownKind }): Copied {
  const { kind, name, text, color, position, rotation, scale } = element;
  const looks = looksOf(element);
  return { kind, name, text, color, position, rotation, scale, ...(looks && { looks }) };
}

/** Elements with everything that hangs from them, parents first; what nobody knows how to draw is left out with what it holds. */
export function originalsOf(document: DocumentView, ids: readonly string[]): readonly Original[] {
  const worlds = new WorldMatrices(lookupIn(document));
  const found: Original[] = [];
  for (const top of topmost(document, inTreeOrder(document, ids))) {
    const places = new Map<string, number>();
    for (const element of subtree(document, top)) {
      const parent = element.parent === null ? undefined : places.get(element.parent);
      if (!isCopyable(element) || (element.id !== top && parent === undefined)) continue;
      places.set(element.id, found.length);
      const inWorld = element.id === top && element.parent !== null ? placementOf(worlds.of(top)) : {};
      found.push({ element, copied: { ...copyOf(element), ...inWorld, ...(element.id !== top && parent !== undefined && { parent }) } });
    }
  }
  return found;
}

function looksOf({ kind, elementType, material, asset, aspect, light }: SceneElement): JsonObject | undefined {
  const usual = decode({ id: '', elementType, props: {} });
  const looks: Record<string, number | string> = {};
  for (const property of ['roughness', 'metalness', 'opacity'] as const) {
    if (material[property] !== usual.material[property]) looks[property] = material[property];
  }
  if (asset !== undefined) looks['asset'] = asset;
  if (kind === 'image') looks['aspect'] = aspect;
  if (light) Object.assign(looks, { light: light.type, intensity: light.intensity, range: light.range });
  return Object.keys(looks).length === 0 ? undefined : looks;
}

/** Elements as text for the system's clipboard. */
export function clipboardText({ elements, constraints }: Copies): string {
  return JSON.stringify({ type: TYPE, version: VERSION, elements, ...(constraints.length > 0 && { constraints }) });
}

/** The elements in a clipboard's text, whoever wrote it: what is nonsense in them is replaced, unknown kinds are left out. */
export function fromClipboard(text: string): Copies | Unusable {
  if (!text.slice(0, 200).includes(TYPE)) return 'foreign';
  if (text.length > LONGEST) return 'too-many';
  const { type, version, elements, constraints } = recordOf(parsed(text));
  if (type !== TYPE || (version !== 1 && version !== VERSION) || !Array.isArray(elements)) return 'broken';
  if (elements.length > MOST_PASTED) return 'too-many';
  const { found, places } = usable(elements);
  return found.length === 0 ? 'broken' : { elements: found, constraints: readConstraints(constraints, places) };
}

/** What hangs from something unusable is unusable, too. */
function usable(elements: readonly unknown[]): { readonly found: readonly Copied[]; readonly places: ReadonlyMap<number, number> } {
  const found: Copied[] = [];
  const places = new Map<number, number>();
  elements.forEach((value, index) => {
    const copied = read(value);
    const { parent } = recordOf(value);
    const above = typeof parent === 'number' ? places.get(parent) : undefined;
    if (copied === undefined || (parent !== undefined && above === undefined)) return;
    places.set(index, found.length);
    found.push(above === undefined ? copied : { ...copied, parent: above });
  });
  return { found, places };
}

function read(value: unknown): Copied | undefined {
  const props = recordOf(value);
  if (typeof props['kind'] !== 'string' || !isHexColor(props['color'])) return undefined;
  const all = { ...recordOf(props['looks']), ...props } as Parameters<typeof decode>[0]['props'];
  const element = decode({ id: '', elementType: props['kind'], props: all });
  return isCopyable(element) ? copyOf(element) : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
