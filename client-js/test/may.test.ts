import { describe, expect, it } from 'vitest';
import type { DocumentView, ElementView, Grant, Operation, Self } from '../src/index.js';
import { firstDenied, may, mayEdit, type Judged } from '../src/rest/access.js';

const EDITOR = ['CREATE', 'EDIT', 'MOVE_OUT', 'MOVE_IN', 'DELETE', 'CONSTRAIN', 'RESOLVE', 'LOCK', 'CHAT'];

function element(id: string, parent: string | null = null, elementType = 'box', refs: readonly string[] = []): ElementView {
  return { id, elementType, parent, order: id, deleted: false, refs, props: {}, texts: {}, lists: {}, sets: {} };
}

/** A group g with a box b, which has a label l; a box o beside; c binds o. */
const ELEMENTS = [element('g', null, 'group'), element('b', 'g'), element('l', 'b', 'label'), element('o'), element('c', null, 'distance', ['o'])];

const DOCUMENT: DocumentView = {
  revision: 1,
  elements: new Map(ELEMENTS.map((each) => [each.id, each])),
  conflicts: new Map(),
  openConflict: () => undefined,
  live: (id) => ELEMENTS.some((each) => each.id === id),
  children: (parent) => ELEMENTS.filter((each) => each.parent === parent),
};

function as(role: string, permissions: readonly string[], grants: readonly Grant[] = [], frozen = false): Judged {
  const self: Self = { participantId: 'p', userId: 'u', name: 'Ada', color: '#336699', role, status: 'ONLINE', permissions, grants, frozen, slowModeSeconds: 0 };
  return { self, document: DOCUMENT, conflicts: new Map() };
}

const collaborator = (...grants: readonly Grant[]) => as('COLLABORATOR', EDITOR, grants);
const viewer = (...grants: readonly Grant[]) => as('VIEWER', ['CHAT'], grants);
const denies = (rest: Partial<Grant>): Grant => ({ role: 'COLLABORATOR', actions: EDITOR.slice(0, 8), allow: false, ...rest });
const allows = (rest: Partial<Grant>): Grant => ({ user: 'u', actions: EDITOR.slice(0, 8), allow: true, ...rest });

describe('what one may do', () => {
  it('[PRM-1] is what the role allows, and everything before the server told', () => {
    expect(may(collaborator(), 'EDIT', 'o')).toBe(true);
    expect(may(viewer(), 'EDIT', 'o')).toBe(false);
    expect(may(viewer(), 'CHAT')).toBe(true);
    expect(may(collaborator(), 'MEMBERS')).toBe(false);
    expect(may({ ...viewer(), self: undefined }, 'EDIT', 'o')).toBe(true);
    expect([mayEdit(viewer()), mayEdit(viewer(allows({ element: 'g' }))), mayEdit(collaborator())]).toEqual([false, true, true]);
  });

  it.each<[string, readonly Grant[], string, string | undefined, boolean]>([
    ['a grant reaches all below its element', [allows({ element: 'g' })], 'l', undefined, true],
    ['and nothing beside it', [allows({ element: 'g' })], 'o', undefined, false],
    ['the deepest element counts', [allows({ element: 'g' }), denies({ element: 'b', user: 'u' })], 'l', undefined, false],
    ['a property goes before none', [allows({ element: 'g' }), denies({ element: 'g', property: '*.color' })], 'b', 'color', false],
    ['of other properties it says nothing', [allows({ element: 'g' }), denies({ element: 'g', property: '*.color' })], 'b', 'name', true],
    ['the type goes before the property', [allows({ property: 'box.*' }), denies({ property: '*.color' })], 'o', 'color', true],
    ['of another type it says nothing', [allows({ property: 'label.*' })], 'o', 'color', false],
    ['a user goes before a role', [denies({}), allows({})], 'o', undefined, true],
    ['a denial goes before what allows the same', [allows({}), denies({ user: 'u' })], 'o', undefined, false],
    ['* means what is done to the whole', [allows({ property: 'box.*' })], 'o', undefined, true],
  ])('[PRM-4] %s', (_, grants, id, property, allowed) => {
    expect(may(viewer(...grants.map(({ role: _role, ...grant }) => ({ ...(grant.user === undefined && { role: 'VIEWER' }), ...grant }))), 'EDIT', id, property)).toBe(allowed);
  });

  it('[PRM-4] no grant binds the OWNER', () => {
    expect(may(as('OWNER', [...EDITOR, 'CLOSE'], [denies({ user: 'u' })]), 'EDIT', 'o')).toBe(true);
  });

  it('[PRM-7] while it is frozen nobody below ADMIN edits, by a grant neither', () => {
    const frozen = (role: string) => as(role, ['CHAT'], [allows({})], true);
    expect([may(frozen('COLLABORATOR'), 'EDIT', 'o'), mayEdit(frozen('COLLABORATOR')), may(frozen('COLLABORATOR'), 'CHAT')]).toEqual([false, false, true]);
    expect(may(as('ADMIN', EDITOR, [], true), 'EDIT', 'o')).toBe(true);
  });

  it('[PRM-4] what is denied below is not taken away with the whole', () => {
    const rights = collaborator(denies({ element: 'l' }));
    expect([may(rights, 'DELETE', 'g'), may(rights, 'MOVE_OUT', 'b'), may(rights, 'EDIT', 'b'), may(rights, 'DELETE', 'o')]).toEqual([false, false, true, true]);
  });
});

describe('the first thing of a change that one may not do', () => {
  it.each<[string, readonly Operation[], object | undefined]>([
    ['a property', [{ op: 'set', id: 'b', path: ['color'], value: 1 }], { action: 'EDIT', element: 'b', property: 'color' }],
    ['a property that a new one brings along', [{ op: 'create', id: 'n', elementType: 'box', parent: 'g', props: { color: 1 } }], { action: 'CREATE', element: 'n', property: 'color' }],
    ['nothing of what is allowed', [{ op: 'set', id: 'b', path: ['name'], value: 1 }, { op: 'delete', id: 'o' }], undefined],
    ['what comes in', [{ op: 'move', id: 'o', parent: 'f' }], { action: 'MOVE_IN', element: 'o' }],
    ['what goes out', [{ op: 'move', id: 'b', parent: null }], { action: 'MOVE_OUT', element: 'b' }],
    ['a constraint', [{ op: 'set', id: 'c', path: ['distance'], value: 1 }], { action: 'CONSTRAIN', element: 'c', property: 'distance' }],
  ])('[PRM-2] is told: %s', (_, operations, denied) => {
    const grants = [
      denies({ property: '*.color', actions: ['EDIT', 'CREATE'] }),
      denies({ element: 'f', actions: ['MOVE_IN'] }),
      denies({ element: 'g', actions: ['MOVE_OUT'] }),
      denies({ property: 'distance.*', actions: ['CONSTRAIN'] }),
    ];
    expect(firstDenied(collaborator(...grants), operations)).toEqual(denied);
  });

  it('[PRM-4] is judged where the change leaves it: what is made in a group of the same change', () => {
    const rights = viewer(allows({ element: 'g' }));
    const inside: Operation = { op: 'create', id: 'm', elementType: 'group', parent: 'g' };
    expect(firstDenied(rights, [inside, { op: 'create', id: 'n', elementType: 'box', parent: 'm' }])).toBeUndefined();
    expect(firstDenied(rights, [{ op: 'create', id: 'n', elementType: 'box', parent: null }])).toEqual({ action: 'CREATE', element: 'n' });
  });
});
