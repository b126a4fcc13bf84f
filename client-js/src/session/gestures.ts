import type { Operation } from '../protocol/operation.js';
import { refuse } from '../protocol/limits.js';

/**
 * A series of edits that people see as one: a drag, a slider. Everything shows at once; it is one step of undo, and
 * {@link cancel} takes it back as a whole.
 */
export interface Gesture {
  /**
   * Edits further. Of each register the latest value counts, additions are summed up.
   *
   * @throws ProblemError as `edit` does, or `invalid-request` after the gesture ended
   */
  readonly update: (operations: readonly Operation[]) => void;
  /** Ends the gesture; what is not sent yet goes now. Answers the ids of its changes: none where it edited nothing. */
  readonly commit: () => readonly string[];
  /** Ends the gesture and takes back what it did: what was sent already, by undoing it where nobody wrote since. */
  readonly cancel: () => void;
}

export interface GestureOptions {
  /** Whether others see it on its way, as fast as the connection answers; else they see the result. */
  readonly live?: boolean;
}

/** What a gesture does to its session. */
export interface Gesturing {
  edit(operations: readonly Operation[], gesture: string, live: boolean): string;
  seal(): void;
  takeBack(changeIds: readonly string[]): void;
}

export function beginGesture(session: Gesturing, name: string, { live = false }: GestureOptions): Gesture {
  const parts = new Set<string>();
  let ended = false;
  const end = (): void => {
    if (ended) refuse('invalid-request', 'the gesture has ended (expected: one that goes on)');
    ended = true;
  };
  return {
    update(operations) {
      if (ended) refuse('invalid-request', 'the gesture has ended (expected: one that goes on)');
      parts.add(session.edit(operations, name, live));
    },
    commit() {
      end();
      session.seal();
      return [...parts];
    },
    cancel() {
      end();
      session.takeBack([...parts].reverse());
    },
  };
}
