import type { DocumentView, ElementView } from '@chorale/client';
import { isHexColor } from '../app/colors';

export type Vector = readonly [number, number, number];

export const SHAPES = ['box', 'sphere', 'cylinder', 'cone'] as const;
export const CREATABLE = [...SHAPES, 'label'] as const;
export type Shape = (typeof SHAPES)[number];
export type CreatableKind = (typeof CREATABLE)[number];
export type ElementKind = CreatableKind | 'unknown';

/** An element as the scene can draw it: whatever others stored, every field here is usable. */
export interface SceneElement {
  readonly id: string;
  readonly kind: ElementKind;
  readonly elementType: string;
  readonly name: string;
  readonly text: string;
  readonly color: string;
  readonly position: Vector;
  readonly rotation: Vector;
  readonly scale: Vector;
  /** Kept out of the picture, but in the list. */
  readonly hidden: boolean;
}

export const DEFAULT_COLOR = '#9aa19d';
const ORIGIN: Vector = [0, 0, 0];
const ONE: Vector = [1, 1, 1];
const FARTHEST = 1000;
const SMALLEST = 0.01;
const LARGEST = 200;

const decoded = new WeakMap<ElementView, SceneElement>();

/** The same object for the same view, so that components can compare by identity. */
export function sceneElement(view: ElementView): SceneElement {
  const known = decoded.get(view);
  if (known) return known;
  const element = decode(view);
  decoded.set(view, element);
  return element;
}

/** Reads whatever is stored or comes from elsewhere. */
export function decode({ id, elementType, props }: Pick<ElementView, 'id' | 'elementType' | 'props'>): SceneElement {
  return {
    id,
    kind: kindOf(elementType),
    elementType,
    name: textOr(props['name'], '', 120),
    text: textOr(props['text'], '', 400),
    color: isHexColor(props['color']) ? props['color'].toLowerCase() : DEFAULT_COLOR,
    position: vectorOr(props['position'], ORIGIN, place),
    rotation: vectorOr(props['rotation'], ORIGIN, turn),
    scale: vectorOr(props['scale'], ONE, stretch),
    hidden: props['hidden'] === true,
  };
}

export function kindOf(elementType: string): ElementKind {
  return CREATABLE.find((kind) => kind === elementType) ?? 'unknown';
}

function textOr(value: unknown, fallback: string, length: number): string {
  return typeof value === 'string' ? value.slice(0, length).trim() : fallback;
}

/** Three finite numbers, or undefined: also for what arrives as awareness. */
export function vectorOf(value: unknown): Vector | undefined {
  if (!Array.isArray(value) || value.length !== 3) return undefined;
  const [x, y, z] = value as readonly unknown[];
  return isFiniteNumber(x) && isFiniteNumber(y) && isFiniteNumber(z) ? [x, y, z] : undefined;
}

function vectorOr(value: unknown, fallback: Vector, within: (component: number) => number): Vector {
  const vector = vectorOf(value);
  return vector ? [within(vector[0]), within(vector[1]), within(vector[2])] : fallback;
}

const isFiniteNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

export const place = (component: number) => Math.min(FARTHEST, Math.max(-FARTHEST, component));
export const stretch = (component: number) => Math.min(LARGEST, Math.max(SMALLEST, Math.abs(component)));
const turn = (component: number) => component % (Math.PI * 2);

const listed = new WeakMap<DocumentView, readonly SceneElement[]>();
const drawn = new WeakMap<DocumentView, readonly SceneElement[]>();

/** Live elements, parents before children, siblings in order. */
export function liveElements(document: DocumentView): readonly SceneElement[] {
  const known = listed.get(document);
  if (known) return known;
  const elements = list(document);
  listed.set(document, elements);
  return elements;
}

function list(document: DocumentView): readonly SceneElement[] {
  const found: SceneElement[] = [];
  const waiting = [...document.children(null)].reverse();
  for (let view = waiting.pop(); view !== undefined; view = waiting.pop()) {
    found.push(sceneElement(view));
    waiting.push(...[...document.children(view.id)].reverse());
  }
  return found;
}

/** What the scene draws. */
export function visibleElements(document: DocumentView): readonly SceneElement[] {
  const known = drawn.get(document);
  if (known) return known;
  const all = liveElements(document);
  const elements = all.some(({ hidden }) => hidden) ? all.filter(({ hidden }) => !hidden) : all;
  drawn.set(document, elements);
  return elements;
}
