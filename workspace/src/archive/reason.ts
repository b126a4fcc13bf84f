import { ProblemError } from '@chorale/client';
import { archiveMessages as text } from './messages';

/** Why something did not work, in words for people. */
export function reasonOf(failure: unknown): string {
  if (!(failure instanceof ProblemError) || failure.problem.status >= 500) return text.unreachable;
  const { status, detail, title } = failure.problem;
  return status === 401 || status === 403 ? text.ownersOnly : (detail ?? title);
}
