import type { DocumentView, ElementView } from '@chorale/client';
import { isHexColor } from '../app/colors';

export type Vector = readonly [number, number, number];

export const SHAPES = ['box', 'sphere', 'cylinder', 'cone'] as const;
export const CREATABLE = [...SHAPES, 'label'] as const;
/** Everything that the workspace knows how to draw. */
export const KINDS = [...CREATABLE, 'group', 'light', 'image', 'model'] as const;
export type Shape = (typeof SHAPES)[number];
export type CreatableKind = (typeof CREATABLE)[number];
export type KnownKind = (typeof KINDS)[number];
export type ElementKind = KnownKind | 'unknown';

export const LIGHTS = ['point', 'spot', 'sun'] as const;
export type LightType = (typeof LIGHTS)[number];

/** How the surface of an element takes light. */
export interface MaterialLook {
  /** 0 is a mirror, 1 is chalk. */
  readonly roughness: number;
  readonly metalness: number;
  /** 0.05 is nearly glass, 1 hides what is behind. */
  readonly opacity: number;
}

export interface LightLook {
  readonly type: LightType;
  /** Between 0 and 20. */
  readonly intensity: number;
  /** How far it reaches, in metres. */
  readonly range: number;
}

/** An element as the scene can draw it: whatever others stored, every field here is usable. */
export interface SceneElement {
  readonly id: string;
  readonly kind: ElementKind;
  readonly elementType: string;
  /** The element that this one hangs from; null at the top of the scene. */
  readonly parent: string | null;
  readonly name: string;
  readonly text: string;
  readonly color: string;
  /** Position, rotation (Euler angles XYZ in radians) and scale are those inside of the parent. */
  readonly position: Vector;
  readonly rotation: Vector;
  readonly scale: Vector;
  readonly material: MaterialLook;
  /** The same for all elements of the same colour and material. */
  readonly materialKey: string;
  /** The file kept with the session that an image or a model shows. */
  readonly asset: string | undefined;
  /** Width by height of an image. */
  readonly aspect: number;
  /** Only lights have it. */
  readonly light: LightLook | undefined;
  /** Kept out of the picture, but in the list; so is everything that hangs from it. */
  readonly hidden: boolean;
}

export const DEFAULT_COLOR = '#9aa19d';
const ORIGIN: Vector = [0, 0, 0];
const ONE: Vector = [1, 1, 1];
const FARTHEST = 1000;
const SMALLEST = 0.01;
const LARGEST = 200;
const ASSET = /^[A-Za-z0-9_-]{1,64}$/;

const decoded = new WeakMap<ElementView, SceneElement>();

/** The same object for the same view, so that components can compare by identity. */
export function sceneElement(view: ElementView): SceneElement {
  const known = decoded.get(view);
  if (known) return known;
  const element = decode(view);
  decoded.set(view, element);
  return element;
}

type Stored = Pick<ElementView, 'id' | 'elementType' | 'props'> & Partial<Pick<ElementView, 'parent'>>;

/** Reads whatever is stored or comes from elsewhere. */
export function decode({ id, elementType, parent = null, props }: Stored): SceneElement {
  const kind = kindOf(elementType);
  const color = isHexColor(props['color']) ? props['color'].toLowerCase() : DEFAULT_COLOR;
  const material = {
    roughness: numberOr(props['roughness'], 0.52, 0, 1),
    metalness: numberOr(props['metalness'], 0, 0, 1),
    opacity: numberOr(props['opacity'], 1, 0.05, 1),
  };
  return {
    id,
    kind,
    elementType,
    parent,
    name: textOr(props['name'], '', 120),
    text: textOr(props['text'], '', 400),
    color,
    position: vectorOr(props['position'], ORIGIN, place),
    rotation: vectorOr(props['rotation'], ORIGIN, turn),
    scale: vectorOr(props['scale'], ONE, stretch),
    material,
    materialKey: materialKey(color, material),
    asset: assetOf(props['asset']),
    aspect: numberOr(props['aspect'], 1, 0.05, 20),
    light: kind === 'light' ? lightOf(props) : undefined,
    hidden: props['hidden'] === true,
  };
}

/** What surfaces that look the same have in common. */
export function materialKey(color: string, { roughness, metalness, opacity }: MaterialLook): string {
  return `${color} ${roughness} ${metalness} ${opacity}`;
}

export function kindOf(elementType: string): ElementKind {
  return KINDS.find((kind) => kind === elementType) ?? 'unknown';
}

function assetOf(value: unknown): string | undefined {
  return typeof value === 'string' && ASSET.test(value) ? value : undefined;
}

function lightOf(props: Stored['props']): LightLook {
  return {
    type: LIGHTS.find((type) => type === props['light']) ?? 'point',
    intensity: numberOr(props['intensity'], 3, 0, 20),
    range: numberOr(props['range'], 12, 0.5, 100),
  };
}

function textOr(value: unknown, fallback: string, length: number): string {
  return typeof value === 'string' ? value.slice(0, length).trim() : fallback;
}

function numberOr(value: unknown, fallback: number, least: number, most: number): number {
  return isFiniteNumber(value) ? Math.min(most, Math.max(least, value)) : fallback;
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

/** Whether an element says something about others and has no place of its own in the scene. */
export function isConstraint({ refs }: Pick<ElementView, 'refs'>): boolean {
  return refs.length > 0;
}

interface Content {
  readonly elements: readonly SceneElement[];
  readonly constraints: readonly ElementView[];
}

const NOTHING: Content = { elements: [], constraints: [] };
const listed = new WeakMap<DocumentView, Content>();
const drawn = new WeakMap<DocumentView, readonly SceneElement[]>();
const members = new WeakMap<readonly ElementView[], Content>();

/** Live elements, parents before children, siblings in order; without constraints. */
export function liveElements(document: DocumentView): readonly SceneElement[] {
  return contentOf(document).elements;
}

/** What says something about others, wherever it hangs. */
export function constraintViews(document: DocumentView): readonly ElementView[] {
  return contentOf(document).constraints;
}

/** What hangs directly from an element, or stands at the top of the scene; the same array for as long as nothing of it changed. */
export function childElements(document: DocumentView, parent: string | null): readonly SceneElement[] {
  return contentBelow(document, parent).elements;
}

function contentBelow(document: DocumentView, parent: string | null): Content {
  const views = document.children(parent);
  if (views.length === 0) return NOTHING;
  const known = members.get(views);
  if (known) return known;
  const constraints = views.filter(isConstraint);
  const elements = (constraints.length === 0 ? views : views.filter((view) => !isConstraint(view))).map(sceneElement);
  const content = { elements, constraints };
  members.set(views, content);
  return content;
}

function contentOf(document: DocumentView): Content {
  const known = listed.get(document);
  if (known) return known;
  const content = gather(document);
  listed.set(document, content);
  return content;
}

function gather(document: DocumentView): Content {
  const found: SceneElement[] = [];
  const top = contentBelow(document, null);
  const constraints: ElementView[] = [...top.constraints];
  const waiting = [...top.elements].reverse();
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    found.push(element);
    const below = contentBelow(document, element.id);
    if (below === NOTHING) continue;
    constraints.push(...below.constraints);
    waiting.push(...[...below.elements].reverse());
  }
  return { elements: found, constraints };
}

/** What the scene draws: neither hidden itself nor by what it hangs from. */
export function visibleElements(document: DocumentView): readonly SceneElement[] {
  const known = drawn.get(document);
  if (known) return known;
  const all = liveElements(document);
  const elements = all.some(({ hidden }) => hidden) ? shown(all) : all;
  drawn.set(document, elements);
  return elements;
}

function shown(all: readonly SceneElement[]): readonly SceneElement[] {
  const unseen = new Set<string>();
  return all.filter(({ id, parent, hidden }) => {
    if (!hidden && (parent === null || !unseen.has(parent))) return true;
    unseen.add(id);
    return false;
  });
}
