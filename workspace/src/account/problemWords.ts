import { ProblemError, type Problem } from '@chorale/client';
import { accountMessages } from './messages';

const text = accountMessages.problems;
const PLAIN = [
  'invalid-credentials',
  'registration-closed',
  'invalid-link',
  'login-taken',
  'weak-password',
  'server-busy',
  'storage-unavailable',
  'limit-exceeded',
  'unreachable',
  'unauthenticated',
] as const;

/** What went wrong in a call about accounts, for people. */
export function wordsFor(failure: unknown): string {
  return failure instanceof ProblemError ? wordsForProblem(failure.problem) : text.unreachable;
}

function wordsForProblem({ type, title, detail, retryAfter }: Problem): string {
  const slug = type.slice(type.lastIndexOf(':') + 1);
  const known = PLAIN.find((each) => each === slug);
  if (known !== undefined) return text[known];
  if (slug === 'too-many-attempts') return text.tooMany(retryAfter);
  if (slug === 'token-expired') return text.unauthenticated;
  if (slug === 'forbidden') return detail?.startsWith('the last administrator') ? text.lastAdministrator : text.forbidden;
  if (slug === 'invalid-request' && detail?.startsWith('login')) return text.login;
  return detail ?? title;
}
