import { isProblem, ProblemError } from '@chorale/client';
import type { UploadFailure } from './messages';

/** What people are told about a file that the server did not take. */
export function uploadFailure(failure: unknown): UploadFailure {
  if (!(failure instanceof ProblemError)) return 'other';
  const { problem } = failure;
  if (isProblem(problem, 'unreachable')) return 'unreachable';
  if (isProblem(problem, 'quota-exceeded')) return 'quota';
  if (isProblem(problem, 'session-closed') || isProblem(problem, 'session-not-found')) return 'closed';
  if (isProblem(problem, 'invalid-content') || problem.status === 415) return 'content';
  if (problem.status === 413) return 'too-large';
  if (problem.status === 429 || problem.status === 503) return 'busy';
  return 'other';
}
