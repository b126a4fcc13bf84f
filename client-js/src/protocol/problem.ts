/** What went wrong, as RFC 9457 puts it: in a REST body, an `error` frame or a `refused` frame. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  /** Seconds until it may work, where that is known. */
  readonly retryAfter?: number;
}

const PREFIX = 'urn:chorale:problem:';

/** An error that carries a {@link Problem}. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  /** @param answer all that the server said by it, where that may be more */
  constructor(
    readonly problem: Problem,
    readonly answer?: unknown,
  ) {
    super(problem.detail ?? problem.title);
  }
}

/** A problem that this side found; `slug` names its page in `docs/problems`. */
export function problem(slug: string, title: string, status: number, detail?: string): Problem {
  return { type: PREFIX + slug, title, status, ...(detail !== undefined && { detail }) };
}

/** Whether a problem is of the type with this slug. */
export function isProblem(candidate: Problem, slug: string): boolean {
  return candidate.type === PREFIX + slug;
}
