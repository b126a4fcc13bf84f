import type { Grant, Participant } from '@chorale/client';
import { describe, expect, it } from 'vitest';
import { testDocument } from '../session/testDocument';
import { accessEndingOf } from './endings';
import { BUNDLES, grantSentence } from './grantSentence';
import { invitationIn } from './invitation';
import { actsOn, everybody } from './people';

const DOCUMENT = testDocument({ id: 'g', elementType: 'group', props: { name: 'Group 1' } });

describe('a grant as people say it', () => {
  it.each<[Grant, string]>([
    [{ user: 'ben', element: 'g', actions: BUNDLES.all, allow: true }, 'Ben may edit in Group 1'],
    [{ user: 'ben', element: 'g', property: '*.color', actions: ['EDIT'], allow: false }, 'Ben may not change the colour in Group 1'],
    [{ role: 'VIEWER', property: 'box.scale', actions: ['EDIT'], allow: true }, 'Everyone who can view may change the size of every Box everywhere'],
    [{ role: 'COLLABORATOR', element: 'gone', actions: ['DELETE', 'MOVE_OUT', 'MOVE_IN'], allow: false }, 'Everyone who can edit may not delete and move between groups in something deleted'],
  ])('[PRM-4] given %j then it is “%s”', (grant, sentence) => {
    expect(grantSentence(grant, DOCUMENT, () => 'Ben')).toBe(sentence);
  });
});

describe('everybody', () => {
  const here = (userId: string, name: string, role: string): Participant => ({ participantId: `p-${userId}-${name}`, userId, name, role, color: '#336699', status: 'ONLINE' });

  it('[ACS-3] given members and who is here then each is there once, the highest first, under the present name', () => {
    const members = [
      { userId: 'ada', name: 'Ada', role: 'OWNER', since: '' },
      { userId: 'ben', name: 'Benjamin', role: 'VIEWER', since: '' },
    ];
    const people = everybody(members, [here('ben', 'Ben', 'VIEWER'), here('cem', 'Cem', 'COLLABORATOR'), here('cem', 'Cem', 'COLLABORATOR')]);
    expect(people.map(({ name, isMember, isHere }) => [name, isMember, isHere])).toEqual([
      ['Ada', true, false],
      ['Cem', false, true],
      ['Ben', true, true],
    ]);
  });

  it('[ACS-3] given a role then it acts on those below, the owner on everybody', () => {
    expect([actsOn('OWNER', 'OWNER'), actsOn('ADMIN', 'ADMIN'), actsOn('ADMIN', 'COLLABORATOR'), actsOn('VIEWER', 'VIEWER')]).toEqual([true, false, true, false]);
  });
});

describe('coming in', () => {
  it('[ACS-5] given an address then its invitation is read, and nothing else', () => {
    expect(invitationIn('#invitation=aB3_-x')).toBe('aB3_-x');
    expect(['', '#', '#invitation=', '#invitation=a b', '#other=a'].map(invitationIn)).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });

  it.each([
    ['kicked', '', 'A moderator sent you away'],
    ['banned', '', 'You are banned from this session'],
    ['forbidden', 'user (expected: one who is not banned)', 'You are banned from this session'],
    ['forbidden', 'user (expected: a member of the session, or an invitation)', 'This session is by invitation only'],
    ['revoked', '', 'You take no part in this session any more'],
    ['invitation-invalid', '', 'This invitation does not work'],
    ['session-full', '', undefined],
  ])('[PRM-5][PRM-7] given %s (%s) then it ends with “%s”', (slug, detail, title) => {
    expect(accessEndingOf({ type: `urn:chorale:problem:${slug}`, title: '', status: 403, detail })?.title).toBe(title);
  });
});
