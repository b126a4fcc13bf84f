package org.chorale.document;

import static org.chorale.problem.ProblemType.INVALID_CHANGE;

import java.util.List;
import java.util.Optional;
import org.chorale.conflict.Strategy;
import org.chorale.operation.Operation;

/**
 * An atomic list of operations as a client submits it.
 *
 * @param baseRevision the revision that positions in texts refer to; it advances when the client rebases
 * @param seenRevision the newest revision the author had received when editing; it never advances, and conflicts are judged by it
 * @param strict       refuse the change where anything of it meets an unseen write or comes to nothing
 * @param onConflict   the strategy for all of its writes, in the place of the session's policies
 */
public record Change(ChangeId id, long baseRevision, long seenRevision, boolean strict, Optional<Strategy> onConflict,
                     List<Operation> operations) {
    public Change {
        if (seenRevision < 0 || seenRevision > baseRevision) {
            throw INVALID_CHANGE.because("seenRevision: " + seenRevision + " (expected: 0 to baseRevision " + baseRevision + ")");
        }
        if (operations.isEmpty()) {
            throw INVALID_CHANGE.because("operations: none (expected: at least one)");
        }
        operations = List.copyOf(operations);
    }

    public Change(ChangeId id, long baseRevision, long seenRevision, List<Operation> operations) {
        this(id, baseRevision, seenRevision, false, Optional.empty(), operations);
    }
}
