import { isHexColor } from '../app/colors';
import { decode, type CreatableKind, type SceneElement } from '../scene/sceneElement';

/** Says in a clipboard's text whose it is. */
const TYPE = 'chorale/elements';
const VERSION = 1;
export const MOST_PASTED = 500;
const LONGEST = 2 * 1024 * 1024;

/** An element as it is copied: everything that is seen of it, and nothing of where it came from. */
export type Copied = Pick<SceneElement, 'name' | 'text' | 'color' | 'position' | 'rotation' | 'scale'> & { readonly kind: CreatableKind };

/** Why a clipboard's text cannot be pasted. */
export type Unusable = 'foreign' | 'broken' | 'too-many';

export function isCopyable(element: SceneElement): element is SceneElement & { readonly kind: CreatableKind } {
  return element.kind !== 'unknown';
}

export function copyOf({ kind, name, text, color, position, rotation, scale }: SceneElement & { readonly kind: CreatableKind }): Copied {
  return { kind, name, text, color, position, rotation, scale };
}

/** Elements as text for the system's clipboard. */
export function clipboardText(elements: readonly Copied[]): string {
  return JSON.stringify({ type: TYPE, version: VERSION, elements });
}

/** The elements in a clipboard's text, whoever wrote it: what is nonsense in them is replaced, unknown kinds are left out. */
export function fromClipboard(text: string): readonly Copied[] | Unusable {
  if (!text.slice(0, 200).includes(TYPE)) return 'foreign';
  if (text.length > LONGEST) return 'too-many';
  const { type, version, elements } = recordOf(parsed(text));
  if (type !== TYPE || version !== VERSION || !Array.isArray(elements)) return 'broken';
  if (elements.length > MOST_PASTED) return 'too-many';
  const found = elements.map(read).filter((element) => element !== undefined);
  return found.length === 0 ? 'broken' : found;
}

function read(value: unknown): Copied | undefined {
  const props = recordOf(value);
  if (typeof props['kind'] !== 'string' || !isHexColor(props['color'])) return undefined;
  const element = decode({ id: '', elementType: props['kind'], props: props as Parameters<typeof decode>[0]['props'] });
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
