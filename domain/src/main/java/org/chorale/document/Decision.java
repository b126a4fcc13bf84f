package org.chorale.document;

import java.util.List;
import org.chorale.operation.Operation;
import org.chorale.problem.Problem;

/** What becomes of a submitted change. */
public sealed interface Decision {

    /** It takes the next revision. */
    record Accepted(List<Operation> effective, List<Note> notes) implements Decision {}

    /** Nothing of it happens. */
    record Refused(Problem problem) implements Decision {}
}
