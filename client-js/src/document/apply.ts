import { assertNever } from '../protocol/assertNever.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../protocol/json.js';
import type { EffectiveOperation, ElementId, Path } from '../protocol/operation.js';
import type { DocumentDraft, ElementView } from './document.js';

/**
 * Folds an operation into the document. Nothing is decided here: what has no place to go, as only a prediction
 * can have, does nothing.
 */
export function apply(draft: DocumentDraft, operation: EffectiveOperation): void {
  switch (operation.op) {
    case 'create':
      if (draft.get(operation.id)) return;
      draft.put({
        id: operation.id,
        elementType: operation.elementType,
        parent: operation.parent,
        order: operation.order,
        deleted: false,
        refs: operation.refs ?? [],
        props: operation.props ?? {},
        texts: operation.texts ?? {},
      });
      return;
    case 'set':
      updateProps(draft, operation.id, (props) => withValue(props, operation.path, operation.value));
      return;
    case 'unset':
      updateProps(draft, operation.id, (props) => withoutValue(props, operation.path));
      return;
    case 'add':
      updateProps(draft, operation.id, (props) => {
        const sum = plus(valueAt(props, operation.path), operation.delta);
        return sum === undefined ? props : withValue(props, operation.path, sum);
      });
      return;
    case 'move':
      update(draft, operation.id, { parent: operation.parent, order: operation.order });
      return;
    case 'delete':
      update(draft, operation.id, { deleted: true });
      return;
    case 'restore':
      update(draft, operation.id, { deleted: false });
      return;
    default:
      assertNever(operation);
  }
}

function update(draft: DocumentDraft, id: ElementId, fields: Partial<ElementView>): void {
  const element = draft.get(id);
  if (element) draft.put({ ...element, ...fields });
}

function updateProps(draft: DocumentDraft, id: ElementId, change: (props: JsonObject) => JsonObject): void {
  const element = draft.get(id);
  if (!element) return;
  const props = change(element.props);
  if (props !== element.props) draft.put({ ...element, props });
}

function own(values: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}

function valueAt(props: JsonObject, [property, component]: Path): JsonValue | undefined {
  const whole = own(props, property);
  switch (typeof component) {
    case 'undefined':
      return whole;
    case 'number':
      return isJsonArray(whole) ? whole[component] : undefined;
    case 'string':
      return isJsonObject(whole) ? own(whole, component) : undefined;
  }
}

function withValue(props: JsonObject, [property, component]: Path, value: JsonValue): JsonObject {
  const whole = own(props, property);
  switch (typeof component) {
    case 'undefined':
      return { ...props, [property]: value };
    case 'number':
      return isJsonArray(whole) && component < whole.length
        ? { ...props, [property]: whole.with(component, value) }
        : props;
    case 'string':
      return isJsonObject(whole) ? { ...props, [property]: { ...whole, [component]: value } } : props;
  }
}

function withoutValue(props: JsonObject, [property, component]: Path): JsonObject {
  const whole = own(props, property);
  switch (typeof component) {
    case 'undefined':
      return without(props, property);
    case 'number':
      return props;
    case 'string':
      return isJsonObject(whole) ? { ...props, [property]: without(whole, component) } : props;
  }
}

function without(values: JsonObject, key: string): JsonObject {
  const { [key]: _removed, ...rest } = values;
  return rest;
}

/** Numbers to numbers, vectors to vectors of the same length; undefined for anything else (OPS-4). */
function plus(value: JsonValue | undefined, delta: number | readonly number[]): JsonValue | undefined {
  if (typeof delta === 'number') return typeof value === 'number' ? finite(value + delta) : undefined;
  if (!isJsonArray(value) || value.length !== delta.length) return undefined;
  const sum: number[] = [];
  for (const [index, item] of value.entries()) {
    const total = typeof item === 'number' ? finite(item + (delta[index] ?? 0)) : undefined;
    if (total === undefined) return undefined;
    sum.push(total);
  }
  return sum;
}

function finite(sum: number): number | undefined {
  if (!Number.isFinite(sum)) return undefined;
  return sum === 0 ? 0 : sum;
}
