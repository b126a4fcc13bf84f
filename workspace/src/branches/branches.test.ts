import { ProblemError, type Problem } from '@chorale/client';
import type { Branch } from '@chorale/client/history';
import { afterEach, describe, expect, it } from 'vitest';
import { testWorkspace } from '../session/testWorkspace';
import type { Workspace } from '../session/workspace';
import { branchIn, branchQuery } from './address';
import { nameFault } from './branchName';
import { branchWords } from './dialogMessages';
import { whyNot } from './problemWords';
import { depthOf, inTreeOrder } from './tree';

const branch = (name: string, parent?: string, createdAt = '2026-01-31T12:00:00Z'): Branch => ({
  name,
  ...(parent !== undefined && { parent }),
  forkRevision: 0,
  head: 0,
  createdAt,
  people: [],
  ahead: 0,
  behind: 0,
});

describe('an address', () => {
  it.each(['Glass roof', 'a&b=c', 'Ü_1.2-x'])('given the branch %s then it leads back there', (name) => {
    expect(branchIn(branchQuery(name))).toBe(name);
  });

  it.each(['', '?', '?branch=', '?branch=%20', '?other=x'])('given "%s" then it is main', (search) => {
    expect(branchIn(search)).toBe('main');
  });

  it('given main then it says nothing of a branch', () => {
    expect(branchQuery('main')).toBe('');
  });
});

describe('a name of a branch', () => {
  it.each(['Glass roof', 'a', 'Ärger 2.0_b-c', 'V', 'version 1', `a${'b'.repeat(63)}`])('given %s then it is good', (name) => {
    expect(nameFault(name)).toBeUndefined();
  });

  it.each(['', '7 roofs', ' roof', 'roof ', 'a/b', 'a@3', `a${'b'.repeat(64)}`])('given "%s" then it is not', (name) => {
    expect(nameFault(name)).toBe(branchWords.nameInvalid);
  });

  it('given the id of a version then that is told', () => {
    expect(nameFault('v12')).toBe(branchWords.nameLikeVersion);
  });
});

describe('the list of branches', () => {
  it('has each behind its parent, the oldest first', () => {
    const all = [branch('b', 'main', '2026-02-02T00:00:00Z'), branch('a1', 'a'), branch('main'), branch('a', 'main', '2026-02-01T00:00:00Z')];
    const sorted = inTreeOrder(all);
    expect(sorted.map((each) => [each.name, depthOf(each, sorted)])).toEqual([['main', 0], ['a', 1], ['a1', 2], ['b', 1]]);
  });

  it('given a parent that is not listed then the branch stands at the beginning', () => {
    const sorted = inTreeOrder([branch('main'), branch('x', 'archived one', '2026-02-01T00:00:00Z')]);
    expect(sorted.map((each) => [each.name, depthOf(each, sorted)])).toEqual([['main', 0], ['x', 0]]);
  });
});

describe('what went wrong', () => {
  let workspace: Workspace | undefined;
  afterEach(() => workspace?.dispose());
  const problem = (slug: string): Problem => ({ type: `urn:chorale:problem:${slug}`, title: 'Title', status: 409, detail: 'detail' });

  it('is told in words where it is about branches, else as the server says', () => {
    workspace = testWorkspace();
    expect(whyNot(workspace, new ProblemError(problem('branch-in-use')))).toBe(branchWords.problems['branch-in-use']);
    expect(whyNot(workspace, new ProblemError(problem('constructor')))).toBe('Title — detail');
  });
});
