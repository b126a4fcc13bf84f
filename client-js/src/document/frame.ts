import type { CommittedChange, Note, SubmittedChange } from '../protocol/frame.js';
import { atMost, refuse } from '../protocol/limits.js';
import type { EffectiveOperation, Inverse, TextOperation } from '../protocol/operation.js';
import { ProblemError, type Problem } from '../protocol/problem.js';
import { apply } from './apply.js';
import { Bridge } from './bridge.js';
import { decide, type Transformed } from './decide.js';
import type { Document, DocumentDraft } from './document.js';
import { DEFAULT_RULES, Outcome, type Rules } from './outcome.js';
import { requireElement, shorterKeys } from './tree.js';
import { undo } from './undoRules.js';
import { clientOf, type Stamp } from './writes.js';

/** What becomes of a submitted change. */
export type Decision =
  | {
      readonly status: 'accepted';
      readonly revision: number;
      /** What is folded by everybody. */
      readonly operations: readonly EffectiveOperation[];
      readonly notes: readonly Note[];
      /** How to undo it, in the order in which to do so. */
      readonly inverse: readonly Inverse[];
    }
  | { readonly status: 'refused'; readonly problem: Problem };

type Accepted = Extract<Decision, { status: 'accepted' }>;

const SYSTEM = 'system';
/** A key longer than this is worth a change of the server's own. */
const LONGEST_KEY = 40;
const SHORT_KEY = 12;

/**
 * Changes that one client sends together, one after the other. Those with the same base continue each other: the second
 * one's places in a text count what the first one wrote. So what others wrote meanwhile advances over each of them, and
 * over those that the log knows already: else the client's second change would be transformed as if its first had not
 * happened (the dOPT puzzle, Ellis and Gibbs 1989).
 */
export class Frame {
  /** With every change that was accepted so far. */
  document: Document;
  /** Nothing for a text whose edits since that base are not known. */
  readonly #bridges = new Map<string, Bridge | undefined>();
  readonly #passed = new Set<string>();

  constructor(
    document: Document,
    readonly userId: string,
    /** Server time, as RFC 3339. */
    readonly at: string,
    readonly rules: Rules = DEFAULT_RULES,
  ) {
    this.document = document;
  }

  /**
   * Carries the change out and takes the next revision, or leaves the document as it was. Conflicts are judged for
   * edits only, since a merge or a revert was decided by people already.
   */
  decide(change: SubmittedChange, kind: 'edit' | 'merge' | 'revert' = 'edit'): Decision {
    const { changeId, baseRevision, seenRevision: seen, strict = false, onConflict, operations } = change;
    const request = { seen, strict, onConflict, judged: kind === 'edit' };
    return this.#attempt(changeId, request, (outcome) => {
      const head = this.document.revision;
      if (baseRevision > head) refuse('revision-ahead', `baseRevision: ${baseRevision} (expected: at most ${head})`);
      const { operationsPerChange } = this.rules.limits;
      // A merge may be as large as what it brings.
      if (request.judged) atMost('operations in a change', operations.length, operationsPerChange);
      const transformed: Transformed = (text) => {
        this.#passed.add(changeId);
        return this.#bridge(outcome.draft, text, baseRevision).cross(text.edit);
      };
      for (const operation of operations) {
        decide(operation, outcome, transformed);
        outcome.next();
      }
    });
  }

  /** Passes over a change that is in the log already; whatever it holds, it is not decided again. */
  skip({ changeId, baseRevision, operations }: SubmittedChange): void {
    if (this.#passed.has(changeId)) return;
    this.#passed.add(changeId);
    const draft = this.document.draft();
    for (const operation of operations) {
      if (operation.op !== 'text') continue;
      try {
        this.#bridge(draft, operation, baseRevision).crossKnown(changeId, operation.edit);
      } catch (refusal) {
        if (!(refusal instanceof ProblemError)) throw refusal;
        // What follows it in that text has no place any more, and is told so when its turn comes.
        this.#bridges.set(bridgeKey(operation, baseRevision), undefined);
      }
    }
    for (const bridge of this.#bridges.values()) bridge?.forget(changeId);
  }

  /**
   * Undoes a change, or redoes it by undoing its undo, as far as others' later edits allow.
   *
   * @param changeId the undo's own name: it is a change like every other
   * @param inverse of the change to undo, as its {@link Decision} told
   */
  undo(changeId: string, inverse: readonly Inverse[]): Decision {
    const request = { seen: this.document.revision, strict: false, onConflict: undefined, judged: false };
    return this.#attempt(changeId, request, (outcome) => {
      undo(inverse, outcome);
    });
  }

  /**
   * The server's own change after another one, where that made an order key too long: it takes the next revision.
   * Nothing that anybody did changes by it.
   */
  tidy({ operations }: Pick<Accepted, 'operations'>): CommittedChange | undefined {
    const draft = this.document.draft();
    for (const operation of operations) {
      const element = operation.op === 'create' || operation.op === 'move' ? draft.get(operation.id) : undefined;
      if (element && element.order.length > LONGEST_KEY) {
        const rebalance = shorterKeys(draft, element, SHORT_KEY);
        const revision = draft.revision + 1;
        const changeId = `${SYSTEM}:${revision}`;
        apply(draft, rebalance, { changeId, stamp: this.#stamp(changeId) });
        this.document = draft.finish(revision);
        const author = { userId: SYSTEM, participantId: SYSTEM };
        return { revision, changeId, ...author, at: this.at, kind: SYSTEM, operations: [rebalance], notes: [] };
      }
    }
    return undefined;
  }

  #attempt(
    changeId: string,
    request: Pick<Outcome['request'], 'seen' | 'strict' | 'onConflict' | 'judged'>,
    carryOut: (outcome: Outcome) => void,
  ): Decision {
    const stamp = this.#stamp(changeId);
    const outcome = new Outcome(this.document.draft(), this.rules, { changeId, stamp, ...request });
    try {
      if (stamp.clientId === SYSTEM) {
        refuse('invalid-change', `changeId: "${changeId}" (expected: another client id; this one is the server's)`);
      }
      carryOut(outcome);
    } catch (refusal) {
      if (!(refusal instanceof ProblemError)) throw refusal;
      return { status: 'refused', problem: refusal.problem };
    }
    const { operations, notes, inverse } = outcome;
    this.document = outcome.draft.finish(stamp.revision);
    return { status: 'accepted', revision: stamp.revision, operations, notes, inverse };
  }

  #stamp(changeId: string): Stamp {
    const revision = this.document.revision + 1;
    return { revision, clientId: clientOf(changeId), userId: this.userId, at: this.at, origin: revision };
  }

  #bridge(draft: DocumentDraft, operation: TextOperation, base: number): Bridge {
    const key = bridgeKey(operation, base);
    if (!this.#bridges.has(key)) {
      const { id } = requireElement(draft, operation.id);
      this.#bridges.set(key, Bridge.since(draft.textWrites(id, operation.name), base));
    }
    return this.#bridges.get(key) ?? refuse('stale-base', `baseRevision: ${base} (expected: a later one)`);
  }
}

function bridgeKey({ id, name }: TextOperation, base: number): string {
  return JSON.stringify([id, name, base]);
}
