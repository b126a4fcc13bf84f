import type { Self } from '@chorale/client';
import { describe, expect, it } from 'vitest';
import { testDocument } from '../session/testDocument';
import { denialOf, denialTold, readDenial } from './denial';

const DOCUMENT = testDocument({ id: 'b', props: { name: 'Box 1' } });
const VIEWER: Self = { participantId: 'p', userId: 'u', name: 'Ben', color: '#336699', role: 'VIEWER', status: 'ONLINE', permissions: ['CHAT'], grants: [], frozen: false, slowModeSeconds: 0 };
const EDITOR: Self = { ...VIEWER, role: 'COLLABORATOR', permissions: ['CHAT', 'EDIT'] };

const judged = (self: Self) => ({ self, document: DOCUMENT, conflicts: new Map() });
const told = (detail: string, self: Self = EDITOR) => denialTold(readDenial({ type: 'urn:chorale:problem:forbidden', title: 'Not allowed', status: 403, detail }, self), DOCUMENT);

describe('what one may not do', () => {
  it('[PRM-2] given what the server says then it is told what was refused and why', () => {
    expect(told('EDIT of element "b", property "color" (expected: what one\'s role or a grant allows there)')).toEqual({
      title: 'You may not change colour of Box 1',
      detail: 'A rule of this session says so. Whoever manages it can change that.',
    });
    expect(told('DELETE of element "b" (expected: nothing until the session is no longer frozen)').detail).toMatch(/^Editing is paused/);
    expect(told('EDIT (expected: a member of the session)')).toMatchObject({ title: 'You may not edit in this session', detail: expect.stringContaining('no part') as string });
    expect(told("CHAT (expected: what one's role allows)").title).toBe('You may not write here');
    expect(told('something new').title).toBe('You may not do this');
  });

  it('[PRM-1] given a role that only looks then that is why', () => {
    const denial = denialOf(judged(VIEWER), [{ op: 'delete', id: 'b' }]);
    expect(denial && denialTold(denial, DOCUMENT)).toEqual({
      title: 'You may not delete Box 1',
      detail: 'You are here to look. Whoever manages this session can give you another role.',
    });
  });

  it('[PRM-7] given a pause then that is why, whatever the role', () => {
    expect(denialOf(judged({ ...EDITOR, frozen: true }), [{ op: 'set', id: 'b', path: ['name'], value: 'x' }])).toMatchObject({ because: 'frozen' });
    expect(denialOf(judged(EDITOR), [{ op: 'set', id: 'b', path: ['name'], value: 'x' }])).toBeUndefined();
  });
});
