import type { DocumentView, ElementView, JsonValue, Operation, Path } from '@chorale/client';
import { isHexColor } from '../app/colors';
import { language } from '../app/language';
import { messages } from '../app/messages';
import { constraintOf } from '../constraints/constraint';
import { constraintMessages } from '../constraints/messages';
import { parameterName, PARAMETERS } from '../parameters/parameterSet';
import { isConstraint, kindOf, sceneElement, type SceneElement } from '../scene/sceneElement';

const AXES = ['X', 'Y', 'Z'] as const;
const LONGEST_VALUE = 60;
const DEGREES = 180 / Math.PI;

/** What people call an element: a label by what it says, everything else by its name or its kind. */
export function nameOf({ kind, name, text }: Pick<SceneElement, 'kind' | 'name' | 'text'>): string {
  return (kind === 'label' && text) || name || messages.kinds[kind];
}

/** As {@link nameOf}, for whatever a document holds or held. */
export function elementName(document: DocumentView, id: string): string {
  const view = document.elements.get(id);
  if (view === undefined) return messages.kinds.unknown;
  if (isConstraint(view)) return constraintName(view);
  return view.elementType === PARAMETERS ? messages.parameters.element : nameOf(sceneElement(view));
}

function constraintName(view: ElementView): string {
  const { kind, name } = constraintOf(view);
  return name || (kind === 'unknown' ? messages.kinds.unknown : constraintMessages.kinds[kind]);
}

/** What people call a register: "colour of Box 1", or the parameter's name alone. */
export function registerName(document: DocumentView, id: string, path: Path): string {
  const [property] = path;
  if (document.elements.get(id)?.elementType === PARAMETERS) return parameterName(property);
  return messages.register.of(propertyName(path), elementName(document, id));
}

function propertyName([property, component]: Path): string {
  const name = messages.register.names[property] ?? property;
  if (component === undefined) return name;
  return messages.register.axis(name, typeof component === 'number' ? (AXES[component] ?? String(component)) : component);
}

/** A value as people read it: angles in degrees, numbers to a thousandth. */
export function valueText(value: JsonValue | undefined, [property]: Path): string {
  if (value === undefined || value === null) return messages.register.nothing;
  const number = (each: number) =>
    property === 'rotation' ? messages.register.degrees(rounded(each * DEGREES, 1)) : rounded(each, 3);
  if (typeof value === 'number') return number(value);
  if (typeof value === 'boolean') return value ? messages.register.on : messages.register.off;
  if (Array.isArray(value) && value.every((each) => typeof each === 'number')) return messages.register.several(value.map(number));
  const text = typeof value === 'string' ? quoted(value) : JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

const textOr = (value: unknown) => (typeof value === 'string' ? value : '');
const quoted = (text: string) => (isHexColor(text) ? text : `“${text}”`);

/** As the page's language writes numbers; no trailing zeros, and no −0. */
function rounded(number: number, digits: number): string {
  return (Number(number.toFixed(digits)) + 0).toLocaleString(language, { maximumFractionDigits: digits, useGrouping: false });
}

/** What an operation does, in a few words. */
export function operationText(document: DocumentView, operation: Operation): string {
  const { edit } = messages;
  switch (operation.op) {
    case 'create': {
      const { name, text } = operation.props ?? {};
      return edit.create(nameOf({ kind: kindOf(operation.elementType), name: textOr(name), text: textOr(text) }));
    }
    case 'delete':
      return edit.delete(elementName(document, operation.id));
    case 'restore':
      return edit.restore(elementName(document, operation.id));
    case 'move':
      return edit.move(elementName(document, operation.id));
    case 'set':
      return edit.set(upper(registerName(document, operation.id, operation.path)), valueText(operation.value, operation.path));
    case 'unset':
      return edit.unset(upper(registerName(document, operation.id, operation.path)));
    case 'add':
      return edit.set(upper(registerName(document, operation.id, operation.path)), `+ ${valueText(operation.delta, operation.path)}`);
    case 'text':
      return upper(messages.register.of(operation.name, elementName(document, operation.id)));
    case 'append':
    case 'item':
      return upper(messages.register.of(operation.list, elementName(document, operation.id)));
    case 'member':
      return upper(messages.register.of(operation.set, elementName(document, operation.id)));
    case 'resolve':
      return edit.resolve;
    default:
      // An operation of a newer client, kept on this device by it.
      return edit.nothing;
  }
}

/** What a change does: its first operation, and how many more there are. */
export function changeText(document: DocumentView, operations: readonly Operation[]): string {
  const [first] = operations;
  if (first === undefined) return messages.edit.nothing;
  const text = operationText(document, first);
  return operations.length === 1 ? text : messages.edit.more(text, operations.length - 1);
}

export const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
