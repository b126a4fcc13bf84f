import type { Problem, SyncReport } from '@chorale/client';
import { describe, expect, it } from 'vitest';
import { messages } from '../app/messages';
import { testDocument } from '../session/testDocument';
import { exportOf, joined, reportOf } from './syncReport';

const LOCKED: Problem = { type: 'urn:chorale:problem:locked', title: 'Somebody else holds a lock on this', status: 423 };
const DOCUMENT = testDocument({ id: 'b', props: { name: 'Box 1' } });
const REPORT: SyncReport = {
  sent: 3,
  conflicted: [{ changeId: 'a:1', notes: [{ code: 'OVERWROTE', element: 'b', path: ['color'], writes: [{ element: 'b', revision: 4, userId: 'ben' }] }] }],
  refused: [{ changeId: 'a:2', problem: LOCKED, operations: [{ op: 'set', id: 'b', path: ['name'], value: 'Plinth' }] }],
};

describe('the report after a comeback', () => {
  it('given what became of the edits then it is told in words', () => {
    expect(reportOf(REPORT, DOCUMENT, (userId) => userId)).toEqual({
      sent: 3,
      conflicted: ['Colour of Box 1: yours replaced ben’s'],
      refused: [{ changeId: 'a:2', what: 'Name of Box 1: “Plinth”', why: LOCKED.title }],
    });
  });

  it.each([
    [3, 1, 1, '3 edits were synced, 1 conflicted, 1 was refused'],
    [1, 0, 2, '1 edit was synced, 2 were refused'],
    [2, 1, 0, '2 edits were synced, 1 conflicted'],
  ])('given %i sent, %i conflicted and %i refused then the summary counts them', (sent, conflicted, refused, text) => {
    expect(messages.synced.summary(sent, conflicted, refused)).toBe(text);
  });

  it('given two comebacks that nobody looked at then they are told as one', () => {
    const one = reportOf(REPORT, DOCUMENT, String);
    expect(joined(one, one)).toMatchObject({ sent: 6, conflicted: { length: 2 }, refused: { length: 2 } });
    expect(joined(undefined, one)).toBe(one);
  });

  it('given refused edits then the file has all that is needed to make them again', () => {
    const [edit] = REPORT.refused;
    const edits = edit ? [{ ...edit, at: '2026-01-05T09:00:00Z' }] : [];
    const { name, text } = exportOf(edits, { sessionId: 's', name: 'Bridge' }, new Date('2026-01-06T10:00:00Z'));
    expect(name).toBe('chorale-refused-edits-2026-01-06.json');
    expect(JSON.parse(text)).toEqual({
      format: 'chorale-refused-edits',
      version: 1,
      session: { sessionId: 's', name: 'Bridge' },
      exportedAt: '2026-01-06T10:00:00.000Z',
      edits,
    });
  });
});
