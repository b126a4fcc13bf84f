import { Document, type ElementView } from '../../src/document/document.js';
import { Frame, type Decision } from '../../src/document/frame.js';
import { DEFAULT_RULES } from '../../src/document/outcome.js';
import { policiesOf, type Policy } from '../../src/document/policies.js';
import type { Limits, SubmittedChange } from '../../src/protocol/frame.js';
import { DEFAULT_LIMITS } from '../../src/protocol/limits.js';
import type { Inverse, Operation } from '../../src/protocol/operation.js';

type Accepted = Extract<Decision, { status: 'accepted' }>;

interface More extends Partial<SubmittedChange> {
  /** Seconds since the beginning. */
  readonly second?: number;
}

/**
 * One order of changes, decided as a server does; each user has one client. What they send has seen everything, unless
 * it says otherwise.
 */
export class Branch {
  document = Document.empty();
  readonly #rules;
  readonly #inverses = new Map<number, readonly Inverse[]>();
  #counter = 0;

  constructor(policies?: Readonly<Record<string, Partial<Policy>>>, limits: Partial<Limits> = {}) {
    this.#rules = {
      limits: { ...DEFAULT_LIMITS, ...limits },
      policies: policies ? policiesOf(policies) : DEFAULT_RULES.policies,
    };
  }

  get head(): number {
    return this.document.revision;
  }

  element(id: string): ElementView {
    const element = this.document.elements.get(id);
    if (!element) throw new Error(`no element ${id}`);
    return element;
  }

  frame(user: string, second = 0): Frame {
    const at = new Date(second * 1000).toISOString();
    return new Frame(this.document, user, at, this.#rules);
  }

  change(user: string, operations: readonly Operation[], more: Partial<SubmittedChange> = {}): SubmittedChange {
    const changeId = `${user}:${this.#counter++}`;
    const seenRevision = more.seenRevision ?? this.head;
    return { changeId, baseRevision: seenRevision, operations, ...more, seenRevision };
  }

  decide(user: string, operations: readonly Operation[], { second, ...more }: More = {}): Decision {
    const frame = this.frame(user, second);
    return this.#took(frame, frame.decide(this.change(user, operations, more)));
  }

  /** As {@link decide}, where nothing is refused. */
  edit(user: string, operations: readonly Operation[], more: More = {}): Accepted {
    return accepted(this.decide(user, operations, more));
  }

  /** The slug of the problem; `accepted` where there is none. */
  refusal(user: string, operations: readonly Operation[], more: More = {}): string {
    const before = this.document;
    const decision = this.decide(user, operations, more);
    if (decision.status === 'accepted') return decision.status;
    if (this.document !== before) throw new Error('a refused change left a trace');
    return decision.problem.type.replace('urn:chorale:problem:', '');
  }

  /** Undoes the change that became a revision. */
  undo(user: string, revision: number): Accepted {
    const frame = this.frame(user);
    const decision = frame.undo(`${user}:${this.#counter++}`, this.#inverses.get(revision) ?? []);
    return accepted(this.#took(frame, decision));
  }

  #took(frame: Frame, decision: Decision): Decision {
    this.document = frame.document;
    if (decision.status === 'accepted') this.#inverses.set(decision.revision, decision.inverse);
    return decision;
  }
}

function accepted(decision: Decision): Accepted {
  if (decision.status === 'refused') throw new Error(decision.problem.detail);
  return decision;
}

export function codes({ notes }: Accepted): readonly string[] {
  return notes.map((note) => note.code);
}
