import type { Participant } from '@chorale/client';
import { describe, expect, it } from 'vitest';
import { editedElements, MOST_EDITED } from './editors';
import { FALLBACK_COLOR } from './remoteState';

const person = (participantId: string, color = '#e4572e'): Participant => ({ participantId, userId: participantId, name: participantId, color, role: 'editor', status: 'EDITING' });

describe('who edits what', () => {
  it('given two edit one element then it says whom and how many more; who left edits nothing', () => {
    const people = new Map([['ada', person('ada')], ['ben', person('ben', 'red')]]);
    const doing = new Map([['ada', { id: 'box' }], ['gone', { id: 'box' }], ['ben', { id: 'box' }]]);
    expect(editedElements(doing, people)).toEqual([{ elementId: 'box', name: 'ada', color: '#e4572e', others: 1 }]);
    expect(editedElements(new Map([['ben', { id: 'cone' }]]), people)).toEqual([{ elementId: 'cone', name: 'ben', color: FALLBACK_COLOR, others: 0 }]);
  });

  it('given fifty people edit fifty elements then only some are told', () => {
    const ids = Array.from({ length: 50 }, (_, index) => `p${index}`);
    const people = new Map(ids.map((id) => [id, person(id)]));
    expect(editedElements(new Map(ids.map((id) => [id, { id: `e${id}` }])), people)).toHaveLength(MOST_EDITED);
  });
});
