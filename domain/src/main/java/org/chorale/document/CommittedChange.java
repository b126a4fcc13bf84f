package org.chorale.document;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chorale.operation.Operation;

/**
 * A change with its place in the branch's order and what the server made of it.
 *
 * @param at         server time; never decreases along a branch
 * @param operations the effective ones: to be folded, not decided again
 * @param merged     what a merge brought in
 */
public record CommittedChange(long revision, ChangeId id, Kind kind, Author author, Instant at, List<Operation> operations,
                              List<Note> notes, Optional<BranchPoint> merged) {

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

    /** A change that brings in no other branch. */
    public CommittedChange(long revision, ChangeId id, Kind kind, Author author, Instant at, List<Operation> operations, List<Note> notes) {
        this(revision, id, kind, author, at, operations, notes, Optional.empty());
    }

    Stamp stamp() {
        return new Stamp(revision, id.clientId(), author.userId(), at, revision);
    }
}
