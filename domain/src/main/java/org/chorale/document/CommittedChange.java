package org.chorale.document;

import java.time.Instant;
import java.util.List;
import org.chorale.operation.Operation;

/**
 * A change with its place in the branch's order and what the server made of it.
 *
 * @param at         server time; never decreases along a branch
 * @param operations the effective ones: to be folded, not decided again
 */
public record CommittedChange(long revision, ChangeId id, Author author, Instant at, List<Operation> operations, List<Note> notes) {
    public CommittedChange {
        if (revision < 1) {
            throw new IllegalArgumentException("revision: " + revision + " (expected: >= 1)");
        }
        operations = List.copyOf(operations);
        notes = List.copyOf(notes);
    }
}
