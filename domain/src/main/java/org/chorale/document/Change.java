package org.chorale.document;

import static org.chorale.problem.ProblemType.INVALID_CHANGE;

import java.util.List;
import org.chorale.operation.Operation;

/**
 * An atomic list of operations as a client submits it.
 *
 * @param baseRevision the revision that the operations refer to; it advances when the client rebases
 * @param seenRevision the newest revision the author had received when editing; it never advances
 */
public record Change(ChangeId id, long baseRevision, long seenRevision, List<Operation> operations) {
    public Change {
        if (seenRevision < 0 || seenRevision > baseRevision) {
            throw INVALID_CHANGE.because("seenRevision: " + seenRevision + " (expected: 0 to baseRevision " + baseRevision + ")");
        }
        if (operations.isEmpty()) {
            throw INVALID_CHANGE.because("operations: none (expected: at least one)");
        }
        operations = List.copyOf(operations);
    }
}
