import type { Inverse, Operation } from '../protocol/operation.js';
import { ProblemError } from '../protocol/problem.js';
import { apply } from './apply.js';
import { decide } from './decide.js';
import type { DocumentDraft } from './document.js';
import { DEFAULT_RULES, Outcome, type Rules } from './outcome.js';
import { undo } from './undoRules.js';
import { clientOf, EPOCH } from './writes.js';

/** Whose change it will be, and under which name. */
export interface Author {
  readonly changeId: string;
  readonly userId: string;
  /** How many changes are predicted before this one: they take the revisions in between. */
  readonly ahead?: number;
}

export type Prediction = Pick<Outcome, 'operations' | 'notes' | 'inverse'>;

/**
 * Carries out one operation the way that the server most likely will, so that its author sees it at once. What would be
 * refused does nothing. Nobody else is there, so nothing conflicts; the revision stays.
 *
 * Answers what it came to; undefined where it would be refused.
 */
export function predict(
  draft: DocumentDraft,
  operation: Operation,
  by: Author,
  rules: Rules = DEFAULT_RULES,
): Prediction | undefined {
  // A single operation that is refused has written nothing by then.
  return attempt(outcomeOf(draft, by, rules), (outcome) => {
    decide(operation, outcome, ({ edit }) => edit);
  });
}

/** As {@link predict}, for an undo. */
export function predictUndo(
  draft: DocumentDraft,
  inverse: readonly Inverse[],
  by: Author,
  rules: Rules = DEFAULT_RULES,
): Prediction | undefined {
  const undone = attempt(outcomeOf(draft.fork(), by, rules), (outcome) => {
    undo(inverse, outcome);
  });
  if (undone) for (const operation of undone.operations) apply(draft, operation, undone.request);
  return undone;
}

function outcomeOf(draft: DocumentDraft, { changeId, userId, ahead = 0 }: Author, rules: Rules): Outcome {
  const revision = draft.revision + 1 + ahead;
  const stamp = { revision, clientId: clientOf(changeId), userId, at: EPOCH, origin: revision };
  const request = { seen: draft.revision, strict: false, onConflict: undefined, judged: false };
  return new Outcome(draft, rules, { changeId, stamp, ...request });
}

function attempt(outcome: Outcome, rules: (outcome: Outcome) => void): Outcome | undefined {
  try {
    rules(outcome);
    return outcome;
  } catch (refusal) {
    if (refusal instanceof ProblemError) return undefined;
    throw refusal;
  }
}
