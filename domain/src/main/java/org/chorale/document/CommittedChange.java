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
public record CommittedChange(long revision, ChangeId id, Kind kind, Author author, Instant at, List<Operation> operations,
                              List<Note> notes) {

    /** What made the change. Public names, in lower case: they travel in {@code changes}. */
    public enum Kind {
        EDIT, UNDO, REDO, MERGE, REVERT,
        /** The server's own housekeeping. */
        SYSTEM
    }

    public CommittedChange {
        if (revision < 1) {
            throw new IllegalArgumentException("revision: " + revision + " (expected: >= 1)");
        }
        operations = List.copyOf(operations);
        notes = List.copyOf(notes);
    }

    Stamp stamp() {
        return new Stamp(revision, id.clientId(), author.userId(), at, revision);
    }
}
