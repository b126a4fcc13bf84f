import { ProblemError } from '@chorale/client';
import type { Workspace } from '../session/workspace';
import { failureText } from '../sharing/manage';
import { branchWords } from './dialogMessages';

const PREFIX = 'urn:chorale:problem:';

/** Why something about branches and proposals did not work, in words. */
export function whyNot(workspace: Workspace, failure: unknown): string {
  const words = failure instanceof ProblemError ? wordsFor(failure.problem.type.slice(PREFIX.length)) : undefined;
  return words ?? failureText(workspace, failure);
}

/** What a problem's slug says to people; undefined for one that is not about branches. */
export function wordsFor(slug: string): string | undefined {
  const { problems } = branchWords;
  return Object.hasOwn(problems, slug) ? problems[slug] : undefined;
}
