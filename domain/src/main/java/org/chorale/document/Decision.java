package org.chorale.document;

import java.util.List;
import org.chorale.operation.Operation;
import org.chorale.problem.Problem;

/** What becomes of a submitted change. */
public sealed interface Decision {

    /**
     * It takes the next revision.
     *
     * @param effective what is folded by everybody
     * @param inverse   how to undo it, in the order in which to do so
     */
    record Accepted(List<Operation> effective, List<Note> notes, List<Inverse> inverse) implements Decision {
        public Accepted {
            effective = List.copyOf(effective);
            notes = List.copyOf(notes);
            inverse = List.copyOf(inverse);
        }
    }

    /** Nothing of it happens. */
    record Refused(Problem problem) implements Decision {}
}
