import type { DocumentView, Grant } from '@chorale/client';
import { language } from '../app/language';
import { messages } from '../app/messages';
import { parameterName } from '../parameters/parameterSet';
import { elementName } from '../session/wording';
import { sharingMessages as text } from './messages';

/** What grants can be about, in the order of docs/permissions.md. */
export const DOCUMENT_ACTIONS = ['CREATE', 'EDIT', 'MOVE_OUT', 'MOVE_IN', 'DELETE', 'CONSTRAIN', 'RESOLVE', 'LOCK'] as const;
const ANY = '*';
const listed = new Intl.ListFormat(language);

/** What one chooses from, for a rule. */
export const BUNDLES = {
  all: DOCUMENT_ACTIONS,
  EDIT: ['EDIT'],
  CREATE: ['CREATE'],
  DELETE: ['DELETE'],
  MOVE: ['MOVE_OUT', 'MOVE_IN'],
  LOCK: ['LOCK'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type Bundle = keyof typeof BUNDLES;

/** A grant as people say it: "Ben may not change the colour in Group 1". */
export function grantSentence(grant: Grant, document: DocumentView, nameOf: (userId: string) => string): string {
  const { user, role, element, allow } = grant;
  const who = user !== undefined ? nameOf(user) : (text.everyoneWho[role ?? ''] ?? role ?? '');
  const where = element === undefined ? text.everywhere : text.inside(document.elements.has(element) ? elementName(document, element) : text.goneElement);
  return text.sentence(who, allow, whatOf(grant), where);
}

function whatOf({ actions, property }: Grant): string {
  const what = actionsText(actions);
  return property === undefined || property === `${ANY}.${ANY}` ? what : text.property(what, propertyText(property));
}

function actionsText(actions: readonly string[]): string {
  const has = (all: readonly string[]) => all.every((each) => actions.includes(each));
  const { whats } = text;
  if (has(DOCUMENT_ACTIONS)) return whats['all'] ?? '';
  const moves = has(BUNDLES.MOVE);
  const named = actions.filter((each) => !(moves && each.startsWith('MOVE_'))).map((each) => whats[each] ?? each);
  return listed.format(moves ? [...named, whats['MOVE'] ?? ''] : named);
}

/** "colour", or "colour of every box". */
function propertyText(pattern: string): string {
  const dot = pattern.indexOf('.');
  const [type, name] = [pattern.slice(0, dot), pattern.slice(dot + 1)];
  const property = name === ANY ? text.anyProperty : (messages.register.names[name] ?? parameterName(name));
  return type === ANY ? property : text.ofType(property, kindName(type));
}

function kindName(type: string): string {
  return Object.entries<string>(messages.kinds).find(([kind]) => kind === type)?.[1] ?? type;
}
